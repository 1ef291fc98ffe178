// A wrong end of a credential sends an agent to look for a fault that is not there.

import type { Check } from '../../harness/check.ts';
import { endTold, isTrueEnd, type Told, wordsOf } from '../../harness/rubric/error-report.ts';
import { failure } from './instances.ts';
import { failedIn, notSeen, wrongAbout } from './tool-story.ts';

const INSTANT = /\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)/g;

const fix =
  'Keep the end of the credential beside it when it is issued, and print exactly that as `error.expired_at`: `2026-03-02T22:15:00.000Z`.';

export default {
  id: 'expired-at-true',
  title: '`expired_at` is there and true',
  category: 'expiry',
  loses: 'other',
  why: 'The moment of expiry is what tells a credential that ran out from one that was taken away (challenge 53).',
  judged:
    'On every failure by expiry the error names `expired_at`, and it is the true end of the credential within 2 s. So is ' +
    'every instant in the message.',
  fix,
  kinds: ['agent', 'tool', 'broker'],
  judge: (run) => {
    const expiries = failedIn(run, ['expired']);
    if (expiries.length === 0) return notSeen(run, 'No call failed by an expired credential.');
    const instances = expiries.flatMap((failed) =>
      wrongEnds(failed, run.ledger.world.timeFactor !== undefined).map((what) => wrongAbout(failed, what)),
    );
    if (instances.length > 0) return failure(instances, fix);
    return { verdict: 'pass', message: '`expired_at` was the true end of the credential every time.' };
  },
} satisfies Check;

function wrongEnds({ report }: Told, isCompressed: boolean): string[] {
  const said = report.error?.expired_at;
  const truth = endTold(report);
  if (said === undefined) return [`There is no \`expired_at\`; in truth it was ${truth}.`];
  if (!isTrueEnd(Date.parse(said), report)) return [`\`expired_at\` is ${said}; in truth it was ${truth}.`];
  // Compressed time is set right in fields of their own, not inside of sentences.
  if (isCompressed) return [];
  const wrong = (wordsOf(report).match(INSTANT) ?? []).find((text) => !isTrueEnd(Date.parse(text), report));
  return wrong === undefined ? [] : [`The message speaks of ${wrong}; in truth it was ${truth}.`];
}
