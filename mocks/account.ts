// An account as a subject finds it: where to call, how to refresh, and the tokens of its first grant.

/** One user's or installation's grant at one service. What does not exist is null. */
export interface Account {
  /** `[a-z0-9][a-z0-9-]{0,62}`, unique in the world. */
  readonly id: string;
  readonly service: string;
  readonly tenant: string;
  /** Whether a service (an integration user) or a person owns the account. */
  readonly owner: 'service' | 'personal';
  /** Base URLs without a trailing slash; the vendor's own paths are appended. */
  readonly apiUrl: string;
  readonly tokenUrl: string;
  readonly revokeUrl: string | null;
  readonly authorizeUrl: string | null;
  /** Where a person gives a new consent for this account. */
  readonly reauthUrl: string | null;
  readonly clientId: string;
  readonly clientSecret: string | null;
  readonly accessToken: string;
  readonly refreshToken: string | null;
  /** RFC 3339 UTC with milliseconds; null where the service states no lifetime. */
  readonly expiresAt: string | null;
  readonly scopes: readonly string[];
  readonly installation: string | null;
  readonly tokenRequest: {
    readonly encoding: 'form' | 'json';
    readonly clientAuth: 'body' | 'basic' | 'none';
  };
  /**
   * How a call carries the token, with `{token}` in the token's place: the value of the Authorization header, or
   * `Name: {token}` where a header of another name carries it.
   */
  readonly authorization: string;
}
