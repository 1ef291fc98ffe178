// The exchange of a refresh token: who may, what it mints, what it does to the tokens before.

import { endAllTokens, endGrant, endRefreshTokens, refused } from './endings.ts';
import { earnedBefore, gracesEndedBy, isReplacedByUse } from './grace.ts';
import type { Command, Effect, Ending, Grant, RefreshToken, Transition } from './grant.ts';
import { accessEnd, accessRefusal, refreshRefusal } from './lifetimes.ts';
import { mintAccess, mintedAccess, mintedRefresh, mintRefresh } from './minting.ts';
import { makeRoom, settleOlderAccess } from './older-access.ts';

type Of<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;

/** Exchanges a refresh token. */
export function refresh(grant: Grant, command: Of<'refresh'>): Transition {
  const { atMs } = command;
  const presented = grant.refreshTokens.findLast((token) => token.id === command.token);
  if (presented === undefined) return refused(grant, 'unknown-token');
  if (command.clientId !== grant.clientId) return refused(grant, 'wrong-client');
  const refusal = refreshRefusal(grant, presented, atMs);
  if (refusal === 'rotated') return reuse(grant, { cause: 'reused', atMs });
  if (refusal !== null) return refused(grant, refusal);
  const bar = grant.bars.find(({ from }) => from !== 'use');
  if (bar !== undefined) return refused(grant, bar.cause);
  const scopes = command.scopes ?? grant.scopes;
  if (scopes.some((scope) => !grant.scopes.includes(scope))) return refused(grant, 'scope-exceeds');
  return isTooEarly(grant, atMs) ? refused(grant, 'too-early') : exchange(grant, presented, scopes, command);
}

function isTooEarly({ policy, accessTokens }: Grant, atMs: number): boolean {
  if (policy.noRefreshBeforeMs === undefined) return false;
  const newest = accessTokens.at(-1);
  if (newest === undefined || accessEnd(newest, atMs) !== null) return false;
  return atMs < newest.issuedAtMs + policy.noRefreshBeforeMs;
}

/** Exchanges a long-lived access token for a pair that refreshes. Afterwards the grant lives by other rules. */
export function makeRefreshable(grant: Grant, command: Of<'make-refreshable'>): Transition {
  const { atMs, fresh } = command;
  const presented = grant.accessTokens.find((token) => token.id === command.token);
  if (presented === undefined) return refused(grant, 'unknown-token');
  if (command.clientId !== grant.clientId) return refused(grant, 'wrong-client');
  const bar = grant.bars.find(({ from }) => from !== 'use');
  const refusal = accessRefusal(presented, atMs) ?? bar?.cause ?? null;
  if (refusal !== null) return refused(grant, refusal);
  if (grant.policy.refreshableAs === undefined) return refused(grant, 'not-refreshable');
  const changed: Grant = { ...grant, policy: grant.policy.refreshableAs };
  const token = mintRefresh(changed.policy, fresh.refresh, null, atMs);
  const access = mintAccess(changed.policy, fresh, { atMs, scopes: presented.scopes, companion: token.id });
  const settled = makeRoom(changed, atMs);
  const effects = [...settled.outcome.effects, mintedAccess(access), mintedRefresh(changed, token)];
  return {
    grant: {
      ...settled.grant,
      accessTokens: [...settled.grant.accessTokens, access],
      refreshTokens: [...changed.refreshTokens, token],
    },
    outcome: { kind: 'granted', access, refresh: token, rotated: true, effects },
  };
}

function exchange(
  grant: Grant,
  presented: RefreshToken,
  scopes: readonly string[],
  command: Of<'refresh'>,
): Transition {
  const { policy } = grant;
  const { atMs, fresh, askedTtlMs, askedRefreshTtlMs } = command;
  const earned = earnedBefore(grant, presented, scopes, atMs);
  const rotates = isReplacedByUse(policy, presented, atMs);
  const used: RefreshToken = rotates
    ? { ...presented, usedAtMs: atMs, honouredUntilMs: presented.honouredUntilMs ?? atMs + policy.graceMs }
    : { ...presented, usedAtMs: atMs };
  if (earned !== null && earned.access !== null) {
    const { refresh, access } = earned;
    const after = { ...grant, refreshTokens: replaced(grant.refreshTokens, presented, used) };
    return { grant: after, outcome: { kind: 'granted', access, refresh, rotated: true, effects: [] } };
  }
  const successor =
    rotates && earned === null
      ? mintRefresh(policy, fresh.refresh, presented.id, atMs, askedRefreshTtlMs)
      : null;
  const told = successor ?? earned?.refresh ?? used;
  const access = mintAccess(policy, fresh, { atMs, scopes, companion: told.id, askedTtlMs });
  const retired = gracesEndedBy(grant, presented, atMs);
  const settled = settleOlderAccess(grant, used, retired, atMs);
  const refreshTokens = replaced(grant.refreshTokens, presented, used);
  for (const token of retired)
    refreshTokens[refreshTokens.indexOf(token)] = { ...token, honouredUntilMs: atMs };
  if (successor !== null) refreshTokens.push(successor);
  const accessTokens = [...settled.grant.accessTokens, access];
  const after: Grant = { ...settled.grant, accessTokens, refreshTokens };
  const ended = settled.outcome.effects;
  const effects: readonly Effect[] =
    successor === null
      ? [...ended, mintedAccess(access)]
      : [
          ...ended,
          mintedAccess(access),
          { kind: 'rotated', token: presented.id, successor: successor.id },
          mintedRefresh(after, successor),
        ];
  const rotated = told.id !== presented.id;
  return { grant: after, outcome: { kind: 'granted', access, refresh: told, rotated, effects } };
}

function reuse(grant: Grant, ending: Ending): Transition {
  const { grant: after, outcome } = afterReuse(grant, ending);
  return refused(after, 'rotated', outcome.effects);
}

function afterReuse(grant: Grant, ending: Ending): Transition {
  switch (grant.policy.reuse) {
    case 'refused':
      return { grant, outcome: { kind: 'done', effects: [] } };
    case 'newest-revoked':
      return endRefreshTokens(grant, ending);
    case 'newest-and-access-revoked':
      return endAllTokens(grant, ending);
    case 'family-revoked':
      return endGrant(grant, ending);
  }
}

// The token in question is nearly always among the newest, hence the search from the end.
const replaced = (tokens: readonly RefreshToken[], old: RefreshToken, now: RefreshToken) =>
  tokens.with(tokens.lastIndexOf(old), now);
