// What a new access token does to the ones before it.

import { endAccessTokens } from './endings.ts';
import type { Grant, RefreshToken, Transition } from './grant.ts';
import { accessEnd } from './lifetimes.ts';

/**
 * The grant on the eve of a new access token, after the use of a refresh token: `used` as it is now, and `retired` as
 * those were whose grace this use ended.
 */
export function settleOlderAccess(
  grant: Grant,
  used: RefreshToken,
  retired: readonly RefreshToken[],
  atMs: number,
): Transition {
  switch (grant.policy.oldAccess) {
    case 'lives-on':
      return makeRoom(grant, atMs);
    case 'dies':
      return endAccessTokens(grant, { cause: 'superseded', atMs }, atMs, () => true);
    case 'dies-after-grace': {
      const dead = new Set(retired.map(({ id }) => id));
      const now = endAccessTokens(grant, { cause: 'superseded', atMs }, atMs, ({ companion }) =>
        companion === null ? false : dead.has(companion),
      );
      const room = makeRoom(now.grant, atMs);
      const later = endCompanionsOf(room.grant, used, atMs);
      const effects = [now, room, later].flatMap(({ outcome }) => outcome.effects);
      return { grant: later.grant, outcome: { kind: 'done', effects } };
    }
  }
}

/** Lets the oldest living access tokens go, so that one more keeps to the policy's limit. */
export function makeRoom(grant: Grant, atMs: number): Transition {
  const { liveAccessTokens } = grant.policy;
  if (liveAccessTokens === undefined) return { grant, outcome: { kind: 'done', effects: [] } };
  let excess = 1 - liveAccessTokens;
  for (const token of grant.accessTokens) if (accessEnd(token, atMs) === null) excess++;
  // They are asked about oldest first.
  return endAccessTokens(grant, { cause: 'crowded-out', atMs }, atMs, () => excess-- > 0);
}

// A refresh token that was not replaced has no end that its companions could share.
function endCompanionsOf(grant: Grant, { id, honouredUntilMs }: RefreshToken, nowMs: number): Transition {
  if (honouredUntilMs === null) return { grant, outcome: { kind: 'done', effects: [] } };
  const ending = { cause: 'superseded', atMs: Math.max(honouredUntilMs, nowMs) } as const;
  return endAccessTokens(grant, ending, nowMs, ({ companion }) => companion === id);
}
