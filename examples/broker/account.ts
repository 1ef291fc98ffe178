// An account as it is handed over, and as it is kept.

/** What a connected account consists of. What does not exist is null. */
export interface Account {
  readonly id: string;
  readonly service: string;
  readonly tenant: string;
  readonly owner: 'service' | 'personal';
  readonly apiUrl: string;
  readonly tokenUrl: string;
  readonly reauthUrl: string | null;
  readonly clientId: string;
  readonly clientSecret: string | null;
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly scopes: readonly string[];
  /** RFC 3339; null where the service states no lifetime. */
  readonly expiresAt: string | null;
  readonly tokenRequest: {
    readonly encoding: 'form' | 'json';
    readonly clientAuth: 'body' | 'basic' | 'none';
  };
  /** The Authorization header, with `{token}` in the token's place; or `Name: {token}` for another header. */
  readonly authorization: string;
}

/** One generation of an account's tokens. */
export interface Kept {
  readonly account: Account;
  /** Who gave the consent, as the service knows them; null where it does not tell. */
  readonly subject: string | null;
  /** When these tokens were received, in epoch ms. */
  readonly receivedAtMs: number;
  /** From when on a successor is fetched, before anybody has to wait for it; epoch ms, null where no end is stated. */
  readonly renewAtMs: number | null;
  /** The replica that wrote this generation looks after the account; the others step in only when it is late. */
  readonly keeper: string;
  /** Why the grant is over; null while it lives. */
  readonly ended: 'revoked' | 'unknown' | null;
  /** Whether the word that is due has been given: that a consent is needed, or that one has come. */
  readonly told: boolean;
  /** Epoch ms before which the token endpoint is left alone, and how often in a row it gave no tokens; absent = it did. */
  readonly notBeforeMs?: number;
  readonly troubles?: number;
  /** How often a consent was given. */
  readonly consents: number;
  /** Who it is in the service's own messages; null where that sends none, or would not say. */
  readonly user: string | null;
}

/** The last part of a token's life in which it is replaced, and how far the moments are spread over it. */
const AHEAD_PART = 0.3;
const SPREAD_PART = 0.2;

/** When to replace a token. Spread, so that accounts which were connected together do not come back together. */
export function renewalOf(expiresAt: string | null, nowMs: number): number | null {
  if (expiresAt === null) return null;
  const lifeMs = Date.parse(expiresAt) - nowMs;
  return nowMs + lifeMs * (1 - AHEAD_PART + Math.random() * SPREAD_PART);
}

const LEAST_WAIT_MS = 1000;
const FIRST_RANGE_MS = 5000;
const LAST_RANGE_MS = 120_000;

/**
 * When to ask a token endpoint again that gave no tokens so often. Drawn, so that those whom an outage met together do not
 * come back together.
 */
export function retryOf(troubles: number, retryAfterMs: number | null, nowMs: number): number {
  const rangeMs = Math.min(LAST_RANGE_MS, FIRST_RANGE_MS * 2 ** troubles);
  return Math.ceil(nowMs + Math.max(retryAfterMs ?? 0, LEAST_WAIT_MS) + Math.random() * rangeMs);
}

/** When the access token is over, in epoch ms; never, where no end is stated. */
export const endOf = ({ expiresAt }: Account): number =>
  expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt);
