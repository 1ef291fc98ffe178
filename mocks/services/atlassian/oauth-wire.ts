// Atlassian's words at the token and authorization endpoints. A dead refresh token is a 403, a wrong secret a denial.

import { CLIENT_REFUSED, CODE_DEAD, REFRESH_BARRED, REFRESH_TOKEN_DEAD } from '../../causes.ts';
import type { WireRow } from '../../service.ts';
import { oauthError } from './answers.ts';

const ENGINE =
  'the words of Auth0, on which Atlassian runs its authorization server; not confirmed for Atlassian';

/** What the OAuth endpoints say. */
export const OAUTH_WIRE: readonly WireRow[] = [
  {
    id: 'refresh-token-dead',
    at: 'token',
    causes: [...REFRESH_TOKEN_DEAD, ...REFRESH_BARRED, 'wrong-client'],
    produce: [{ act: 'revoke' }, { refresh: 'current' }],
    source: 'developer.atlassian.com/cloud/oauth/getting-started/refresh-tokens: one answer for all reasons',
    sureness: 'documented',
    answer: () => oauthError(403, 'invalid_grant', 'Unknown or invalid refresh token.'),
  },
  {
    id: 'code-dead',
    at: 'token',
    causes: CODE_DEAD,
    produce: [{ consent: {}, exchange: 'twice' }],
    source: ENGINE,
    sureness: 'assumed',
    answer: () => oauthError(403, 'invalid_grant', 'Invalid authorization code'),
  },
  {
    id: 'pkce-mismatch',
    at: 'token',
    causes: ['pkce-mismatch'],
    produce: [{ consent: {}, exchange: 'wrong-verifier' }],
    source: ENGINE,
    sureness: 'assumed',
    answer: () => oauthError(403, 'invalid_grant', 'Failed to verify code verifier'),
  },
  {
    id: 'redirect-mismatch',
    at: 'token',
    causes: ['redirect-mismatch'],
    produce: [{ consent: {}, exchange: 'wrong-redirect' }],
    source: ENGINE,
    sureness: 'assumed',
    answer: () => oauthError(403, 'invalid_grant', 'The redirect URI is wrong.'),
  },
  {
    id: 'client-denied',
    at: 'token',
    causes: CLIENT_REFUSED,
    produce: [{ refresh: 'current', as: 'wrong-secret' }],
    source: 'answers quoted in public threads; access_denied is also what a user who declines is answered',
    sureness: 'observed',
    answer: () => oauthError(401, 'access_denied', 'Unauthorized'),
  },
  {
    id: 'unsupported-grant-type',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'current', grantType: 'password' }],
    source: ENGINE,
    sureness: 'assumed',
    answer: ({ detail }) => oauthError(403, 'unsupported_grant_type', `Unsupported grant type: ${detail}`),
  },
  {
    id: 'token-request-malformed',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    source: ENGINE,
    sureness: 'assumed',
    answer: ({ detail }) => oauthError(400, 'invalid_request', `Missing required parameter: ${detail}`),
  },
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ refresh: 'current', scope: 'manage:jira-configuration' }],
    source: 'RFC 6749 section 5.2; Atlassian documents no scope for refreshes',
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_scope', 'The requested scope exceeds the granted scope'),
  },
  {
    id: 'authorization-refused',
    at: 'authorize',
    causes: ['unknown-client', 'client-deleted', 'redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    source: 'the page that people meet; its wording is not confirmed',
    sureness: 'assumed',
    answer: ({ cause }) => ({
      status: 403,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body:
        '<!DOCTYPE html><title>Something went wrong</title><p>Please go back and try again, or contact the app ' +
        `vendor: ${cause === 'redirect-mismatch' ? 'redirect_uri is not registered for client' : 'Unknown client'}.</p>`,
    }),
  },
];
