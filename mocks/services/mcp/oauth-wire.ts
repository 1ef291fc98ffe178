// The authorization server's words: those of the RFCs, and invalid_target for a resource that it does not know.

import { CLIENT_REFUSED, CODE_DEAD, REFRESH_BARRED, REFRESH_TOKEN_DEAD } from '../../causes.ts';
import { json } from '../../http.ts';
import type { WireRow } from '../../service.ts';
import { clientRefused, oauthError } from './answers.ts';

const RFC_6749 = { source: 'RFC 6749 section 5.2', sureness: 'documented' } as const;
const RFC_7009 = { source: 'RFC 7009 section 2.2', sureness: 'documented' } as const;

/** What the authorization server says. */
export const OAUTH_WIRE: readonly WireRow[] = [
  {
    id: 'refresh-token-dead',
    at: 'token',
    causes: [...REFRESH_TOKEN_DEAD, 'wrong-client'],
    produce: [{ refresh: 'current' }, { refresh: 'original' }, { refresh: 'current' }],
    ...RFC_6749,
    answer: () => oauthError(400, 'invalid_grant', 'The refresh token is invalid, expired or revoked'),
  },
  {
    id: 'code-dead',
    at: 'token',
    causes: [...CODE_DEAD, 'redirect-mismatch'],
    produce: [{ consent: {}, exchange: 'twice' }],
    ...RFC_6749,
    answer: () => oauthError(400, 'invalid_grant', 'The authorization code is invalid, expired or used'),
  },
  {
    id: 'pkce-mismatch',
    at: 'token',
    causes: ['pkce-mismatch'],
    produce: [{ consent: {}, exchange: 'wrong-verifier' }],
    source: 'RFC 7636 section 4.6; the words: @modelcontextprotocol/sdk 1.32.2, tokenHandler',
    sureness: 'observed',
    answer: () => oauthError(400, 'invalid_grant', 'code_verifier does not match the challenge'),
  },
  {
    id: 'grant-barred',
    at: 'token',
    causes: REFRESH_BARRED,
    produce: [{ act: 'restrict-service' }, { refresh: 'current' }],
    ...RFC_6749,
    answer: () => oauthError(400, 'unauthorized_client', 'The client may not use this grant now'),
  },
  {
    id: 'bad-client',
    at: 'token',
    causes: CLIENT_REFUSED,
    produce: [{ refresh: 'current', as: 'unknown-client' }],
    ...RFC_6749,
    answer: clientRefused,
  },
  {
    id: 'invalid-target',
    at: 'token',
    causes: ['unknown-resource'],
    produce: [{ refresh: 'current', fields: { resource: 'https://elsewhere.example/mcp' } }],
    source: 'RFC 8707 section 2',
    sureness: 'documented',
    answer: () => oauthError(400, 'invalid_target', 'The requested resource is not served here'),
  },
  {
    id: 'unsupported-grant-type',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'current', grantType: 'client_credentials' }],
    ...RFC_6749,
    answer: () => oauthError(400, 'unsupported_grant_type', 'The grant type is not supported'),
  },
  {
    id: 'token-request-malformed',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    ...RFC_6749,
    answer: ({ detail }) => oauthError(400, 'invalid_request', `Missing parameter: ${detail}`),
  },
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ refresh: 'current', scope: 'notes:read notes:delete' }],
    source: 'RFC 6749 section 6: a refresh narrows, it never widens',
    sureness: 'documented',
    answer: () => oauthError(400, 'invalid_scope', 'The requested scope exceeds the scope granted'),
  },
  {
    id: 'revocation-malformed',
    at: 'revoke',
    causes: ['missing-parameter'],
    produce: [{ revoke: 'missing' }],
    ...RFC_7009,
    answer: () => oauthError(400, 'invalid_request', 'Missing parameter: token'),
  },
  {
    id: 'revocation-of-unknown',
    at: 'revoke',
    causes: ['unknown-token', 'wrong-client'],
    produce: [{ revoke: 'forged' }],
    ...RFC_7009,
    answer: () => json(200, {}),
  },
  {
    id: 'revocation-bad-client',
    at: 'revoke',
    causes: CLIENT_REFUSED,
    produce: [{ revoke: 'access', as: 'unknown-client' }],
    ...RFC_7009,
    answer: clientRefused,
  },
  {
    id: 'authorization-refused',
    at: 'authorize',
    causes: ['unknown-client', 'client-deleted', 'redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    source: 'RFC 6749 section 4.1.2.1',
    sureness: 'documented',
    answer: ({ cause }) =>
      cause === 'redirect-mismatch'
        ? oauthError(400, 'invalid_request', 'Unregistered redirect_uri')
        : oauthError(400, 'invalid_client', 'Invalid client_id'),
  },
];
