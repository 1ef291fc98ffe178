// Notion's words for every refusal. A page that is not shared is 404, as one that never was.

import {
  ACCESS_TOKEN_ENDED,
  CALL_BARRED,
  CLIENT_REFUSED,
  CODE_DEAD,
  REFRESH_BARRED,
  REFRESH_TOKEN_DEAD,
} from '../../causes.ts';
import { json } from '../../http.ts';
import type { Refused, WireRow } from '../../service.ts';
import { apiError, oauthError } from './answers.ts';
import { VERSION } from './guard.ts';
import { pageIdOf } from './workspace.ts';

const ME = { call: '/v1/users/me', headers: { 'notion-version': VERSION } } as const;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

const CODES = { source: 'developers.notion.com/reference/status-codes', sureness: 'documented' } as const;
const GUESS = { source: 'RFC 6749 section 5.2; Notion does not document it', sureness: 'assumed' } as const;

const says = (status: number, code: string, message: string) => (refused: Refused) =>
  apiError(refused, status, code, message);

const malformed = ({ cause, detail }: Refused) =>
  cause === 'unsupported-grant-type'
    ? `body failed validation: body.grant_type should be "authorization_code" or "refresh_token", instead was "${detail}".`
    : `body failed validation: body.${detail} should be defined, instead was \`undefined\`.`;

const TOKEN_WIRE: readonly WireRow[] = [
  {
    id: 'refresh-token-dead',
    at: 'token',
    causes: [...REFRESH_TOKEN_DEAD, ...REFRESH_BARRED, 'wrong-client'],
    produce: [{ refresh: 'forged' }],
    source: 'developers.notion.com/reference/status-codes (invalid_grant; the sentence is a guess)',
    sureness: 'documented',
    answer: (refused) =>
      oauthError(refused, 400, 'invalid_grant', 'Invalid refresh token: this token has been revoked.'),
  },
  {
    id: 'code-dead',
    at: 'token',
    causes: [...CODE_DEAD, 'redirect-mismatch', 'pkce-mismatch'],
    produce: [{ consent: {}, exchange: 'twice' }],
    ...CODES,
    answer: (refused) =>
      oauthError(refused, 400, 'invalid_grant', 'Invalid code: this code has been revoked.'),
  },
  {
    id: 'bad-client',
    at: 'token',
    causes: CLIENT_REFUSED,
    produce: [{ refresh: 'current', as: 'wrong-secret' }],
    ...GUESS,
    answer: (refused) => oauthError(refused, 401, 'invalid_client', 'Client authentication failed.'),
  },
  {
    id: 'secret-in-body',
    at: 'token',
    causes: ['wrong-client-auth'],
    produce: [{ refresh: 'current', sent: { clientAuth: 'body' } }],
    source:
      'developers.notion.com/reference/create-a-token: the header is required; the words are those of any wrong client',
    sureness: 'assumed',
    answer: (refused) => oauthError(refused, 401, 'invalid_client', 'Client authentication failed.'),
  },
  {
    id: 'token-request-malformed',
    at: 'token',
    causes: ['missing-parameter', 'unsupported-grant-type'],
    produce: [{ refresh: 'missing' }],
    source: 'developers.notion.com/reference/status-codes (validation_error)',
    sureness: 'documented',
    answer: (refused) => apiError(refused, 400, 'validation_error', malformed(refused)),
  },
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ refresh: 'current', scope: 'read_users' }],
    ...GUESS,
    answer: (refused) => oauthError(refused, 400, 'invalid_scope', 'The capability was not granted.'),
  },
  {
    id: 'revocation-malformed',
    at: 'revoke',
    causes: ['missing-parameter'],
    produce: [{ revoke: 'missing' }],
    ...CODES,
    answer: says(
      400,
      'validation_error',
      'body failed validation: body.token should be defined, instead was `undefined`.',
    ),
  },
  {
    id: 'revocation-of-unknown',
    at: 'revoke',
    causes: ['unknown-token', 'wrong-client'],
    produce: [{ revoke: 'forged' }],
    source: 'RFC 7009 section 2.2; Notion does not document it',
    sureness: 'assumed',
    answer: () => json(200, {}),
  },
  {
    id: 'revocation-bad-client',
    at: 'revoke',
    causes: CLIENT_REFUSED,
    produce: [{ revoke: 'access', as: 'wrong-secret' }],
    ...GUESS,
    answer: (refused) => oauthError(refused, 401, 'invalid_client', 'Client authentication failed.'),
  },
  {
    id: 'authorization-refused',
    at: 'authorize',
    causes: ['unknown-client', 'client-deleted', 'redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    ...GUESS,
    answer: (refused) => {
      const field = refused.cause === 'redirect-mismatch' ? 'redirect_uri' : 'client_id';
      return oauthError(refused, 400, 'invalid_request', `Missing or invalid ${field}.`);
    },
  },
];

const API_WIRE: readonly WireRow[] = [
  {
    id: 'token-invalid',
    at: 'resource',
    causes: [...ACCESS_TOKEN_ENDED, 'no-token', 'unknown-token', 'expired', 'evicted'],
    produce: [{ act: 'revoke' }, ME],
    source: 'answers quoted in public issue threads: one sentence for every dead token',
    sureness: 'observed',
    answer: says(401, 'unauthorized', 'API token is invalid.'),
  },
  {
    id: 'restricted-resource',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ ...ME, call: '/v1/users' }],
    source: 'developers.notion.com/reference/status-codes (the code; the sentence is a guess)',
    sureness: 'documented',
    answer: says(403, 'restricted_resource', 'Insufficient permissions for this endpoint.'),
  },
  {
    id: 'restricted-by-policy',
    at: 'resource',
    causes: CALL_BARRED,
    produce: [{ act: 'deny-by-policy' }, ME],
    source: 'developers.notion.com/reference/status-codes (the code; that policies say it is a guess)',
    sureness: 'assumed',
    answer: says(403, 'restricted_resource', 'API token does not have access to this resource.'),
  },
  {
    id: 'object-not-found',
    at: 'resource',
    causes: ['not-found', 'other-tenant'],
    produce: [{ ...ME, call: `/v1/pages/${pageIdOf('acme', 'salaries')}` }],
    ...CODES,
    answer: (refused) => {
      const what = refused.detail ?? 'object';
      const message = `Could not find ${what}. Make sure the relevant pages and databases are shared with your integration.`;
      return apiError(refused, 404, 'object_not_found', message);
    },
  },
  {
    id: 'missing-version',
    at: 'resource',
    causes: ['missing-parameter'],
    produce: [{ call: '/v1/users/me' }],
    ...CODES,
    answer: says(
      400,
      'missing_version',
      'Notion-Version header failed validation: Notion-Version header should be defined, instead was `undefined`.',
    ),
  },
  {
    id: 'validation-error',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ ...ME, call: '/v1/pages', method: 'POST', body: {} }],
    ...CODES,
    answer: (refused) =>
      apiError(refused, 400, refused.code ?? 'validation_error', refused.detail ?? 'body failed validation'),
  },
  {
    id: 'introspection-bad-client',
    at: 'resource',
    causes: CLIENT_REFUSED,
    produce: [
      { call: '/v1/oauth/introspect', method: 'POST', as: 'nobody', headers: FORM, body: 'client_id=nobody' },
    ],
    ...GUESS,
    answer: (refused) => oauthError(refused, 401, 'invalid_client', 'Client authentication failed.'),
  },
];

/** One row for each group of causes. */
export const WIRE: readonly WireRow[] = [...TOKEN_WIRE, ...API_WIRE];
