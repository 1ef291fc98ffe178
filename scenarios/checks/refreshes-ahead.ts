// The end of an access token is stated. Whoever waits for it lets a call wait, or die, at the boundary.

import type { Check } from '../../harness/check.ts';
import type { Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { type AccountCall, accountCalls } from './account-calls.ts';
import { type Attempt, attemptsOf } from './attempts.ts';
import { clocksOf } from './clocks.ts';
import { counted, failure, type Instance } from './instances.ts';
import { isHere, type Presence, presenceOf } from './presence.ts';
import { type Refresh, refreshesOf } from './refreshes.ts';
import { type AccessLife, accessLives, isRefusedForAge } from './token-lives.ts';

/** The last part of a life in which a replica that is gone cannot look after it. */
const LAST_MS = 120_000;

const fix =
  'Refresh from a moment before the end on, drawn anew for each token, whether or not a call asks for it: `renewAtMs = expiresAtMs - lifeMs * (0.1 + 0.2 * Math.random())`.';

export default {
  id: 'refreshes-ahead',
  title: 'A token is replaced before its end, so that no call waits or fails at the boundary',
  category: 'herd',
  loses: 'other',
  why: 'Broken designs let every worker discover expiration for itself, and all of them at the same moment: the boundary becomes a wave. Refresh ahead of it, with jitter.',
  judged:
    'At each end of an access token that was stated, no call may be refused for its age, and no call may wait for a refresh that was ' +
    'sent only when the token was over, by the slowest clock of the replicas. A refresh that was tried ahead and failed counts as ahead; so does one whose process was hit. Where ' +
    'no service states a lifetime the check does not apply.',
  fix,
  needs: ['true-lifetimes'],
  kinds: ['broker'],
  judge: ({ ledger }) => {
    if (!ledger.world.accounts.some(({ statesLifetime }) => statesLifetime))
      return {
        verdict: 'not-applicable',
        message: 'No service of this world states how long its tokens live.',
      };
    const calls = accountCalls(ledger);
    const crossed = statedEnds(ledger).filter((end) => isCrossed(end, calls));
    if (crossed.length === 0)
      return {
        verdict: 'inconclusive',
        message: 'No account was called both before and after the stated end of a token.',
      };
    const refreshes = refreshesOf(ledger);
    const attempts = attemptsOf(ledger);
    const presence = presenceOf(ledger);
    const instances = crossed
      .filter((end) => !isExcused(end, refreshes, presence))
      .flatMap((end) => [...refusedAtTheEnd(end, attempts), ...waitsAtTheEnd(end, refreshes, calls)]);
    if (instances.length > 0) return failure(instances, fix);
    return {
      verdict: 'pass',
      message: `${counted(crossed.length, 'end')} of a token, and no call waited or failed at one.`,
    };
  },
} satisfies Check;

/** The end of a token’s life that had been stated. */
interface StatedEnd extends Pick<AccessLife, 'account' | 'token' | 'minted'> {
  readonly endMs: number;
  /** When the last replica sees it come. */
  readonly seenMs: number;
}

function statedEnds(ledger: Ledger): readonly StatedEnd[] {
  const clocks = clocksOf(ledger);
  return [...accessLives(ledger).values()].flatMap(({ account, token, minted, stated, expired }) => {
    if (!stated || expired === null) return [];
    const lateMs = [...clocks.parties].map((party) => clocks.lateMs(party, minted.at, expired.at));
    return [{ account, token, minted, endMs: expired.at, seenMs: expired.at + Math.max(0, ...lateMs) }];
  });
}

function isCrossed({ account, minted, endMs, seenMs }: StatedEnd, calls: readonly AccountCall[]): boolean {
  const own = calls.filter((call) => call.account === account);
  return (
    own.some(({ sent }) => sent.at >= seenMs) &&
    own.some(({ sent }) => sent.at >= minted.at && sent.at < endMs)
  );
}

// Ahead is who has tried before the end, or would have, had nobody hit it.
function isExcused(
  { account, minted, endMs, seenMs }: StatedEnd,
  refreshes: readonly Refresh[],
  presence: Presence,
): boolean {
  const isTried = refreshes.some(
    ({ account: of, attempt: { opened } }) => of === account && opened.seq > minted.seq && opened.at < seenMs,
  );
  const isHit = presence.some(({ party }) => !isHere(presence, party, endMs - LAST_MS, seenMs));
  return isTried || isHit;
}

function refusedAtTheEnd(
  { account, token, minted, endMs, seenMs }: StatedEnd,
  attempts: readonly Attempt[],
): Instance[] {
  const refused = attempts
    .filter(isRefusedForAge)
    .find(({ opened, end }) => opened.token === token && end.at >= seenMs);
  if (refused === undefined) return [];
  const { at, seq } = refused.end;
  const message = `A call to ${account} was refused at ${formatMoment(at)}, because its access token was over at ${formatMoment(endMs)} as had been stated. It should have been replaced before.`;
  return [{ atMs: at, message, evidence: [minted.seq, seq] }];
}

function waitsAtTheEnd(
  { account, endMs, seenMs }: StatedEnd,
  refreshes: readonly Refresh[],
  calls: readonly AccountCall[],
): Instance[] {
  const late = refreshes.find(
    ({ account: of, attempt: { opened } }) => of === account && opened.at >= seenMs,
  );
  if (late === undefined) return [];
  const { opened, end } = late.attempt;
  const waiting = calls.find(
    (call) =>
      call.account === account &&
      call.sent.at >= seenMs &&
      call.sent.at <= opened.at &&
      (call.returned?.seq ?? Number.POSITIVE_INFINITY) > (end ?? opened).seq,
  );
  if (waiting === undefined) return [];
  const message = `A call to ${account} at ${formatMoment(waiting.sent.at)} had to wait for a refresh, for its token was over at ${formatMoment(endMs)} as had been stated. It should have been replaced before.`;
  return [{ atMs: waiting.sent.at, message, evidence: [waiting.sent.seq, opened.seq] }];
}
