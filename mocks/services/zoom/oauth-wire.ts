// Zoom's words at the token, revocation and authorization endpoints.

import { CLIENT_REFUSED, CODE_DEAD, REFRESH_BARRED, REFRESH_TOKEN_DEAD } from '../../causes.ts';
import type { WireRow } from '../../service.ts';
import { oauthError } from './answers.ts';

const COMMON = 'common experience, in no document';

/** What the OAuth endpoints say. */
export const OAUTH_WIRE: readonly WireRow[] = [
  {
    id: 'refresh-token-dead',
    at: 'token',
    causes: [...REFRESH_TOKEN_DEAD, 'wrong-client'],
    produce: [{ refresh: 'current' }, { refresh: 'original' }],
    source: 'raycast/extensions#10896; the same words for every cause',
    sureness: 'observed',
    answer: () => oauthError(400, 'invalid_grant', 'Invalid Token!'),
  },
  {
    id: 'grant-barred',
    at: 'token',
    causes: REFRESH_BARRED,
    produce: [{ act: 'restrict-service' }, { refresh: 'current' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(400, 'unauthorized_client', 'The app has been disabled by the account.'),
  },
  {
    id: 'code-dead',
    at: 'token',
    causes: [...CODE_DEAD, 'pkce-mismatch'],
    produce: [{ consent: {}, exchange: 'twice' }],
    source: COMMON,
    sureness: 'assumed',
    answer: ({ cause }) =>
      cause === 'pkce-mismatch'
        ? oauthError(400, 'invalid_grant', 'Invalid code verifier')
        : oauthError(400, 'invalid_grant', 'Invalid authorization code'),
  },
  {
    id: 'redirect-mismatch',
    at: 'token',
    causes: ['redirect-mismatch'],
    produce: [{ consent: {}, exchange: 'wrong-redirect' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_request', 'Redirect URI mismatch.'),
  },
  {
    id: 'bad-client',
    at: 'token',
    causes: CLIENT_REFUSED,
    produce: [{ refresh: 'current', as: 'wrong-secret' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_client', 'Invalid client_id or client_secret'),
  },
  {
    id: 'unsupported-grant-type',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'current', grantType: 'password' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(400, 'unsupported_grant_type', 'unsupported grant type'),
  },
  {
    id: 'token-request-malformed',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    source: COMMON,
    sureness: 'assumed',
    answer: ({ detail }) => oauthError(400, 'invalid_request', `Missing parameter: ${detail}`),
  },
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ refresh: 'current', scope: 'report:read:admin' }],
    source: 'RFC 6749 section 5.2; Zoom documents no scope for refreshes',
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_scope', 'Invalid scope'),
  },
  {
    id: 'revocation-refused',
    at: 'revoke',
    causes: ['missing-parameter', 'unknown-token', 'wrong-client'],
    produce: [{ revoke: 'forged' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_request', 'Invalid Token!'),
  },
  {
    id: 'revocation-bad-client',
    at: 'revoke',
    causes: CLIENT_REFUSED,
    produce: [{ revoke: 'access', as: 'wrong-secret' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_client', 'Invalid client_id or client_secret'),
  },
  {
    id: 'authorization-refused',
    at: 'authorize',
    causes: ['unknown-client', 'client-deleted', 'redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    source: 'devforum.zoom.us: "Invalid redirect url (4,700)" on the consent page',
    sureness: 'assumed',
    answer: ({ cause }) => ({
      status: 400,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: `<!DOCTYPE html><title>Zoom</title><p>${cause === 'redirect-mismatch' ? 'Invalid redirect: (4,700)' : 'Invalid client_id: (4,702)'}</p>`,
    }),
  },
];
