// New tokens: the first ones of a consent, and each one that comes after.

import type { AccessToken, Effect, Fresh, Grant, RefreshToken, Transition } from './grant.ts';
import { accessTtlMs, refreshExpiresAtMs, within } from './lifetimes.ts';
import type { Policy } from './policy.ts';

/** What a first consent says. */
export interface FirstConsent {
  readonly id: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly atMs: number;
  /** False for a consent that gives no refresh token (no offline access asked for). */
  readonly offline: boolean;
  /** Whether the client's secret was not shown for it; absent = no. */
  readonly withoutSecret?: true;
  /** Whether it is the second grant of one consent; absent = no. */
  readonly beside?: true;
  /** Whether it was given long enough ago for every server to know of it; absent = no. */
  readonly settled?: boolean;
  readonly fresh: Fresh;
  readonly askedTtlMs?: number;
  readonly askedRefreshTtlMs?: number;
}

/** The first tokens of a grant, at consent. */
export function issue(rules: Policy, consent: FirstConsent): Transition {
  const { atMs, fresh, scopes, settled = false } = consent;
  const policy = policyFor(rules, scopes);
  const refresh =
    consent.offline && policy.refresh.kind !== 'none'
      ? mintRefresh(policy, fresh.refresh, null, atMs, consent.askedRefreshTtlMs)
      : null;
  const minted = mintAccess(policy, fresh, { ...consent, companion: refresh?.id ?? null });
  const access = settled ? { ...minted, knownFromMs: null } : minted;
  const grant: Grant = {
    id: consent.id,
    policy,
    clientId: consent.clientId,
    ...(consent.withoutSecret === undefined ? {} : { withoutSecret: consent.withoutSecret }),
    ...(consent.beside === undefined ? {} : { beside: consent.beside }),
    scopes,
    consentedAtMs: atMs,
    ended: null,
    bars: [],
    accessTokens: [access],
    refreshTokens: refresh === null ? [] : [refresh],
  };
  const effects = [mintedAccess(access), ...(refresh === null ? [] : [mintedRefresh(grant, refresh)])];
  return { grant, outcome: { kind: 'granted', access, refresh, rotated: false, effects } };
}

function policyFor(policy: Policy, scopes: readonly string[]): Policy {
  const { refreshOfOnly } = policy;
  if (refreshOfOnly === undefined || !scopes.every((scope) => refreshOfOnly.scopes.includes(scope)))
    return policy;
  return { ...policy, refresh: refreshOfOnly.refresh };
}

/** What a new access token is to be. */
interface AccessMinting {
  readonly atMs: number;
  readonly scopes: readonly string[];
  readonly companion: string | null;
  readonly askedTtlMs?: number | undefined;
}

/** A new access token. */
export function mintAccess(
  policy: Policy,
  fresh: Fresh,
  { atMs, scopes, companion, askedTtlMs }: AccessMinting,
): AccessToken {
  const ttlMs = accessTtlMs(policy, fresh.draw ?? 0, askedTtlMs);
  return {
    id: fresh.access,
    issuedAtMs: atMs,
    knownFromMs: policy.birthDelayMs === undefined ? null : atMs + policy.birthDelayMs,
    companion,
    expiresAtMs: ttlMs === null ? null : atMs + ttlMs,
    scopes,
    ended: null,
  };
}

/** A new refresh token. */
export function mintRefresh(
  policy: Policy,
  id: string,
  parent: string | null,
  atMs: number,
  askedTtlMs?: number,
): RefreshToken {
  const token = { id, issuedAtMs: atMs, usedAtMs: atMs, parent, honouredUntilMs: null, ended: null };
  const { askedRefreshTtl } = policy;
  return askedTtlMs === undefined || askedRefreshTtl === undefined
    ? token
    : { ...token, ttlMs: within(askedRefreshTtl, askedTtlMs) };
}

/** For the record: a new access token. */
export const mintedAccess = ({ id, expiresAtMs }: AccessToken): Effect => ({
  kind: 'minted',
  token: id,
  expiresAtMs,
});

/** For the record: a new refresh token of this grant. */
export const mintedRefresh = (grant: Grant, token: RefreshToken): Effect => ({
  kind: 'minted',
  token: token.id,
  expiresAtMs: refreshExpiresAtMs(grant, token),
});
