// Discord's words at the token, revocation and authorization endpoints.

import { CLIENT_REFUSED, CODE_DEAD, REFRESH_BARRED, REFRESH_TOKEN_DEAD } from '../../causes.ts';
import { json } from '../../http.ts';
import type { WireRow } from '../../service.ts';
import { apiError, oauthError } from './answers.ts';

const COMMON = 'common experience, in no document';
const RFC_7009 = 'RFC 7009 section 2.2: invalid tokens do not cause an error; Discord says nothing of them';

/** What the OAuth endpoints say. */
export const OAUTH_WIRE: readonly WireRow[] = [
  {
    id: 'refresh-token-dead',
    at: 'token',
    causes: [...REFRESH_TOKEN_DEAD, ...REFRESH_BARRED, 'wrong-client'],
    produce: [{ act: 'revoke' }, { refresh: 'current' }],
    source: 'bodies quoted in public issue threads: no words beside the code',
    sureness: 'observed',
    answer: () => oauthError(400, 'invalid_grant'),
  },
  {
    id: 'code-dead',
    at: 'token',
    causes: [...CODE_DEAD, 'pkce-mismatch'],
    produce: [{ consent: {}, exchange: 'twice' }],
    source: 'discord/discord-api-docs#5579; invalid_request with the same words in older threads',
    sureness: 'observed',
    answer: () => oauthError(400, 'invalid_grant', 'Invalid "code" in request.'),
  },
  {
    id: 'redirect-mismatch',
    at: 'token',
    causes: ['redirect-mismatch'],
    produce: [{ consent: {}, exchange: 'wrong-redirect' }],
    source: 'discord/discord-api-docs#4076',
    sureness: 'observed',
    answer: () => oauthError(400, 'invalid_request', 'Invalid "redirect_uri" in request.'),
  },
  {
    id: 'bad-client',
    at: 'token',
    causes: CLIENT_REFUSED,
    produce: [{ refresh: 'current', as: 'wrong-secret' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(401, 'invalid_client'),
  },
  {
    id: 'unsupported-grant-type',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'current', grantType: 'password' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(400, 'unsupported_grant_type', 'Grant type None is not supported'),
  },
  {
    id: 'token-request-not-a-form',
    at: 'token',
    causes: ['wrong-encoding'],
    produce: [{ refresh: 'current', sent: { encoding: 'json' } }],
    source: 'discord/discord-api-docs#5249; the sentence: mattrasband/aiohttp-oauth2#15',
    sureness: 'observed',
    answer: () => oauthError(400, 'unsupported_grant_type', 'Grant type None is not supported'),
  },
  {
    id: 'token-request-malformed',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    source: COMMON,
    sureness: 'assumed',
    answer: ({ detail }) => oauthError(400, 'invalid_request', `Missing "${detail}" in request.`),
  },
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ refresh: 'current', scope: 'identify connections' }],
    source: 'reboxer/discord-oauth2#33 has these words for the authorization request',
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_scope', 'The requested scope is invalid, unknown, or malformed.'),
  },
  {
    id: 'revocation-malformed',
    at: 'revoke',
    causes: ['missing-parameter'],
    produce: [{ revoke: 'missing' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_request', 'Missing "token" in request.'),
  },
  {
    id: 'revocation-of-unknown',
    at: 'revoke',
    causes: ['unknown-token', 'wrong-client'],
    produce: [{ revoke: 'forged' }],
    source: RFC_7009,
    sureness: 'assumed',
    answer: () => json(200, {}),
  },
  {
    id: 'revocation-bad-client',
    at: 'revoke',
    causes: CLIENT_REFUSED,
    produce: [{ revoke: 'access', as: 'wrong-secret' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(401, 'invalid_client'),
  },
  {
    id: 'authorization-refused',
    at: 'authorize',
    causes: ['unknown-client', 'client-deleted', 'redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    source: 'the consent page names these; 10002 is documented as "Unknown application"',
    sureness: 'assumed',
    answer: ({ cause }) =>
      cause === 'redirect-mismatch'
        ? oauthError(400, 'invalid_request', 'Redirect URI is not supported by client.')
        : apiError(404, 10002, 'Unknown Application'),
  },
];
