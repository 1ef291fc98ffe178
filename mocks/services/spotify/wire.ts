// Spotify's words for every refusal.

import {
  ACCESS_TOKEN_ENDED,
  CALL_BARRED,
  CODE_DEAD,
  REFRESH_BARRED,
  REFRESH_TOKEN_DEAD,
} from '../../causes.ts';
import { json } from '../../http.ts';
import type { WireRow } from '../../service.ts';
import { apiError, oauthError, page } from './answers.ts';

const HOUR_MS = 3_600_000;
const COMMON = 'common experience, in no document';
const NO_LONGER = REFRESH_TOKEN_DEAD.filter((cause) => cause !== 'unknown-token');

/** One row for each group of causes. */
export const WIRE: readonly WireRow[] = [
  {
    id: 'refresh-token-dead',
    at: 'token',
    causes: NO_LONGER,
    produce: [{ act: 'revoke' }, { refresh: 'current' }],
    source: 'developer.spotify.com/blog 2026-06-18; SyncLyrics 2.3.0. An end by age gets the same words',
    sureness: 'observed',
    answer: () => oauthError('invalid_grant', 'Refresh token revoked'),
  },
  {
    id: 'refresh-token-unknown',
    at: 'token',
    causes: ['unknown-token', 'wrong-client'],
    produce: [{ refresh: 'forged' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError('invalid_grant', 'Invalid refresh token'),
  },
  {
    id: 'grant-barred',
    at: 'token',
    causes: REFRESH_BARRED,
    produce: [{ act: 'restrict-service' }, { refresh: 'current' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError('unauthorized_client', 'Client not allowed'),
  },
  {
    id: 'client-unknown',
    at: 'token',
    causes: ['unknown-client', 'client-deleted'],
    produce: [{ refresh: 'current', as: 'unknown-client' }],
    source: 'spotify/web-api#919',
    sureness: 'observed',
    answer: () => oauthError('invalid_client', 'Invalid client'),
  },
  {
    id: 'client-secret-wrong',
    at: 'token',
    causes: ['wrong-secret'],
    produce: [{ refresh: 'current', as: 'wrong-secret' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError('invalid_client', 'Invalid client secret'),
  },
  {
    id: 'code-dead',
    at: 'token',
    causes: CODE_DEAD,
    produce: [{ consent: {}, exchange: 'twice' }],
    source: COMMON,
    sureness: 'assumed',
    answer: ({ cause }) =>
      oauthError(
        'invalid_grant',
        cause === 'expired-code' ? 'Authorization code expired' : 'Invalid authorization code',
      ),
  },
  {
    id: 'redirect-mismatch',
    at: 'token',
    causes: ['redirect-mismatch'],
    produce: [{ consent: {}, exchange: 'wrong-redirect' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError('invalid_grant', 'Invalid redirect URI'),
  },
  {
    id: 'code-verifier-wrong',
    at: 'token',
    causes: ['pkce-mismatch'],
    produce: [{ consent: {}, exchange: 'wrong-verifier' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError('invalid_grant', 'code_verifier was incorrect'),
  },
  {
    id: 'unsupported-grant-type',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'current', grantType: 'password' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () =>
      oauthError(
        'unsupported_grant_type',
        'grant_type must be client_credentials, authorization_code or refresh_token',
      ),
  },
  {
    id: 'token-request-not-a-form',
    at: 'token',
    causes: ['wrong-encoding'],
    produce: [{ refresh: 'current', sent: { encoding: 'json' } }],
    source: 'spotify/web-api#321',
    sureness: 'observed',
    answer: () => json(415, { error: 'server_error', error_description: 'Unexpected status: 415' }),
  },
  {
    id: 'token-request-malformed',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    source: COMMON,
    sureness: 'assumed',
    answer: ({ detail }) => oauthError('invalid_request', `${detail} must be supplied`),
  },
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ refresh: 'current', scope: 'ugc-image-upload' }],
    source: 'RFC 6749 section 5.2; Spotify documents no scope for refreshes',
    sureness: 'assumed',
    answer: () => oauthError('invalid_scope', 'Invalid scope'),
  },
  {
    id: 'access-token-expired',
    at: 'resource',
    causes: ['expired'],
    produce: [{ advanceMs: HOUR_MS }, { call: '/v1/me' }],
    source: 'spotify/web-api#825',
    sureness: 'observed',
    answer: () => apiError(401, 'The access token expired'),
  },
  {
    id: 'access-token-dead',
    at: 'resource',
    causes: ['unknown-token', ...ACCESS_TOKEN_ENDED],
    produce: [{ act: 'revoke' }, { call: '/v1/me' }],
    source: 'answers quoted in public issue threads',
    sureness: 'observed',
    answer: () => apiError(401, 'Invalid access token'),
  },
  {
    id: 'no-token',
    at: 'resource',
    causes: ['no-token'],
    produce: [{ call: '/v1/me', as: 'nobody' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => apiError(401, 'No token provided'),
  },
  {
    id: 'scope-missing',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ call: '/v1/me/player/recently-played' }],
    source: 'Aveek-Saha/spotify-box#3; a widened scope needs a new consent',
    sureness: 'observed',
    answer: () => apiError(403, 'Insufficient client scope'),
  },
  {
    id: 'forbidden',
    at: 'resource',
    causes: CALL_BARRED,
    produce: [{ act: 'deny-by-policy' }, { call: '/v1/me' }],
    source: 'developer.spotify.com: quota modes, users who are not on the list; the text is not confirmed',
    sureness: 'assumed',
    answer: () => apiError(403, 'User not registered in the Developer Dashboard'),
  },
  {
    id: 'not-found',
    at: 'resource',
    causes: ['not-found', 'other-tenant'],
    produce: [{ call: '/v1/playlists/none' }],
    source:
      "developer.spotify.com: API calls, response status codes; a stranger's private playlist is not found",
    sureness: 'documented',
    answer: () => apiError(404, 'Resource not found'),
  },
  {
    id: 'bad-request',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: '/v1/users/acme-spotify/playlists', method: 'POST', body: {} }],
    source: 'developer.spotify.com: API calls, response status codes',
    sureness: 'documented',
    answer: ({ detail }) => apiError(400, detail ?? 'Bad request'),
  },
  {
    id: 'authorization-refused',
    at: 'authorize',
    causes: ['unknown-client', 'client-deleted', 'redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    source: COMMON,
    sureness: 'assumed',
    answer: ({ cause }) =>
      page(
        cause === 'redirect-mismatch'
          ? 'INVALID_CLIENT: Invalid redirect URI'
          : 'INVALID_CLIENT: Invalid client',
      ),
  },
];
