// Linear's words at the token, revocation and authorization endpoints.

import {
  ACCESS_TOKEN_ENDED,
  CLIENT_REFUSED,
  CODE_DEAD,
  REFRESH_BARRED,
  REFRESH_TOKEN_DEAD,
} from '../../causes.ts';
import { json } from '../../http.ts';
import type { WireRow } from '../../service.ts';

const oauthError = (error: string, description: string, status = 400) =>
  json(status, { error, error_description: description });

const RFC = { source: 'RFC 6749 section 5.2; Linear does not document it', sureness: 'assumed' } as const;

/** What the token, revocation and authorization endpoints say. */
export const OAUTH_WIRE: readonly WireRow[] = [
  {
    id: 'refresh-token-dead',
    at: 'token',
    causes: [...REFRESH_TOKEN_DEAD, ...REFRESH_BARRED, 'wrong-client'],
    produce: [{ refresh: 'forged' }],
    source: 'nango.dev/blog/linear-oauth-refresh-token-invalid-grant',
    sureness: 'assumed',
    answer: () => oauthError('invalid_grant', 'Token has been expired or revoked.'),
  },
  {
    id: 'code-dead',
    at: 'token',
    causes: [...CODE_DEAD, 'redirect-mismatch', 'pkce-mismatch'],
    produce: [{ consent: {}, exchange: 'twice' }],
    ...RFC,
    answer: ({ cause }) =>
      oauthError(
        'invalid_grant',
        cause === 'redirect-mismatch' ? 'Invalid redirect_uri' : 'Invalid authorization code',
      ),
  },
  {
    id: 'grant-type-not-enabled',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'current', grantType: 'client_credentials' }],
    source: 'linear.app/developers/oauth-2-0-authentication',
    sureness: 'documented',
    answer: ({ detail }) =>
      oauthError('Error', `Client does not support the ${detail ?? 'requested'} grant type`),
  },
  {
    id: 'bad-client',
    at: 'token',
    causes: CLIENT_REFUSED,
    produce: [{ refresh: 'current', as: 'wrong-secret' }],
    ...RFC,
    answer: () => oauthError('invalid_client', 'Invalid client credentials', 401),
  },
  {
    id: 'token-request-incomplete',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    ...RFC,
    answer: ({ detail }) =>
      oauthError('invalid_request', `Missing required parameter: ${detail ?? 'unknown'}`),
  },
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ refresh: 'current', scope: 'read admin' }],
    ...RFC,
    answer: () => oauthError('invalid_scope', 'The requested scope exceeds the scope granted'),
  },
  {
    id: 'revocation-of-revoked',
    at: 'revoke',
    causes: [...ACCESS_TOKEN_ENDED, 'missing-parameter', 'expired', 'rotated'],
    produce: [{ revoke: 'access' }, { revoke: 'access' }],
    source: 'linear.app/developers/oauth-2-0-authentication (the status; the words are a guess)',
    sureness: 'documented',
    answer: () => oauthError('invalid_request', 'The token could not be revoked'),
  },
  {
    id: 'revocation-not-authenticated',
    at: 'revoke',
    causes: [...CLIENT_REFUSED, 'unknown-token', 'wrong-client'],
    produce: [{ revoke: 'forged' }],
    source: 'linear.app/developers/oauth-2-0-authentication (the status; the words are a guess)',
    sureness: 'documented',
    answer: () => oauthError('invalid_client', 'Unable to authenticate', 401),
  },
  {
    id: 'authorization-refused',
    at: 'authorize',
    causes: ['unknown-client', 'client-deleted', 'redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    source: 'RFC 6749 section 4.1.2.1; Linear does not document it',
    sureness: 'assumed',
    answer: ({ cause }) =>
      oauthError(
        'invalid_request',
        cause === 'redirect-mismatch' ? 'Invalid redirect_uri' : 'Invalid client_id',
      ),
  },
];
