// Dropbox's words for every refusal. A missing scope is a 401, as an expired token is.

import {
  ACCESS_TOKEN_ENDED,
  CALL_BARRED,
  CLIENT_REFUSED,
  CODE_DEAD,
  REFRESH_BARRED,
  REFRESH_TOKEN_DEAD,
} from '../../causes.ts';
import type { WireRow } from '../../service.ts';
import { oauthError, tagged, textError } from './answers.ts';

const HOUR_MS = 3_600_000;
const LIST = { call: '/2/files/list_folder', method: 'POST', body: { path: '' } } as const;
const AUTH_ERRORS = 'dropbox 10.34.0: AuthError in its types';
const FILE_ERRORS = 'dropbox/dropbox-api-spec: files.stone';
const COMMON = 'common experience, in no document';

/** One row for each group of causes. */
export const WIRE: readonly WireRow[] = [
  {
    id: 'refresh-token-dead',
    at: 'token',
    causes: REFRESH_TOKEN_DEAD,
    produce: [{ act: 'revoke' }, { refresh: 'forged' }],
    source: 'answers quoted in public issue threads; the same words for every cause',
    sureness: 'observed',
    answer: () => oauthError('invalid_grant', 'refresh token is invalid or revoked'),
  },
  {
    id: 'token-of-another-app',
    at: 'token',
    causes: ['wrong-client'],
    produce: [{ refresh: 'current', as: 'other-client' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError('invalid_grant', 'given "client_id" does not match'),
  },
  {
    id: 'code-dead',
    at: 'token',
    causes: CODE_DEAD,
    produce: [{ consent: {}, exchange: 'twice' }],
    source: COMMON,
    sureness: 'assumed',
    answer: ({ cause }) =>
      cause === 'used-code'
        ? oauthError('invalid_grant', 'code has already been used')
        : oauthError('invalid_grant', "code doesn't exist or has expired"),
  },
  {
    id: 'redirect-mismatch',
    at: 'token',
    causes: ['redirect-mismatch'],
    produce: [{ consent: {}, exchange: 'wrong-redirect' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError('invalid_grant', 'redirect_uri mismatch'),
  },
  {
    id: 'code-verifier-wrong',
    at: 'token',
    causes: ['pkce-mismatch'],
    produce: [{ consent: {}, exchange: 'wrong-verifier' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError('invalid_grant', 'invalid code verifier'),
  },
  {
    id: 'grant-barred',
    at: 'token',
    causes: REFRESH_BARRED,
    produce: [{ act: 'restrict-service' }, { refresh: 'current' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError('invalid_grant', 'refresh token is invalid or revoked'),
  },
  {
    id: 'bad-client',
    at: 'token',
    causes: CLIENT_REFUSED,
    produce: [{ refresh: 'forged', as: 'wrong-secret' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () =>
      oauthError('invalid_client: Invalid client_id or client_secret', 'Invalid client_id or client_secret'),
  },
  {
    id: 'unsupported-grant-type',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'forged', grantType: 'password' }],
    source: COMMON,
    sureness: 'assumed',
    answer: ({ detail }) => oauthError('unsupported_grant_type', `grant_type "${detail}" is not supported`),
  },
  {
    id: 'token-request-malformed',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    source: COMMON,
    sureness: 'assumed',
    answer: ({ detail }) => oauthError('invalid_request', `missing required field "${detail}"`),
  },
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ consent: { token_access_type: 'offline' } }, { refresh: 'current', scope: 'team_info.read' }],
    source:
      'www.dropbox.com/developers: OAuth 2, a refresh may ask for a subset; the words are not confirmed',
    sureness: 'assumed',
    answer: () => oauthError('invalid_scope', 'the requested scope exceeds the scope granted'),
  },
  {
    id: 'access-token-expired',
    at: 'resource',
    causes: ['expired'],
    produce: [{ advanceMs: 4 * HOUR_MS }, LIST],
    source: `${AUTH_ERRORS}; froemken/dropbox#23 and #29`,
    sureness: 'documented',
    answer: (refused) => tagged(refused, 401, { '.tag': 'expired_access_token' }),
  },
  {
    id: 'access-token-dead',
    at: 'resource',
    causes: ['unknown-token', ...ACCESS_TOKEN_ENDED.filter((cause) => cause !== 'offboarded')],
    produce: [{ act: 'revoke' }, LIST],
    source: AUTH_ERRORS,
    sureness: 'documented',
    answer: (refused) => tagged(refused, 401, { '.tag': 'invalid_access_token' }),
  },
  {
    id: 'user-suspended',
    at: 'resource',
    causes: ['offboarded'],
    produce: [{ act: 'offboard' }, LIST],
    source: AUTH_ERRORS,
    sureness: 'documented',
    answer: (refused) => tagged(refused, 401, { '.tag': 'user_suspended' }),
  },
  {
    id: 'scope-missing',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ call: '/2/sharing/list_folders', method: 'POST', body: {} }],
    source: `${AUTH_ERRORS}; Jesus/dropbox_api#103, spatie/flysystem-dropbox#59`,
    sureness: 'documented',
    answer: (refused) =>
      tagged(refused, 401, { '.tag': 'missing_scope', required_scope: refused.needsOneOf[0] ?? '' }),
  },
  {
    id: 'route-access-denied',
    at: 'resource',
    causes: CALL_BARRED,
    produce: [{ act: 'deny-by-policy' }, LIST],
    source: `${AUTH_ERRORS}; that a denied user gets this one is an inference`,
    sureness: 'assumed',
    answer: (refused) => tagged(refused, 401, { '.tag': 'route_access_denied' }),
  },
  {
    id: 'no-token',
    at: 'resource',
    causes: ['no-token'],
    produce: [{ ...LIST, as: 'nobody' }],
    source: COMMON,
    sureness: 'assumed',
    answer: ({ request }) =>
      textError(
        400,
        `Error in call to API function "${functionOf(request.path)}": Must provide HTTP header "Authorization" or ` +
          'URL parameter "authorization".',
      ),
  },
  {
    id: 'path-not-found',
    at: 'resource',
    causes: ['not-found', 'other-tenant'],
    produce: [{ call: '/2/files/get_metadata', method: 'POST', body: { path: '/no/such/file' } }],
    source: `${FILE_ERRORS}: LookupError; a file of another account is not found`,
    sureness: 'documented',
    answer: (refused) => {
      const tag = refused.code ?? 'path';
      return tagged(refused, 409, { '.tag': tag, [tag]: { '.tag': 'not_found' } });
    },
  },
  {
    id: 'bad-input',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: '/2/files/list_folder', method: 'POST', body: 'not json' }],
    source: 'www.dropbox.com/developers: HTTP documentation, errors by status code: 400 with a text',
    sureness: 'documented',
    answer: ({ request, detail }) =>
      textError(400, `Error in call to API function "${functionOf(request.path)}": ${detail ?? 'bad input'}`),
  },
  {
    id: 'authorization-refused',
    at: 'authorize',
    causes: ['unknown-client', 'client-deleted', 'redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    source: COMMON,
    sureness: 'assumed',
    answer: ({ cause }) =>
      textError(400, cause === 'redirect-mismatch' ? 'Invalid redirect_uri.' : 'Invalid client_id.'),
  },
];

const functionOf = (path: string) => path.replace(/^\/2\//, '');
