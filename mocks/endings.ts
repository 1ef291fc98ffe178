// How tokens and grants end before their time: from outside, by their own client, or for a newer token's sake.

import type { AccessToken, Effect, Ending, Grant, RefreshToken, Transition } from './grant.ts';
import { accessEnd, isEvaluated, refreshRefusal } from './lifetimes.ts';
import type { Refusal } from './refusals.ts';

/** Ends the grant with every token; access tokens last for the policy's delay. */
export function endGrant(grant: Grant, ending: Ending): Transition {
  const access = revokeAccessTokens(grant, ending);
  const both = endRefreshTokens(access.grant, ending);
  return {
    grant: { ...both.grant, ended: grant.ended ?? ending },
    outcome: { kind: 'done', effects: [...access.outcome.effects, ...both.outcome.effects] },
  };
}

/** Ends every token, while the consent itself stands. */
export function endAllTokens(grant: Grant, ending: Ending): Transition {
  const { grant: after, outcome } = endGrant(grant, ending);
  return { grant: { ...after, ended: grant.ended }, outcome };
}

/** Revokes the access tokens that the resource server hears about: of each after the policy's delay. */
export function revokeAccessTokens(
  grant: Grant,
  { cause, atMs }: Ending,
  which: (token: AccessToken) => boolean = () => true,
): Transition {
  const { revocationDelayMs = 0 } = grant.policy;
  const heardOf = (token: AccessToken) => isEvaluated(grant.policy, token) && which(token);
  return endAccessTokens(grant, { cause, atMs: atMs + revocationDelayMs }, atMs, heardOf);
}

/** Ends the access tokens that would live at the moment of the ending, which may be later than now. */
export function endAccessTokens(
  grant: Grant,
  ending: Ending,
  nowMs: number,
  which: (token: AccessToken) => boolean,
): Transition {
  const effects: Effect[] = [];
  const accessTokens = grant.accessTokens.map((token) => {
    if (accessEnd(token, ending.atMs) !== null || !which(token)) return token;
    effects.push(ended(token.id, ending, nowMs));
    return { ...token, ended: ending };
  });
  const outcome = { kind: 'done', effects } as const;
  return effects.length === 0 ? { grant, outcome } : { grant: { ...grant, accessTokens }, outcome };
}

/** Ends the refresh tokens; a spent one too, for inside its grace it would mint a new child for a dead family. */
export function endRefreshTokens(grant: Grant, ending: Ending): Transition {
  const dying = (token: RefreshToken) => refreshRefusal(grant, token, ending.atMs) === null;
  const effects = grant.refreshTokens.filter(dying).map((token) => ended(token.id, ending, ending.atMs));
  const refreshTokens = grant.refreshTokens.map((token) =>
    dying(token) ? { ...token, ended: ending } : token,
  );
  return { grant: { ...grant, refreshTokens }, outcome: { kind: 'done', effects } };
}

/** Makes way for a newer grant: the refresh tokens go, and with them what else the policy lets go. */
export function evict(grant: Grant, atMs: number): Transition {
  const ending: Ending = { cause: 'evicted', atMs };
  return grant.policy.eviction === 'all-tokens' ? endGrant(grant, ending) : endRefreshTokens(grant, ending);
}

/** Revokes one token as its client asks (RFC 7009), with what the policy lets go with it. */
export function revokeToken(grant: Grant, tokenId: string, atMs: number): Transition {
  const ending: Ending = { cause: 'revoked-by-client', atMs };
  const { ofRefresh, ofAccess } = grant.policy.revocation;
  const refresh = grant.refreshTokens.find((token) => token.id === tokenId);
  if (refresh !== undefined) {
    const refusal = refreshRefusal(grant, refresh, atMs);
    // A spent token still names its family: a client that logs out with an old one must be logged out.
    if (refusal !== null && refusal !== 'rotated') return refused(grant, refusal);
    return ofRefresh === 'grant' ? endGrant(grant, ending) : endRefreshTokens(grant, ending);
  }
  const access = grant.accessTokens.find((token) => token.id === tokenId);
  const refusal = access === undefined ? 'unknown-token' : accessEnd(access, atMs);
  if (refusal !== null) return refused(grant, refusal);
  return ofAccess === 'grant'
    ? endGrant(grant, ending)
    : revokeAccessTokens(grant, ending, (token) => token.id === tokenId);
}

/** A command that is refused and changes nothing. */
export const refused = (grant: Grant, cause: Refusal, effects: readonly Effect[] = []): Transition => ({
  grant,
  outcome: { kind: 'refused', cause, effects },
});

const ended = (token: string, { cause, atMs }: Ending, nowMs: number): Effect => ({
  kind: cause === 'evicted' || cause === 'crowded-out' ? 'evicted' : 'revoked',
  token,
  cause,
  ...(atMs > nowMs ? { fromMs: atMs } : {}),
});
