// Airtable's words: one 401 for every dead token, and one 403 for what one may not see and what does not exist.

import {
  ACCESS_TOKEN_ENDED,
  CALL_BARRED,
  CLIENT_REFUSED,
  CODE_DEAD,
  REFRESH_BARRED,
  REFRESH_TOKEN_DEAD,
} from '../../causes.ts';
import { json } from '../../http.ts';
import type { WireRow } from '../../service.ts';
import { apiError, oauthError } from './answers.ts';
import { baseIdOf, recordIdOf, TABLE } from './base.ts';
import { CALLS_AT_ONCE } from './limit.ts';

const ERRORS = 'airtable.com/developers/web/api/errors';
const REFERENCE = 'airtable.com/developers/web/api/oauth-reference';
const SUPPORT = 'support.airtable.com: Airtable API, common troubleshooting';

const RECORDS = `/v0/${baseIdOf('acme')}/${TABLE}`;
const HIDDEN_OR_ABSENT =
  'Invalid permissions, or the requested model was not found. Check that both your user and your token have the ' +
  'required permissions, and that the model names and/or ids are correct.';
const hiddenOrAbsent = () => apiError(403, 'INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND', HIDDEN_OR_ABSENT);

/** What the OAuth endpoints say. */
const OAUTH_WIRE: readonly WireRow[] = [
  {
    id: 'refresh-token-dead',
    at: 'token',
    causes: [...REFRESH_TOKEN_DEAD, ...REFRESH_BARRED, 'wrong-client'],
    produce: [{ refresh: 'current' }, { refresh: 'original' }],
    source:
      'airbytehq/airbyte#31119 for the code; nango.dev/blog/airtable-oauth-refresh-token-invalid-grant for the words',
    sureness: 'observed',
    answer: () => oauthError(400, 'invalid_grant', 'Token has been expired or revoked.'),
  },
  {
    id: 'code-dead',
    at: 'token',
    causes: [...CODE_DEAD, 'redirect-mismatch', 'pkce-mismatch'],
    produce: [{ consent: {}, exchange: 'twice' }],
    source: `${REFERENCE}: token creation error codes, without words`,
    sureness: 'documented',
    answer: () => oauthError(400, 'invalid_grant', 'The authorization code is invalid.'),
  },
  {
    id: 'bad-client',
    at: 'token',
    causes: CLIENT_REFUSED,
    produce: [{ refresh: 'current', as: 'wrong-secret' }],
    source: `${REFERENCE}: token creation error codes; the status is RFC 6749's`,
    sureness: 'assumed',
    answer: () => oauthError(401, 'invalid_client', 'Client authentication failed.'),
  },
  {
    id: 'secret-in-body',
    at: 'token',
    causes: ['wrong-client-auth'],
    produce: [{ refresh: 'current', sent: { clientAuth: 'body' } }],
    source: 'coda/packs-sdk#2349: the header is required; the words are those of any wrong client',
    sureness: 'assumed',
    answer: () => oauthError(401, 'invalid_client', 'Client authentication failed.'),
  },
  {
    id: 'unsupported-grant-type',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'current', grantType: 'client_credentials' }],
    source: `${REFERENCE}: token creation error codes, without words`,
    sureness: 'documented',
    answer: () => oauthError(400, 'unsupported_grant_type', 'The grant type is not supported.'),
  },
  {
    id: 'token-request-malformed',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    source: `${REFERENCE}: token creation error codes, without words`,
    sureness: 'documented',
    answer: ({ detail }) => oauthError(400, 'invalid_request', `Missing parameter: ${detail}`),
  },
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ refresh: 'current', scope: 'schema.bases:write' }],
    source: 'RFC 6749 section 5.2',
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_scope', 'The requested scope exceeds the scope granted.'),
  },
  {
    id: 'authorization-refused',
    at: 'authorize',
    causes: ['unknown-client', 'client-deleted', 'redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    source: `${REFERENCE}: a redirect_uri that does not match is told on a page`,
    sureness: 'assumed',
    answer: ({ cause }) =>
      oauthError(
        400,
        'invalid_request',
        `Invalid parameter: ${cause === 'redirect-mismatch' ? 'redirect_uri' : 'client_id'}`,
      ),
  },
];

/** What the API says. */
const API_WIRE: readonly WireRow[] = [
  {
    id: 'no-token',
    at: 'resource',
    causes: ['no-token'],
    produce: [{ call: RECORDS, as: 'nobody' }],
    source: `nicolasnascimento/SwiftAirtable#2; ${SUPPORT}`,
    sureness: 'observed',
    answer: () => apiError(401, 'AUTHENTICATION_REQUIRED', 'Authentication required'),
  },
  {
    id: 'access-token-dead',
    at: 'resource',
    causes: ['unknown-token', 'expired', ...ACCESS_TOKEN_ENDED],
    produce: [{ advanceMs: 3_600_000 }, { call: RECORDS }],
    source: `daffainfo/all-about-apikey; ${SUPPORT}: expired and superseded tokens alike`,
    sureness: 'observed',
    answer: () => apiError(401, 'UNAUTHORIZED', 'Invalid authentication token'),
  },
  {
    id: 'hidden-or-absent',
    at: 'resource',
    causes: ['scope-missing', 'other-tenant', ...CALL_BARRED],
    produce: [{ call: '/v0/meta/bases' }],
    source: `${ERRORS}: 403; a missing scope, somebody else's base and a wrong name are told alike`,
    sureness: 'documented',
    answer: hiddenOrAbsent,
  },
  {
    id: 'not-found',
    at: 'resource',
    causes: ['not-found'],
    produce: [{ call: `${RECORDS}/${recordIdOf('acme', 99)}` }],
    source: `${ERRORS}: 403 for models, 404 for records that are gone; the body of the latter is common experience`,
    sureness: 'documented',
    answer: ({ code }) => (code === 'record' ? json(404, { error: 'NOT_FOUND' }) : hiddenOrAbsent()),
  },
  {
    id: 'invalid-request',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: RECORDS, method: 'POST', body: { fields: { Colour: 'red' } } }],
    source: `${ERRORS}: 422; the types are common experience`,
    sureness: 'documented',
    answer: ({ code, detail }) => apiError(422, code ?? 'INVALID_REQUEST_UNKNOWN', detail ?? ''),
  },
  {
    id: 'rate-limited',
    at: 'resource',
    causes: ['rate-limited'],
    produce: Array.from({ length: CALLS_AT_ONCE + 1 }, () => ({ call: RECORDS })),
    source: `${ERRORS}: 429, and how long to wait; no header tells it`,
    sureness: 'documented',
    answer: () =>
      json(429, {
        errors: [{ error: 'RATE_LIMIT_REACHED', message: 'Rate limit exceeded. Please try again later' }],
      }),
  },
];

/** What Airtable says. */
export const WIRE: readonly WireRow[] = [...OAUTH_WIRE, ...API_WIRE];
