// The exchanges of refresh tokens: what was presented, what was minted, and whether the subject got to know.

import { entriesOf, type Ledger } from '../../harness/ledger.ts';
import { type Attempt, attemptsOf, succeeded } from './attempts.ts';
import { type AccessLife, accessLives } from './token-lives.ts';

/** One request at the token endpoint with a refresh token that somebody minted. */
export interface Refresh {
  readonly attempt: Attempt;
  readonly account: string;
  /** The presented refresh token's id. */
  readonly presented: string;
  /** The access token that came of it; null when the exchange was not committed. */
  readonly access: AccessLife | null;
  /** Whether the subject received the new tokens. */
  readonly delivered: boolean;
}

/** All refreshes in order. A request with a token that nobody minted is a probe of the client's credentials, and left out. */
export function refreshesOf(ledger: Ledger): Refresh[] {
  const lives = accessLives(ledger);
  const mintedBy = new Map<string, AccessLife>();
  for (const entry of entriesOf(ledger, 'token.minted')) {
    const life = lives.get(entry.token);
    if (life !== undefined && entry.exchange !== null) mintedBy.set(entry.exchange, life);
  }
  return attemptsOf(ledger).flatMap((attempt) => {
    const { endpoint, account, token, exchange } = attempt.opened;
    if (endpoint !== 'token' || account === null || token === null) return [];
    const access = mintedBy.get(exchange) ?? null;
    return [{ attempt, account, presented: token, access, delivered: access !== null && succeeded(attempt) }];
  });
}

/** For how long an account’s service honours a refresh token that was exchanged already. */
export function graceMsOf({ world }: Ledger, account: string): number {
  return world.accounts.find(({ id }) => id === account)?.graceMs ?? 0;
}
