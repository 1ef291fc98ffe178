// The lives of access tokens as the authorization server knows them, and which of their ends the subject lived through.

import type { EntryOf } from '../../harness/entry.ts';
import { entriesOf, type Ledger } from '../../harness/ledger.ts';
import { type Attempt, attemptsOf, isDisguised, isRefused, type Refused } from './attempts.ts';

/** One access token. */
export interface AccessLife {
  readonly token: string;
  readonly account: string;
  readonly minted: EntryOf<'token.minted'>;
  /** Whether the service told the subject when it would expire, and had anything to tell. */
  readonly stated: boolean;
  /** Its death by age, once that came. */
  readonly expired: EntryOf<'token.expired'> | null;
}

/** Lifetimes are stated in whole seconds, rounded, and by Google as one less: so much of them may go untold. */
const UNTOLD_MS = 1500;

/** The ms of the record that may go untold of a life: none to speak of but in compressed time, where a second is minutes. */
export const untoldMs = ({ world: { timeFactor } }: Pick<Ledger, 'world'>): number =>
  timeFactor === undefined ? 0 : UNTOLD_MS * timeFactor;

/** For so long after it was minted a token may be unknown to some server. */
export const FRESH_MS = 10_000;
/** Where time is compressed that is seconds of the subject's clock, but never more of a life than this part. */
const FRESH_PART = 4;

/** For how many ms of the record this token may be unknown. */
export const freshMs = ({ minted }: AccessLife, { world: { timeFactor = 1 } }: Ledger): number =>
  Math.min(FRESH_MS * timeFactor, lifeMs(minted) / FRESH_PART);

/** All access tokens by id. */
export function accessLives(ledger: Ledger): ReadonlyMap<string, AccessLife> {
  const stating = new Map(ledger.world.accounts.map((account) => [account.id, account.statesLifetime]));
  const expired = new Map(entriesOf(ledger, 'token.expired').map((entry) => [entry.token, entry]));
  const minted = entriesOf(ledger, 'token.minted').filter(({ tokenKind }) => tokenKind === 'access');
  return new Map(
    minted.map((entry) => {
      const { token, account } = entry;
      const stated = (stating.get(account) ?? false) && lifeMs(entry) >= untoldMs(ledger);
      return [token, { token, account, minted: entry, stated, expired: expired.get(token) ?? null }];
    }),
  );
}

const lifeMs = ({ at, expiresAt }: AccessLife['minted']) => (expiresAt ?? Number.POSITIVE_INFINITY) - at;

/** Truths that say: the access token is over, a refresh heals it. */
const OVER: ReadonlySet<string> = new Set(['expired', 'superseded', 'session-ended']);

/** Whether an attempt was refused, in words that say so, for an access token that a refresh could have replaced. */
export function isRefusedForAge(attempt: Attempt): attempt is Refused {
  if (attempt.opened.endpoint !== 'resource' || !isRefused(attempt) || isDisguised(attempt)) return false;
  return OVER.has(attempt.end.truth);
}

/** The calls that were made beyond the end of one of their account's access tokens. */
export function callsBeyondAnExpiry(ledger: Ledger): Attempt[] {
  const firstEnd = new Map<string, number>();
  for (const { account, minted, stated, expired } of accessLives(ledger).values()) {
    const endMs = expired?.at ?? (stated ? minted.expiresAt : null);
    if (endMs !== null) firstEnd.set(account, Math.min(endMs, firstEnd.get(account) ?? endMs));
  }
  return attemptsOf(ledger).filter((attempt) => {
    const { endpoint, account, at } = attempt.opened;
    if (endpoint !== 'resource' || account === null) return false;
    return isRefusedForAge(attempt) || at >= (firstEnd.get(account) ?? Number.POSITIVE_INFINITY);
  });
}
