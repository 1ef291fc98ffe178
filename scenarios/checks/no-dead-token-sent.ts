// A token that is known to be dead is not worth a request.

import type { Check } from '../../harness/check.ts';
import type { Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { attemptsOf, knewTheAnswer, type Refused, succeeded } from './attempts.ts';
import { clocksOf } from './clocks.ts';
import { counted, failure, type Instance } from './instances.ts';
import {
  type AccessLife,
  accessLives,
  callsBeyondAnExpiry,
  FRESH_MS,
  freshMs,
  isRefusedForAge,
} from './token-lives.ts';

/** Lifetimes are stated in whole seconds. */
const TOLERANCE_MS = 1000;

const fix =
  'Keep `expires_at` beside the access token and refresh before sending when it has passed: `if (now >= expiresAtMs - 60_000) await refresh(account)`.';

export default {
  id: 'no-dead-token-sent',
  title: 'No call is sent with an access token that is known to be dead',
  category: 'expiry',
  loses: 'other',
  why: 'A tool retry re-invokes the tool with the credentials it had before: it fires against an expired token and fails the same way.',
  judged:
    'A call must not carry a token more than 1 s past its stated expiry by the clock of its sender, nor one that was already ' +
    'refused as expired. ' +
    'Where a service states no lifetime one refusal per expiry is how one learns of it. ' +
    `A token that was refused before it was ${FRESH_MS / 1000} s old may be met again for as long: it may not have been known yet. ` +
    'A token may die in flight, and calls may meet the refusal of others while a refresh is under way.',
  fix,
  kinds: ['agent', 'broker'],
  judge: ({ ledger }) => {
    const beyond = callsBeyondAnExpiry(ledger).length;
    if (beyond === 0) {
      return { verdict: 'inconclusive', message: 'No account was called beyond the end of an access token.' };
    }
    const instances = deadSends(ledger);
    if (instances.length > 0) return failure(instances, fix);
    return {
      verdict: 'pass',
      message: `${counted(beyond, 'call')} beyond an expiry, none with a token known to be dead.`,
    };
  },
} satisfies Check;

function deadSends(ledger: Ledger): Instance[] {
  const lives = accessLives(ledger);
  // In compressed time a second of the subject's clock is minutes of the record.
  const toleranceMs = TOLERANCE_MS * (ledger.world.timeFactor ?? 1);
  const clocks = clocksOf(ledger);
  const firstRefusal = new Map<string, Refused>();
  // Calls that start while a refresh is under way may not have heard of it.
  const refreshingUntilMs = new Map<string | null, number>();
  const found: Instance[] = [];
  for (const attempt of attemptsOf(ledger)) {
    const { token, endpoint, at, seq, account, party } = attempt.opened;
    const isRefreshing = at <= (refreshingUntilMs.get(account) ?? Number.NEGATIVE_INFINITY);
    if (endpoint === 'token') refreshingUntilMs.set(account, attempt.end?.at ?? Number.POSITIVE_INFINITY);
    const life = lives.get(token ?? '');
    if (endpoint !== 'resource' || life === undefined || succeeded(attempt)) continue;
    const statedMs = life.stated ? life.minted.expiresAt : null;
    const before = firstRefusal.get(life.token);
    const lateMs = toleranceMs + clocks.lateMs(party, life.minted.at, at);
    if (statedMs !== null && at > statedMs + lateMs) {
      const message = `A call to ${account} was sent at ${formatMoment(at)} with an access token that was stated to expire at ${formatMoment(statedMs)}. It should have been refreshed before.`;
      found.push({ atMs: at, message, evidence: [seq] });
    } else if (
      before !== undefined &&
      knewTheAnswer(attempt, before) &&
      !isRefreshing &&
      !mayBeTooNew(life, before, at, freshMs(life, ledger))
    ) {
      const message = `A call to ${account} was sent at ${formatMoment(at)} with an access token that had been refused as ${before.end.truth} at ${formatMoment(before.end.at)}. It should have been refreshed before.`;
      found.push({ atMs: at, message, evidence: [before.end.seq, seq] });
    }
    if (before === undefined && isRefusedForAge(attempt)) firstRefusal.set(life.token, attempt);
  }
  return found;
}

// A refusal of a new token may mean that it is not known yet, in the same words.
const mayBeTooNew = ({ minted }: AccessLife, refused: Refused, atMs: number, withinMs: number): boolean =>
  refused.opened.at - minted.at < withinMs && atMs - refused.end.at < withinMs;
