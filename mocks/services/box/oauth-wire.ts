// Box's words at the token, revocation and authorization endpoints.

import { CLIENT_REFUSED, CODE_DEAD, REFRESH_BARRED, REFRESH_TOKEN_DEAD } from '../../causes.ts';
import { json } from '../../http.ts';
import type { Refusal } from '../../refusals.ts';
import type { WireRow } from '../../service.ts';
import { oauthError } from './answers.ts';

const ERRORS = 'developer.box.com/guides/api-calls/permissions-and-errors/common-errors';
const COMMON = 'common experience, in no document';
const DAY_MS = 86_400_000;

const OVER = ['expired', 'idle', 'capped', 'rotated', 'reused'] as const satisfies readonly Refusal[];
const INVALID = REFRESH_TOKEN_DEAD.filter((cause) => !OVER.some((over) => over === cause));

/** What it says of clients, whatever they ask for. */
export const CLIENT_WIRE: readonly WireRow[] = [
  {
    id: 'bad-client',
    at: 'token',
    causes: CLIENT_REFUSED,
    produce: [{ refresh: 'missing', as: 'wrong-secret' }],
    source: ERRORS,
    sureness: 'documented',
    answer: () => oauthError('invalid_client', 'The client credentials are invalid'),
  },
  {
    id: 'unsupported-grant-type',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'missing', grantType: 'password' }],
    source: ERRORS,
    sureness: 'documented',
    answer: () => oauthError('invalid_request', 'Invalid grant_type parameter or parameter missing'),
  },
  {
    id: 'grant-barred',
    at: 'token',
    causes: REFRESH_BARRED,
    produce: [{ act: 'restrict-service' }, { refresh: 'current' }],
    source: ERRORS,
    sureness: 'documented',
    answer: () => oauthError('unauthorized_client', 'This app is not authorized by the enterprise admin'),
  },
  {
    id: 'revocation-refused',
    at: 'revoke',
    causes: ['missing-parameter', 'unknown-token', 'wrong-client'],
    produce: [{ revoke: 'forged' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError('invalid_token', 'Invalid token'),
  },
  {
    id: 'revocation-bad-client',
    at: 'revoke',
    causes: CLIENT_REFUSED,
    produce: [{ revoke: 'access', as: 'wrong-secret' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError('invalid_client', 'The client credentials are invalid'),
  },
];

/** What it says of refresh tokens and codes. */
export const OAUTH_WIRE: readonly WireRow[] = [
  {
    id: 'refresh-token-over',
    at: 'token',
    causes: OVER,
    produce: [{ advanceMs: 60 * DAY_MS }, { refresh: 'current' }],
    source: 'support.box.com/hc/en-us/community/posts/360049133654; for one that was used before as well',
    sureness: 'observed',
    answer: () => oauthError('invalid_grant', 'Refresh token has expired'),
  },
  {
    id: 'refresh-token-invalid',
    at: 'token',
    causes: [...INVALID, 'wrong-client'],
    produce: [{ act: 'revoke' }, { refresh: 'current' }],
    source: ERRORS,
    sureness: 'documented',
    answer: () => oauthError('invalid_grant', 'Invalid refresh token'),
  },
  {
    id: 'code-dead',
    at: 'token',
    causes: [...CODE_DEAD, 'pkce-mismatch'],
    produce: [{ consent: {}, exchange: 'twice' }],
    source: `${ERRORS} for one that is too old; the tests of Box's SDK for Swift for the rest`,
    sureness: 'documented',
    answer: ({ cause }) =>
      cause === 'expired-code'
        ? oauthError('invalid_grant', 'The authorization code has expired')
        : oauthError('invalid_grant', "Auth code doesn't exist or is invalid for the client"),
  },
  {
    id: 'redirect-mismatch',
    at: 'token',
    causes: ['redirect-mismatch'],
    produce: [{ consent: {}, exchange: 'wrong-redirect' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError('redirect_uri_mismatch', 'The redirect URI is invalid'),
  },
  {
    id: 'token-request-malformed',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    source: COMMON,
    sureness: 'assumed',
    answer: ({ detail }) => oauthError('invalid_request', `Invalid ${detail} parameter or parameter missing`),
  },
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ refresh: 'current', scope: 'manage_managed_users' }],
    source: 'RFC 6749 section 5.2; Box documents no scope for refreshes',
    sureness: 'assumed',
    answer: () => json(400, { error: 'invalid_scope', error_description: 'Scope is invalid' }),
  },
  {
    id: 'authorization-refused',
    at: 'authorize',
    causes: ['unknown-client', 'client-deleted', 'redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    source: 'support.box.com: the page "Error: redirect_uri_mismatch"',
    sureness: 'observed',
    answer: ({ cause }) => ({
      status: 400,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body:
        '<!DOCTYPE html><title>Box</title><h1>There was an issue with your request</h1><p>Error: ' +
        `${cause === 'redirect-mismatch' ? 'redirect_uri_mismatch' : 'invalid_client'}</p>`,
    }),
  },
];
