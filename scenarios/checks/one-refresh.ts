// One expiry, one refresh: whoever refreshes a token that was just refreshed races somebody, or does not look.

import type { Check } from '../../harness/check.ts';
import { entriesOf, type Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import {
  type Answered,
  type Attempt,
  attemptsOf,
  inOrderOfAnswer,
  isAnswered,
  isRefused,
} from './attempts.ts';
import { type Clocks, clocksOf } from './clocks.ts';
import { counted, failure, type Instance } from './instances.ts';
import { type Refresh, refreshesOf } from './refreshes.ts';
import { type AccessLife, untoldMs } from './token-lives.ts';

/** Below this part of its life a token is fresh. */
const FRESH_PART = 0.5;
/** Where no lifetime is stated a subject may refresh by its own schedule, but not as often as this. */
const FRESH_UNSTATED_MS = 5 * 60_000;
/** How long an answer must be waited for. */
const PATIENCE_MS = 15_000;

const fix =
  'Keep one refresh in flight per account: `refreshing.get(account) ?? refreshing.set(account, refresh(account)).get(account)`, and look at the stored token again after waiting.';

export default {
  id: 'one-refresh',
  title: 'An expiry leads to one refresh per account',
  category: 'race',
  loses: 'session',
  why: 'Two calls detect the same expiry and both refresh; with rotation the second exchange kills the session (RFC 9700 section 4.14.2).',
  judged:
    'Two committed refreshes of one account count as one too many when the second is sent while the first’s access ' +
    'token is in the first half of its life by the clock of the sender (where none is stated: within 5 minutes) and no call with that token was refused ' +
    'in between. Refreshes whose answer never arrived, or not within 15 s, refused ones, and probes with unminted tokens do not count.',
  fix,
  needs: ['true-lifetimes'],
  kinds: ['agent', 'broker'],
  judge: ({ ledger }) => {
    const committed = refreshesOf(ledger).flatMap(({ access, ...rest }) =>
      access === null ? [] : [{ ...rest, access }],
    );
    if (committed.length === 0 && entriesOf(ledger, 'token.expired').length === 0) {
      return { verdict: 'inconclusive', message: 'No access token expired, and none was refreshed.' };
    }
    const refused = firstRefusals(ledger);
    const instances = [...Map.groupBy(committed, ({ account }) => account).values()].flatMap((refreshes) =>
      needless(refreshes, refused, { untoldMs: untoldMs(ledger), clocks: clocksOf(ledger) }),
    );
    if (instances.length > 0) return failure(instances, fix);
    const message = `${counted(committed.length, 'refresh', 'refreshes')}, none of a token that was still fresh.`;
    return { verdict: 'pass', message };
  },
} satisfies Check;

/** A refresh that minted an access token. */
interface Committed extends Refresh {
  readonly access: AccessLife;
}

function needless(
  refreshes: readonly Committed[],
  refused: ReadonlyMap<string | null, number>,
  told: { readonly untoldMs: number; readonly clocks: Clocks },
): Instance[] {
  const inOrder = [...refreshes].sort((a, b) => a.access.minted.seq - b.access.minted.seq);
  return inOrder.flatMap((second, index) => {
    const first = inOrder[index - 1];
    if (first === undefined || !first.delivered) return [];
    const { at: atMs, party } = second.attempt.opened;
    const unseenMs = told.untoldMs + told.clocks.earlyMs(party, first.access.minted.at, atMs);
    if (atMs - first.access.minted.at >= freshMs(first.access, unseenMs)) return [];
    const refusedSeq = refused.get(first.access.token) ?? Number.POSITIVE_INFINITY;
    if (refusedSeq < second.attempt.opened.seq || isGivenUp(first, second)) return [];
    const message = `The account ${second.account} was refreshed at ${formatMoment(first.attempt.opened.at)} and again at ${formatMoment(atMs)}, with nothing wrong with the first new token. One refresh should have served everybody.`;
    return [{ atMs, message, evidence: [first.attempt.opened.seq, second.attempt.opened.seq] }];
  });
}

// An answer that does not come for so long is as good as lost, even if it comes in the end.
function isGivenUp(first: Refresh, second: Refresh): boolean {
  const { opened, end } = first.attempt;
  const later = second.attempt.opened;
  return later.at - opened.at >= PATIENCE_MS && (end === null || end.seq > later.seq);
}

const isTurnedAway = (attempt: Attempt): attempt is Answered =>
  isRefused(attempt) || (isAnswered(attempt) && attempt.end.truth === 'not-yet-known');

// A subject knows of a life what it was told, and what its clock makes of that.
function freshMs({ minted, stated }: AccessLife, unseenMs: number): number {
  const lifeMs = minted.expiresAt === null ? Number.POSITIVE_INFINITY : minted.expiresAt - minted.at;
  return stated ? (lifeMs - unseenMs) * FRESH_PART : Math.min(lifeMs * FRESH_PART, FRESH_UNSTATED_MS);
}

// When each access token was first refused, for itself or because it was not known yet.
function firstRefusals(ledger: Ledger): ReadonlyMap<string | null, number> {
  const refused = inOrderOfAnswer(attemptsOf(ledger).filter(isTurnedAway)).reverse();
  return new Map(refused.map(({ opened, end }) => [opened.token, end.seq]));
}
