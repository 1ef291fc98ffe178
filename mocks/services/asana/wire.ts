// Asana's words for every refusal.

import {
  ACCESS_TOKEN_ENDED,
  CALL_BARRED,
  CLIENT_REFUSED,
  CODE_DEAD,
  REFRESH_BARRED,
  REFRESH_TOKEN_DEAD,
} from '../../causes.ts';
import type { WireRow } from '../../service.ts';
import { apiError, oauthError } from './answers.ts';

const HOUR_MS = 3_600_000;
const TASKS = '/api/1.0/tasks';
const COMMON = 'common experience, in no document';
const ERRORS = 'developers.asana.com: errors';

/** One row for each group of causes. */
export const WIRE: readonly WireRow[] = [
  {
    id: 'refresh-token-dead',
    at: 'token',
    causes: [...REFRESH_TOKEN_DEAD, 'wrong-client'],
    produce: [{ act: 'revoke' }, { refresh: 'current' }],
    source: 'raycast/extensions#10581: 400 with the error alone',
    sureness: 'observed',
    answer: () => oauthError(400, 'invalid_grant'),
  },
  {
    id: 'grant-barred',
    at: 'token',
    causes: REFRESH_BARRED,
    produce: [{ act: 'restrict-service' }, { refresh: 'current' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(400, 'unauthorized_client'),
  },
  {
    id: 'code-dead',
    at: 'token',
    causes: [...CODE_DEAD, 'redirect-mismatch', 'pkce-mismatch'],
    produce: [{ consent: {}, exchange: 'twice' }],
    source: COMMON,
    sureness: 'assumed',
    answer: ({ cause }) =>
      oauthError(
        400,
        'invalid_grant',
        cause === 'redirect-mismatch'
          ? 'The `redirect_uri` parameter does not match the authorization code.'
          : 'The code provided was invalid.',
      ),
  },
  {
    id: 'bad-client',
    at: 'token',
    causes: CLIENT_REFUSED,
    produce: [{ refresh: 'current', as: 'wrong-secret' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(401, 'invalid_client', 'The client credentials are not valid.'),
  },
  {
    id: 'unsupported-grant-type',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'current', grantType: 'password' }],
    source: 'RFC 6749 section 5.2',
    sureness: 'assumed',
    answer: () => oauthError(400, 'unsupported_grant_type'),
  },
  {
    id: 'token-request-malformed',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    source: COMMON,
    sureness: 'assumed',
    answer: ({ detail }) => oauthError(400, 'invalid_request', `The \`${detail}\` parameter was missing.`),
  },
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ refresh: 'current', scope: 'goals:read' }],
    source: 'RFC 6749 section 5.2',
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_scope'),
  },
  {
    id: 'access-token-expired',
    at: 'resource',
    causes: ['expired'],
    produce: [{ advanceMs: HOUR_MS }, { call: TASKS }],
    source: 'developers.asana.com: OAuth; the words are in answers quoted in public, too',
    sureness: 'documented',
    answer: () =>
      apiError(
        401,
        'The bearer token has expired. If you have a refresh token, please use it to request a new bearer token, ' +
          'otherwise allow the user to re-authenticate.',
      ),
  },
  {
    id: 'not-authorized',
    at: 'resource',
    causes: ['no-token', 'unknown-token', ...ACCESS_TOKEN_ENDED],
    produce: [{ act: 'revoke' }, { call: TASKS }],
    source: ERRORS,
    sureness: 'documented',
    answer: () => apiError(401, 'Not Authorized'),
  },
  {
    id: 'scope-missing',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ call: '/api/1.0/goals' }],
    source: 'developers.asana.com: OAuth scopes; the text is not confirmed',
    sureness: 'assumed',
    answer: ({ needsOneOf }) =>
      apiError(403, `This request requires one of the following scopes: ${needsOneOf.join(', ')}`),
  },
  {
    id: 'forbidden',
    at: 'resource',
    causes: [...CALL_BARRED, 'other-tenant'],
    produce: [{ act: 'deny-by-policy' }, { call: TASKS }],
    source: `${ERRORS}: 403 also for an object that the user may not see`,
    sureness: 'documented',
    answer: () => apiError(403, 'Forbidden'),
  },
  {
    id: 'unknown-object',
    at: 'resource',
    causes: ['not-found'],
    produce: [{ call: `${TASKS}/1` }],
    source: `${ERRORS}; the text is not confirmed`,
    sureness: 'documented',
    answer: ({ detail }) => apiError(404, `Unknown object: ${detail}`),
  },
  {
    id: 'bad-request',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: TASKS, method: 'POST', body: { name: 'no envelope' } }],
    source: ERRORS,
    sureness: 'documented',
    answer: ({ detail }) => apiError(400, detail ?? 'Could not parse request data.'),
  },
  {
    id: 'revocation-malformed',
    at: 'revoke',
    causes: ['missing-parameter', 'unknown-token', 'wrong-client'],
    produce: [{ revoke: 'missing' }],
    source: 'developers.asana.com: token deauthorization endpoint; the error is not confirmed',
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_request', 'The `token` parameter was missing or invalid.'),
  },
  {
    id: 'revocation-bad-client',
    at: 'revoke',
    causes: CLIENT_REFUSED,
    produce: [{ revoke: 'refresh', as: 'wrong-secret' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(401, 'invalid_client', 'The client credentials are not valid.'),
  },
  {
    id: 'authorization-refused',
    at: 'authorize',
    causes: [...CLIENT_REFUSED.filter((cause) => cause !== 'wrong-secret'), 'redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    source: COMMON,
    sureness: 'assumed',
    answer: ({ cause }) =>
      oauthError(
        400,
        'invalid_request',
        cause === 'redirect-mismatch' ? 'invalid redirect_uri' : 'invalid client_id',
      ),
  },
];
