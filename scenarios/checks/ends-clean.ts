// A subject that hangs, floods or crashes is no witness of its own run.

import type { Check, Run } from '../../harness/check.ts';
import type { Entry } from '../../harness/entry.ts';
import { entriesOf, lastMomentMs } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { brokenAnswers } from './broker-calls.ts';
import { failure } from './instances.ts';

const fix =
  'End every path of the program with a claim and an exit: catch errors at the top, print `{ "status": "failed", "error": … }`, and clear timers.';

export default {
  id: 'ends-clean',
  title: 'The subject ends by itself',
  category: 'honesty',
  loses: 'other',
  why: 'A wait that hangs when its token expires, or a loop without end, looks like work in progress until somebody looks (argo-cd#9527).',
  judged:
    'The process must exit by itself: not by a signal, not because a limit of time, output or memory ended it, and not ' +
    'with a failure code unless it said in a claim of its own what failed. A broker must serve until it is told to stop, ' +
    'then stop, and give every question an answer, whatever it says.',
  fix,
  kinds: ['agent', 'tool', 'broker'],
  judge: (run) => {
    const wrong = sayWrong(run);
    if (wrong === null) {
      const broken = brokenAnswers(run.ledger);
      if (broken.length > 0) return failure(broken, fix);
      return { verdict: 'pass', message: 'The subject ended by itself.' };
    }
    const last = run.ledger.entries.findLast(
      (entry) => entry.kind === 'process.killed' || entry.kind === 'process.exited' || isForcedReturn(entry),
    );
    const atMs = last?.at ?? lastMomentMs(run.ledger);
    const instead =
      run.kind === 'broker'
        ? 'have served until it was told to stop, and then stopped'
        : `have ended by itself${run.kind === 'agent' ? ', with a claim' : ''}`;
    const message = `${wrong} That was at ${formatMoment(atMs)}. It should ${instead}.`;
    return failure([{ atMs, message, evidence: last === undefined ? [] : [last.seq] }], fix);
  },
} satisfies Check;

const isForcedReturn = (entry: Entry) =>
  entry.kind === 'call.returned' && 'step' in entry && entry.otherwise !== null;

function sayWrong({ ending, ledger }: Run): string | null {
  if (ending.kind === 'killed') return ending.why;
  if (ending.kind === 'signalled') return `The subject died of ${ending.signal}.`;
  const spoke = entriesOf(ledger, 'claim').some(({ from }) => from === 'json');
  return ending.code === 0 || spoke ? null : `The subject exited with code ${ending.code} and made no claim.`;
}
