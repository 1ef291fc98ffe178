// The end of an access token is stated. Whoever waits for it lets a call wait, or die, at the boundary.

import type { Check } from '../../harness/check.ts';
import type { Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { type AccountCall, accountCalls } from './account-calls.ts';
import { type Attempt, attemptsOf } from './attempts.ts';
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
    'sent only when the token was over. A refresh that was tried ahead and failed counts as ahead; so does one whose process was hit. Where ' +
    'no service states a lifetime the check does not apply.',
  fix,
  kinds: ['broker'],
  judge: ({ ledger }) => {
    const stated = [...accessLives(ledger).values()].filter((life) => life.stated && life.expired !== null);
    if (!ledger.world.accounts.some(({ statesLifetime }) => statesLifetime))
      return {
        verdict: 'not-applicable',
        message: 'No service of this world states how long its tokens live.',
      };
    const crossed = stated.filter((life) => isUsed(ledger, life));
    if (crossed.length === 0)
      return {
        verdict: 'inconclusive',
        message: 'No account was called both before and after the stated end of a token.',
      };
    const refreshes = refreshesOf(ledger);
    const attempts = attemptsOf(ledger);
    const calls = accountCalls(ledger);
    const presence = presenceOf(ledger);
    const instances = crossed
      .filter((life) => !isExcused(life, refreshes, presence))
      .flatMap((life) => [...refusedAtTheEnd(life, attempts), ...waitsAtTheEnd(life, refreshes, calls)]);
    if (instances.length > 0) return failure(instances, fix);
    return {
      verdict: 'pass',
      message: `${counted(crossed.length, 'end')} of a token, and no call waited or failed at one.`,
    };
  },
} satisfies Check;

const endOf = (life: AccessLife) => life.expired?.at ?? Number.POSITIVE_INFINITY;

function isUsed(ledger: Ledger, life: AccessLife): boolean {
  const own = accountCalls(ledger).filter(({ account }) => account === life.account);
  return (
    own.some(({ sent }) => sent.at >= endOf(life)) &&
    own.some(({ sent }) => sent.at >= life.minted.at && sent.at < endOf(life))
  );
}

// Ahead is who has tried before the end, or would have, had nobody hit it.
function isExcused(life: AccessLife, refreshes: readonly Refresh[], presence: Presence): boolean {
  const isTried = refreshes.some(
    ({ account, attempt: { opened } }) =>
      account === life.account && opened.seq > life.minted.seq && opened.at < endOf(life),
  );
  const isHit = [...presence.keys()].some(
    (party) => !isHere(presence, party, endOf(life) - LAST_MS, endOf(life)),
  );
  return isTried || isHit;
}

function refusedAtTheEnd(life: AccessLife, attempts: readonly Attempt[]): Instance[] {
  const refused = attempts.find((attempt) => attempt.opened.token === life.token && isRefusedForAge(attempt));
  if (refused?.end == null || refused.opened.at < life.minted.at) return [];
  const { at, seq } = refused.end;
  const message = `A call to ${life.account} was refused at ${formatMoment(at)}, because its access token was over at ${formatMoment(endOf(life))} as had been stated. It should have been replaced before.`;
  return [{ atMs: at, message, evidence: [life.minted.seq, seq] }];
}

function waitsAtTheEnd(
  life: AccessLife,
  refreshes: readonly Refresh[],
  calls: readonly AccountCall[],
): Instance[] {
  const late = refreshes.find(
    ({ account, attempt: { opened } }) =>
      account === life.account && opened.seq > life.minted.seq && opened.at >= endOf(life),
  );
  if (late === undefined) return [];
  const { opened, end } = late.attempt;
  const waiting = calls.find(
    ({ account, sent, returned }) =>
      account === life.account &&
      sent.at <= opened.at &&
      sent.at >= endOf(life) &&
      (returned === null || returned.seq > (end?.seq ?? opened.seq)),
  );
  if (waiting === undefined) return [];
  const message = `A call to ${life.account} at ${formatMoment(waiting.sent.at)} had to wait for a refresh, for its token was over at ${formatMoment(endOf(life))} as had been stated. It should have been replaced before.`;
  return [{ atMs: waiting.sent.at, message, evidence: [waiting.sent.seq, opened.seq] }];
}
