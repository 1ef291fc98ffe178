// The knobs of a service's tokens: every way in which real services differ, as plain data.

/** How long an access token lives at the server. */
export type AccessLifetime =
  | { readonly kind: 'fixed'; readonly ttlMs: number }
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

/** The rules of one authorization server. All durations are milliseconds. */
export interface Policy {
  readonly access: AccessLifetime;
  readonly refresh: RefreshLifetime;
  /** Whether using a refresh token replaces it. */
  readonly rotation: 'none' | 'every-use';
  /** How long a spent refresh token is still honoured; 0 = dead at once. */
  readonly graceMs: number;
  /** What the return of a spent refresh token, after the grace, does to the family. */
  readonly reuse: 'refused' | 'newest-revoked' | 'family-revoked';
  /** What a refresh does to the access tokens issued before. */
  readonly oldAccess: 'lives-on' | 'dies';
  /** What revoking one token by RFC 7009 takes with it. */
  readonly revocation: {
    readonly ofRefresh: 'grant' | 'refresh-token-only';
    readonly ofAccess: 'grant' | 'access-token-only';
  };
  /** Live grants per account and client; one more silently evicts the oldest. Null = no limit. */
  readonly grantsPerAccount: number | null;
  /** How long an authorization code lives. */
  readonly codeTtlMs: number;
}

/**
 * The same policy in a world where nothing expires: what the healthy twin runs on. Lifetimes are stated as
 * `lifetimeMs`, far beyond any run, so that a subject that trusts the stated lifetime never meets an end.
 */
export function neverExpiring(policy: Policy, lifetimeMs: number): Policy {
  return {
    ...policy,
    access: policy.access.kind === 'never' ? policy.access : { kind: 'fixed', ttlMs: lifetimeMs },
    refresh: policy.refresh.kind === 'none' ? policy.refresh : { kind: 'unlimited' },
    reuse: 'refused',
    graceMs: lifetimeMs,
    oldAccess: 'lives-on',
    grantsPerAccount: null,
  };
}
