// Intuit's words at the OAuth endpoints. A dead refresh token gets twenty-five bytes.

import { CLIENT_REFUSED, CODE_DEAD, REFRESH_BARRED, REFRESH_TOKEN_DEAD } from '../../causes.ts';
import { parseForm } from '../../http.ts';
import type { Refused, WireRow } from '../../service.ts';
import { oauthError } from './answers.ts';
import { PAYMENT } from './scopes.ts';

const COMMON = 'common experience, in no document';

const WRONG_TYPE = 'Incorrect Token type or clientID';

// Access tokens are encrypted, in five parts; refresh tokens have one.
const isAccessToken = ({ request }: Refused) =>
  parseForm(request.body).refresh_token?.split('.').length === 5;

const SPENT = REFRESH_TOKEN_DEAD.filter((cause) => cause !== 'unknown-token');

/** What the OAuth endpoints say. */
export const OAUTH_WIRE: readonly WireRow[] = [
  {
    id: 'refresh-token-dead',
    at: 'token',
    causes: [...SPENT, ...REFRESH_BARRED],
    produce: [{ act: 'revoke' }, { refresh: 'current' }],
    source: 'intuit/oauth-jsclient: captures of 25 bytes, without a description',
    sureness: 'observed',
    answer: (refused) => oauthError(refused, 400, 'invalid_grant'),
  },
  {
    id: 'refresh-token-unknown',
    at: 'token',
    causes: ['unknown-token'],
    produce: [{ refresh: 'forged' }],
    source: 'bodies quoted in public issue threads; an access token in its place is told by its type',
    sureness: 'observed',
    answer: (refused) =>
      oauthError(refused, 400, 'invalid_grant', isAccessToken(refused) ? WRONG_TYPE : 'Token invalid'),
  },
  {
    id: 'refresh-token-of-another-app',
    at: 'token',
    causes: ['wrong-client'],
    produce: [{ refresh: 'current', as: 'other-client' }],
    source: 'intuit/oauth-jsclient: keys of the sandbox with tokens of production; the token stays usable',
    sureness: 'observed',
    answer: (refused) => oauthError(refused, 400, 'invalid_grant', WRONG_TYPE),
  },
  {
    id: 'code-dead',
    at: 'token',
    causes: [...CODE_DEAD, 'pkce-mismatch', 'redirect-mismatch'],
    produce: [{ consent: {}, exchange: 'twice' }],
    source: COMMON,
    sureness: 'assumed',
    answer: (refused) => oauthError(refused, 400, 'invalid_grant', 'Invalid authorization code'),
  },
  {
    id: 'bad-client',
    at: 'token',
    causes: CLIENT_REFUSED,
    produce: [{ refresh: 'current', as: 'wrong-secret' }],
    source: 'bodies quoted in public issue threads',
    sureness: 'observed',
    answer: (refused) => oauthError(refused, 401, 'invalid_client'),
  },
  {
    id: 'unsupported-grant-type',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'current', grantType: 'password' }],
    source: COMMON,
    sureness: 'assumed',
    answer: (refused) => oauthError(refused, 400, 'unsupported_grant_type'),
  },
  {
    id: 'token-request-malformed',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    source: COMMON,
    sureness: 'assumed',
    answer: (refused) => oauthError(refused, 400, 'invalid_request'),
  },
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ refresh: 'current', scope: PAYMENT }],
    source: 'RFC 6749 section 5.2; Intuit documents no scope for refreshes',
    sureness: 'assumed',
    answer: (refused) => oauthError(refused, 400, 'invalid_scope'),
  },
  {
    id: 'revocation-refused',
    at: 'revoke',
    causes: ['missing-parameter', 'unknown-token', 'wrong-client'],
    produce: [{ revoke: 'forged' }],
    source: 'developer.intuit.com: OAuth 2.0, revoke: 400 for a token that is invalid',
    sureness: 'assumed',
    answer: (refused) => oauthError(refused, 400, 'invalid_request'),
  },
  {
    id: 'revocation-bad-client',
    at: 'revoke',
    causes: CLIENT_REFUSED,
    produce: [{ revoke: 'refresh', as: 'wrong-secret' }],
    source: COMMON,
    sureness: 'assumed',
    answer: (refused) => oauthError(refused, 401, 'invalid_client'),
  },
  {
    id: 'authorization-refused',
    at: 'authorize',
    causes: ['unknown-client', 'client-deleted', 'redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    source: 'developer.intuit.com: the page "Sorry, but it looks like your app isn\'t connected"',
    sureness: 'assumed',
    answer: ({ cause }) => ({
      status: 400,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body:
        '<!DOCTYPE html><title>Intuit</title><h1>Uh oh, there&#39;s a connection problem</h1><p>' +
        `${cause === 'redirect-mismatch' ? 'The redirect_uri query parameter value is invalid.' : 'The client_id query parameter value is invalid.'}</p>`,
    }),
  },
];
