// Anthropic's words for every refusal. A revoked token is a 403 here, and a dead session may be a 401 or a 403.

import { CODE_DEAD, REFRESH_BARRED, REFRESH_TOKEN_DEAD } from '../../causes.ts';
import { json } from '../../http.ts';
import { retryAfter } from '../../retry-after.ts';
import type { Refused, WireRow } from '../../service.ts';
import { apiError, oauthError } from './answers.ts';
import { OAUTH_BETA } from './guard.ts';
import { CALLS_PER_MINUTE } from './limits.ts';
import { batchIdOf } from './seed.ts';

const DAY_MS = 86_400_000;

const MODELS = {
  call: '/v1/models',
  headers: { 'anthropic-version': '2023-06-01', 'anthropic-beta': OAUTH_BETA },
} as const;

const ERRORS = { source: 'docs.anthropic.com/en/api/errors (the type)', sureness: 'documented' } as const;
const GUESS = {
  source: 'RFC 6749 section 5.2; Anthropic does not document it',
  sureness: 'assumed',
} as const;

const says = (status: number, type: string, message: string) => (refused: Refused) =>
  apiError(refused, status, type, message);
const tells = (status: number, type: string, otherwise: string) => (refused: Refused) =>
  apiError(refused, status, type, refused.detail ?? otherwise);

const TOKEN_WIRE: readonly WireRow[] = [
  {
    id: 'refresh-token-dead',
    at: 'token',
    causes: [...REFRESH_TOKEN_DEAD, ...REFRESH_BARRED, 'wrong-client'],
    produce: [{ refresh: 'current' }, { refresh: 'original' }],
    source: 'anthropics/claude-code#25609, #54443',
    sureness: 'observed',
    answer: (refused) => oauthError(refused, 400, 'invalid_grant', 'Refresh token not found or invalid'),
  },
  {
    id: 'code-dead',
    at: 'token',
    causes: [...CODE_DEAD, 'redirect-mismatch', 'pkce-mismatch'],
    produce: [{ consent: {}, exchange: 'twice' }],
    ...GUESS,
    answer: (refused) => oauthError(refused, 400, 'invalid_grant', 'Invalid authorization code'),
  },
  {
    id: 'unknown-client',
    at: 'token',
    causes: ['unknown-client', 'client-deleted'],
    produce: [{ refresh: 'current', as: 'unknown-client' }],
    ...GUESS,
    answer: (refused) => oauthError(refused, 401, 'invalid_client', 'Client not found'),
  },
  {
    id: 'grant-type-unsupported',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'current', grantType: 'password' }],
    ...GUESS,
    answer: (refused) => oauthError(refused, 400, 'unsupported_grant_type', 'Unsupported grant type'),
  },
  {
    id: 'token-request-incomplete',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    ...GUESS,
    answer: (refused) =>
      oauthError(refused, 400, 'invalid_request', `${refused.detail ?? 'parameter'}: Field required`),
  },
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ refresh: 'current', scope: 'user:inference org:create_api_key' }],
    ...GUESS,
    answer: (refused) => oauthError(refused, 400, 'invalid_scope', 'The requested scope was not granted'),
  },
  {
    id: 'authorization-refused',
    at: 'authorize',
    causes: ['unknown-client', 'client-deleted', 'redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    ...GUESS,
    answer: ({ cause }) =>
      json(400, {
        error: 'invalid_request',
        error_description: cause === 'redirect-mismatch' ? 'Invalid redirect_uri' : 'Invalid client_id',
      }),
  },
];

