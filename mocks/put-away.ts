// Dead tokens are put away from their grant, so that one that rotates for hours is as quick to change as a young one.

import { type AccessToken, accessRefusal, type Grant, type RefreshToken, refreshRefusal } from './grant.ts';

/** How many tokens of each kind a grant holds before the oldest dead ones are put away. */
const KEPT = 16;

/** A grant without its oldest dead tokens, and these. */
export interface Tidied {
  readonly grant: Grant;
  readonly away: readonly (AccessToken | RefreshToken)[];
}

/**
 * Takes out the oldest tokens as long as they are dead at `atMs`. No command changes a dead token unless it names it, so
 * that `bringBack` before such a command makes the grant as if nothing had been put away.
 */
export function putAway(grant: Grant, atMs: number): Tidied {
  const access = leading(grant.accessTokens, (token) => accessRefusal(token, atMs) !== null);
  const refresh = leading(grant.refreshTokens, (token) => refreshRefusal(grant, token, atMs) !== null);
  if (access + refresh === 0) return { grant, away: [] };
  return {
    grant: {
      ...grant,
      accessTokens: without(grant.accessTokens, access),
      refreshTokens: without(grant.refreshTokens, refresh),
    },
    away: [...grant.accessTokens.slice(0, access), ...grant.refreshTokens.slice(0, refresh)],
  };
}

/** The grant with a token that was put away, as the oldest of its kind. */
export function bringBack(grant: Grant, token: AccessToken | RefreshToken): Grant {
  return 'spentAtMs' in token
    ? { ...grant, refreshTokens: [token, ...grant.refreshTokens] }
    : { ...grant, accessTokens: [token, ...grant.accessTokens] };
}

/** How many of the oldest are dead, of those beyond the number that is kept. */
function leading<Token>(tokens: readonly Token[], isDead: (token: Token) => boolean): number {
  const surplus = tokens.length - KEPT;
  if (surplus <= 0) return 0;
  const alive = tokens.findIndex((token, index) => index >= surplus || !isDead(token));
  return alive < 0 ? surplus : alive;
}

// Under load most of thousands of access tokens are alive: not even a copy is made where none leaves.
const without = <Token>(tokens: readonly Token[], oldest: number) =>
  oldest === 0 ? tokens : tokens.slice(oldest);
