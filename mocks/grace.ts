// What becomes of a refresh token that was replaced: how long it is still honoured, and what it then earns.

import type { AccessToken, Grant, RefreshToken } from './grant.ts';
import { accessEnd, refreshRefusal } from './lifetimes.ts';
import type { Policy } from './policy.ts';

const NONE: readonly RefreshToken[] = [];

/** Whether using this refresh token replaces it. A spent one is always replaced: it has a successor already. */
export function isReplacedByUse(policy: Policy, token: RefreshToken, atMs: number): boolean {
  if (token.honouredUntilMs !== null || policy.rotation === 'every-use') return true;
  return policy.rotation === 'sticky' && atMs >= token.issuedAtMs + (policy.stickyForMs ?? 0);
}

/** The pair that a spent refresh token earned before, where the policy hands it out again and it was not used since. */
export function earnedBefore(
  grant: Grant,
  spent: RefreshToken,
  scopes: readonly string[],
  atMs: number,
): { readonly refresh: RefreshToken; readonly access: AccessToken | null } | null {
  if (grant.policy.replay !== 'same-child' || spent.honouredUntilMs === null) return null;
  const refresh = grant.refreshTokens.findLast(({ parent }) => parent === spent.id);
  if (refresh === undefined || refresh.honouredUntilMs !== null) return null;
  if (refreshRefusal(grant, refresh, atMs) !== null) return null;
  const access = grant.accessTokens.findLast(({ companion }) => companion === refresh.id);
  const isAsGood =
    access !== undefined &&
    accessEnd(access, atMs) === null &&
    access.scopes.length === scopes.length &&
    scopes.every((scope) => access.scopes.includes(scope));
  return { refresh, access: isAsGood ? access : null };
}

/** The spent refresh tokens whose grace this use of a refresh token ends before its time. */
export function gracesEndedBy(
  { policy, refreshTokens }: Grant,
  used: RefreshToken,
  atMs: number,
): readonly RefreshToken[] {
  const endsByDepth = policy.graceDepth === 'previous' && isReplacedByUse(policy, used, atMs);
  const endsByUse = policy.graceEndsEarly === 'when-child-used';
  if (!endsByDepth && !endsByUse) return NONE;
  return refreshTokens.filter(
    (token) =>
      token.id !== used.id &&
      token.honouredUntilMs !== null &&
      token.honouredUntilMs > atMs &&
      (endsByDepth || token.id === used.parent),
  );
}