const API_WIRE: readonly WireRow[] = [
  {
    id: 'access-token-expired',
    at: 'resource',
    causes: ['expired'],
    produce: [{ advanceMs: DAY_MS }, MODELS],
    source: 'anthropics/claude-code#20310',
    sureness: 'observed',
    answer: says(
      401,
      'authentication_error',
      'OAuth token has expired. Please obtain a new token or refresh your existing token.',
    ),
  },
  {
    id: 'access-token-ended-early',
    at: 'resource',
    causes: ['session-ended', 'superseded'],
    produce: [{ act: 'end-sessions' }, MODELS],
    source: 'anthropics/claude-code#54443: refused before the stated end',
    sureness: 'observed',
    answer: says(401, 'authentication_error', 'Invalid authentication credentials'),
  },
  {
    id: 'access-token-unknown',
    at: 'resource',
    causes: ['unknown-token'],
    produce: [{ ...MODELS, as: 'forged' }],
    source: 'answers quoted in public issue threads',
    sureness: 'observed',
    answer: says(401, 'authentication_error', 'Invalid bearer token'),
  },
  {
    id: 'no-token',
    at: 'resource',
    causes: ['no-token'],
    produce: [{ ...MODELS, as: 'nobody' }],
    source: 'answers quoted in public issue threads, where a key came along; else a guess',
    sureness: 'observed',
    answer: (refused) =>
      apiError(
        refused,
        401,
        'authentication_error',
        refused.request.headers['x-api-key'] === undefined
          ? 'x-api-key header is required'
          : 'invalid x-api-key',
      ),
  },
  {
    id: 'access-token-revoked',
    at: 'resource',
    causes: [
      'revoked-by-user',
      'revoked-by-admin',
      'revoked-by-client',
      'reused',
      'evicted',
      'offboarded',
      'account-deleted',
      'password-changed',
      'consent-withdrawn',
    ],
    produce: [{ act: 'revoke' }, MODELS],
    source: 'answers quoted in public issue threads; some logs show 401',
    sureness: 'observed',
    answer: says(403, 'permission_error', 'OAuth token has been revoked. Please obtain a new token.'),
  },
  {
    id: 'session-invalid',
    at: 'resource',
    causes: ['session-policy'],
    produce: [{ act: 'restrict-session' }, MODELS],
    source: 'anthropics/claude-code#38414',
    sureness: 'observed',
    answer: (refused) =>
      apiError(refused, 403, 'permission_error', 'Invalid authorization', {
        error_code: 'account_session_invalid',
      }),
  },
  {
    id: 'beta-missing',
    at: 'resource',
    causes: ['missing-parameter'],
    produce: [{ call: '/v1/models' }],
    source: 'answers quoted in public issue threads',
    sureness: 'observed',
    answer: says(401, 'authentication_error', 'OAuth authentication is currently not supported.'),
  },
  {
    id: 'scope-missing',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ ...MODELS, call: '/api/oauth/claude_cli/create_api_key', method: 'POST' }],
    source: 'docs.anthropic.com/en/api/errors (the type; the message is a guess)',
    sureness: 'documented',
    answer: (refused) => {
      const scope = refused.needsOneOf.join(' or ');
      const message = `OAuth token does not meet scope requirement ${scope}`;
      return apiError(refused, 403, 'permission_error', message);
    },
  },
  {
    id: 'denied',
    at: 'resource',
    causes: [...REFRESH_BARRED, 'denied-by-policy', 'api-disabled', 'org-without-api'],
    produce: [{ act: 'deny-by-policy' }, MODELS],
    ...ERRORS,
    answer: says(
      403,
      'permission_error',
      'Your API key does not have permission to use the specified resource.',
    ),
  },
  {
    id: 'not-found',
    at: 'resource',
    causes: ['not-found', 'other-tenant'],
    produce: [{ ...MODELS, call: `/v1/messages/batches/${batchIdOf('acme')}`, as: 'second' }],
    ...ERRORS,
    answer: tells(404, 'not_found_error', 'Not found'),
  },
  {
    id: 'invalid-request',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ ...MODELS, call: '/v1/messages', method: 'POST', body: { max_tokens: 1 } }],
    ...ERRORS,
    answer: tells(400, 'invalid_request_error', 'Invalid request'),
  },
  {
    id: 'rate-limited',
    at: 'resource',
    causes: ['rate-limited'],
    produce: Array.from({ length: CALLS_PER_MINUTE + 1 }, () => MODELS),
    source: 'docs.anthropic.com/en/api/rate-limits (the type and the headers; the message is a guess)',
    sureness: 'documented',
    answer: (refused) => {
      const message =
        'This request would exceed the rate limit of your organization. Please try again later.';
      const answer = apiError(refused, 429, 'rate_limit_error', message);
      return { ...answer, headers: { ...answer.headers, ...retryAfter(refused) } };
    },
  },
];

/** One row for each group of causes. */
export const WIRE: readonly WireRow[] = [...TOKEN_WIRE, ...API_WIRE];
