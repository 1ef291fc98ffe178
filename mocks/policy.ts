// The knobs of a service's tokens: every way in which real services differ, as plain data.

import type { Bucket } from './bucket.ts';

/** How long an access token lives at the server. */
export type AccessLifetime =
  /** `statedMs` is what answers say, where that is not what the server honours. */
  | { readonly kind: 'fixed'; readonly ttlMs: number; readonly statedMs?: number }
  /** Another lifetime for each token, drawn from the seed; both ends are possible. */
  | { readonly kind: 'range'; readonly minMs: number; readonly maxMs: number }
  /**
   * A session that activity extends. Activity counts only once `countsAfter` of the lifetime has passed since
   * the last counted moment (0 = always, 0.5 = Salesforce's half-life rule).
   */
  | { readonly kind: 'sliding'; readonly ttlMs: number; readonly countsAfter: number }
  | { readonly kind: 'never' };

/** How long a refresh token lives. `absolute` counts from consent and is inherited by every successor. */
export type RefreshLifetime =
  | { readonly kind: 'none' }
  | { readonly kind: 'unlimited' }
  | { readonly kind: 'fixed'; readonly ttlMs: number }
  | { readonly kind: 'absolute'; readonly ttlMs: number }
  | { readonly kind: 'idle'; readonly windowMs: number }
  | { readonly kind: 'idle-and-cap'; readonly windowMs: number; readonly capMs: number };

/** A duration longer than any run: for what some servers never end. */
export const FOREVER_MS = 1000 * 365 * 24 * 60 * 60 * 1000;

/** The rules of one authorization server. All durations are milliseconds. */
export interface Policy {
  readonly access: AccessLifetime;
  readonly refresh: RefreshLifetime;
  /** Another lifetime for refresh tokens of grants that hold these scopes and no others; absent = the same. */
  readonly refreshOfOnly?: { readonly scopes: readonly string[]; readonly refresh: RefreshLifetime };
  /** Whether using a refresh token replaces it; `sticky` = only once it is `stickyForMs` old. */
  readonly rotation: 'none' | 'every-use' | 'sticky';
  /** How long a sticky refresh token is handed out again before its use replaces it; absent = 0. */
  readonly stickyForMs?: number;
  /** How old a living access token must be before a refresh gives another one; absent = 0. */
  readonly noRefreshBeforeMs?: number;
  /** How long a spent refresh token is still honoured; 0 = dead at once, `FOREVER_MS` = it stays valid. */
  readonly graceMs: number;
  /** What ends the grace before its time: the first use of the successor; absent = nothing. */
  readonly graceEndsEarly?: 'when-child-used';
  /** Which spent refresh tokens have a grace: the one before the newest only, or all; absent = any. */
  readonly graceDepth?: 'previous' | 'any';
  /** What a spent refresh token earns inside its grace: a new successor, or the one that it has until that is spent; absent = new. */
  readonly replay?: 'new-child' | 'same-child';
  /**
   * What the return of a spent refresh token, after the grace, does. `newest-and-access-revoked` = the newest refresh
   * token and every access token since the consent die, while the consent itself stands.
   */
  readonly reuse: 'refused' | 'newest-revoked' | 'newest-and-access-revoked' | 'family-revoked';
  /** What a refresh does to the access tokens issued before; `dies-after-grace` = they die when the old refresh token does. */
  readonly oldAccess: 'lives-on' | 'dies' | 'dies-after-grace';
  /** Live access tokens per grant; one more silently evicts the oldest. Absent = no limit. */
  readonly liveAccessTokens?: number;
  /** How long the resource server goes on to honour an access token that was revoked; absent = 0. Refreshes stop at once. */
  readonly revocationDelayMs?: number;
  /**
   * The resource server hears of revocations for access tokens that live longer than this, and honours the others to
   * their end (continuous access evaluation); absent = it hears of all.
   */
  readonly evaluatedAboveMs?: number;
  /** How long a fresh access token is not yet known to the resource server; absent = 0. */
  readonly birthDelayMs?: number;
  /** The lifetimes that token requests may ask for, where the policy's is fixed or a range; absent = what they ask is ignored. */
  readonly askedTtl?: { readonly minMs: number; readonly maxMs: number };
  /** The lifetimes of refresh tokens that token requests may ask for, where the policy's is fixed; absent = what they ask is ignored. */
  readonly askedRefreshTtl?: { readonly minMs: number; readonly maxMs: number };
  /** The rules to which a grant changes when its long-lived token is exchanged for a pair that refreshes; absent = it cannot be. */
  readonly refreshableAs?: Policy;
  /** What revoking one token by RFC 7009 takes with it. */
  readonly revocation: {
    readonly ofRefresh: 'grant' | 'refresh-token-only';
    readonly ofAccess: 'grant' | 'access-token-only';
  };
  /** Live grants per account and client; one more silently evicts the oldest. Null = no limit. */
  readonly grantsPerAccount: number | null;
  /** Which of them are counted together: all, or only those of the same scopes; absent = all. */
  readonly grantsCounted?: 'all' | 'same-scopes';
  /** What an evicted grant loses: its refresh tokens, or its access tokens with them; absent = its refresh tokens. */
  readonly eviction?: 'refresh-tokens' | 'all-tokens';
  /** How long an authorization code lives. */
  readonly codeTtlMs: number;
  /** What a tenant's calls may spend before they must wait, by the bucket's name; absent = no limit. */
  readonly buckets?: Readonly<Record<string, Bucket>>;
  /** The calls of a tenant within the service's usage window, beyond which it is refused for a while; absent = no limit. */
  readonly callsPerWindow?: number;
  /** The equal token requests within a window, beyond which they are refused for the rest of it; absent = no limit. */
  readonly equalTokenRequests?: { readonly most: number; readonly windowMs: number };
}

/**
 * The same policy in a world where nothing expires: what the healthy twin runs on. Lifetimes are stated as
 * `lifetimeMs`, far beyond any run, so that a subject that trusts the stated lifetime never meets an end.
 */
export function neverExpiring(policy: Policy, lifetimeMs: number): Policy {
  const { access, refresh, rotation, stickyForMs, replay, refreshableAs, revocation, codeTtlMs } = policy;
  // Knob by knob: one that is not named here has no say, so that none can bring an end by being forgotten.
  return {
    access: access.kind === 'never' ? access : { kind: 'fixed', ttlMs: lifetimeMs },
    refresh: refresh.kind === 'none' ? refresh : { kind: 'unlimited' },
    rotation,
    ...(stickyForMs === undefined ? {} : { stickyForMs }),
    ...(replay === undefined ? {} : { replay }),
    ...(refreshableAs === undefined ? {} : { refreshableAs: neverExpiring(refreshableAs, lifetimeMs) }),
    graceMs: lifetimeMs,
    reuse: 'refused',
    oldAccess: 'lives-on',
    revocation,
    grantsPerAccount: null,
    codeTtlMs,
  };
}
