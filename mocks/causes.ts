// Refusals that services seldom tell apart, by what they are about: a wire row that answers all alike lists a group.

import type { Refusal } from './refusals.ts';

/** Why a refresh token is of no use any more, whoever presents it. */
export const REFRESH_TOKEN_DEAD = [
  'unknown-token',
  'expired',
  'idle',
  'capped',
  'rotated',
  'reused',
  'evicted',
  'revoked-by-user',
  'revoked-by-admin',
  'revoked-by-client',
  'offboarded',
  'account-deleted',
  'password-changed',
  'consent-withdrawn',
  'reauth-required',
] as const satisfies readonly Refusal[];

/** Why an access token died before its stated end. */
export const ACCESS_TOKEN_ENDED = [
  'revoked-by-user',
  'revoked-by-admin',
  'revoked-by-client',
  'session-ended',
  'superseded',
  'crowded-out',
  'reused',
  'offboarded',
  'account-deleted',
  'password-changed',
  'consent-withdrawn',
] as const satisfies readonly Refusal[];

/** Why a call with a live token is not allowed, scopes aside. */
export const CALL_BARRED = [
  'denied-by-policy',
  'ip-restricted',
  'session-policy',
  'api-disabled',
  'org-without-api',
  'service-restricted',
] as const satisfies readonly Refusal[];

/** Why a grant that lives may not be refreshed for now. */
export const REFRESH_BARRED = ['ip-restricted', 'service-restricted'] as const satisfies readonly Refusal[];

/** Why an authorization code is of no use. */
export const CODE_DEAD = ['unknown-code', 'used-code', 'expired-code'] as const satisfies readonly Refusal[];

/** Why a client is not who it says. */
export const CLIENT_REFUSED = [
  'unknown-client',
  'wrong-secret',
  'client-deleted',
] as const satisfies readonly Refusal[];
