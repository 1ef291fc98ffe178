// The server has rotated, and the answer never came: what is left is a grace, or the honest word that a consent is needed.

import type { Check, Run } from '../../harness/check.ts';
import type { EntryOf } from '../../harness/entry.ts';
import { entriesOf } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { isRefused, succeeded } from './attempts.ts';
import { givenUpAfter } from './given-up.ts';
import { counted, failure, type Instance } from './instances.ts';
import { graceMsOf, type Refresh, refreshesOf } from './refreshes.ts';
import { consentsAskedFor } from './signals.ts';

/** So often the spent token may be refused before it is enough. */
const REFUSALS_ALLOWED = 2;

const fix =
  'After a token request without an answer send the same refresh token once more, at once; when that is refused, ask once for reauthorization and stop.';

export default {
  id: 'lost-response-handled',
  title: 'A refresh whose answer was lost is made good, or one new consent is asked for',
  category: 'rotation',
  loses: 'session',
  why: 'The network drops between the commit and the answer: the server has a new pair, the client the old one. Some services honour the old one for a while, the others need the user (bluesky-social/atproto#5411).',
  judged:
    'After a refresh that the server committed and whose answer never arrived, the account must be refreshed with success, ' +
    'or a reauthorization asked for. Where the service honours the old token for a while, it must be tried in that time before ' +
    `a user is asked. More than ${REFUSALS_ALLOWED} refused refreshes on the way are a loop.`,
  fix,
  kinds: ['agent', 'broker'],
  judge: (run) => {
    const refreshes = refreshesOf(run.ledger);
    const lost = refreshes.flatMap(({ account, access, attempt: { opened, end } }): Lost[] =>
      access !== null && end?.kind === 'exchange.lost' ? [{ account, opened, end }] : [],
    );
    if (lost.length === 0)
      return { verdict: 'inconclusive', message: 'No answer to a committed refresh was lost.' };
    const instances = lost.flatMap((each) => mishandled(run, each, refreshes));
    if (instances.length > 0) return failure(instances, fix);
    const message = `${counted(lost.length, 'answer')} to refreshes ${lost.length === 1 ? 'was' : 'were'} lost, and each was made good or told.`;
    return { verdict: 'pass', message };
  },
} satisfies Check;

/** A committed refresh whose answer was lost. */
interface Lost {
  readonly account: string;
  readonly opened: EntryOf<'exchange.opened'>;
  readonly end: EntryOf<'exchange.lost'>;
}

function mishandled(run: Run, { account, opened, end }: Lost, refreshes: readonly Refresh[]): Instance[] {
  const { ledger } = run;
  const later = refreshes.filter((other) => other.account === account && other.attempt.opened.seq > end.seq);
  const firstGood = later.findIndex((other) => succeeded(other.attempt));
  const before = firstGood < 0 ? later : later.slice(0, firstGood);
  const signal = consentsAskedFor(ledger, account).find(({ seq }) => seq > opened.seq);
  const instance = (atMs: number, what: string, evidence: readonly number[]): Instance[] => [
    {
      atMs,
      message: `The answer to the refresh of ${account} at ${formatMoment(opened.at)} was lost on its way, ${what}`,
      evidence: [opened.seq, ...evidence],
    },
  ];
  const refused = before.filter(({ attempt: each }) => isRefused(each));
  const tooMany = refused[REFUSALS_ALLOWED];
  if (tooMany !== undefined)
    return instance(
      tooMany.attempt.opened.at,
      `and the spent token was presented again and again. One refusal should have been enough.`,
      [tooMany.attempt.opened.seq],
    );
  const rotated = entriesOf(ledger, 'token.rotated').find(({ exchange }) => exchange === opened.exchange);
  const graceEndsMs =
    rotated === undefined ? Number.POSITIVE_INFINITY : rotated.at + graceMsOf(ledger, account);
  const isTriedInTime = later.some((other) => other.attempt.opened.at < graceEndsMs);
  if (signal !== undefined && graceEndsMs > signal.at && !isTriedInTime)
    return instance(
      signal.at,
      'and a user was asked for a new consent, though the service would have honoured the old refresh token. It should have been sent once more.',
      [signal.seq],
    );
  if (firstGood >= 0 || signal !== undefined) return [];
  const failed = givenUpAfter(run, account, { seq: end.seq, atMs: end.at });
  if (failed === undefined) return [];
  return instance(
    failed.atMs,
    `was never made good, and no user was asked: ${failed.what}. It should have been refreshed again, or a new consent asked for.`,
    [failed.seq],
  );
}
