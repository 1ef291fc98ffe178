// Auth0's words at the token, revocation and authorization endpoints. A dead refresh token is a 403.

import { CLIENT_REFUSED, CODE_DEAD, REFRESH_BARRED, REFRESH_TOKEN_DEAD } from '../../causes.ts';
import { empty } from '../../http.ts';
import type { WireRow } from '../../service.ts';
import { oauthError, page } from './answers.ts';
import { TOKEN_REQUESTS_WHEN_BUSY, tokenLimitHeaders } from './limits.ts';

const COMMON = 'common experience, in no document';
const TOLD_APART = ['offboarded', 'reauth-required'];

/** What the OAuth endpoints say. */
export const OAUTH_WIRE: readonly WireRow[] = [
  {
    id: 'refresh-token-dead',
    at: 'token',
    causes: [...REFRESH_TOKEN_DEAD.filter((cause) => !TOLD_APART.includes(cause)), 'wrong-client'],
    produce: [{ act: 'revoke' }, { refresh: 'current' }],
    source: 'support.auth0.com: "Unknown or invalid refresh token", the same for every cause',
    sureness: 'documented',
    answer: () => oauthError(403, 'invalid_grant', 'Unknown or invalid refresh token.'),
  },
  {
    id: 'user-blocked',
    at: 'token',
    causes: ['offboarded'],
    produce: [{ act: 'offboard' }, { refresh: 'current' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(401, 'unauthorized', 'user is blocked'),
  },
  {
    id: 'second-factor-needed',
    at: 'token',
    causes: ['reauth-required'],
    produce: [{ act: 'require-reauth' }, { refresh: 'current' }],
    source: 'auth0.com/docs/secure/multi-factor-authentication: mfa_required',
    sureness: 'assumed',
    answer: ({ randomness, key }) =>
      oauthError(403, 'mfa_required', 'Multifactor authentication required', {
        mfa_token: `Fe26.2*${randomness.chars(64, 'mfa token', key)}`,
      }),
  },
  {
    id: 'access-denied',
    at: 'token',
    causes: REFRESH_BARRED,
    produce: [{ act: 'restrict-ip' }, { refresh: 'current' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(403, 'access_denied', 'Access denied.'),
  },
  {
    id: 'code-dead',
    at: 'token',
    causes: CODE_DEAD,
    produce: [{ consent: {}, exchange: 'twice' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(403, 'invalid_grant', 'Invalid authorization code'),
  },
  {
    id: 'code-verifier-wrong',
    at: 'token',
    causes: ['pkce-mismatch'],
    produce: [{ consent: {}, exchange: 'wrong-verifier' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(403, 'invalid_grant', 'Failed to verify code verifier'),
  },
  {
    id: 'redirect-differs',
    at: 'token',
    causes: ['redirect-mismatch'],
    produce: [{ consent: {}, exchange: 'wrong-redirect' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(403, 'invalid_grant', 'The redirect URI is wrong.'),
  },
  {
    id: 'client-refused',
    at: 'token',
    causes: CLIENT_REFUSED,
    produce: [{ refresh: 'current', as: 'wrong-secret' }],
    source: 'auth0.com/docs/api/authentication; that an unknown client gets the same words is an inference',
    sureness: 'assumed',
    answer: () => oauthError(401, 'access_denied', 'Unauthorized'),
  },
  {
    id: 'grant-type-unsupported',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'current', grantType: 'magic' }],
    source: COMMON,
    sureness: 'assumed',
    answer: ({ detail }) => oauthError(403, 'unsupported_grant_type', `Unsupported grant type: ${detail}`),
  },
  {
    id: 'parameter-missing',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    source: COMMON,
    sureness: 'assumed',
    answer: ({ detail }) => oauthError(400, 'invalid_request', `Missing required parameter: ${detail}`),
  },
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ refresh: 'current', scope: 'delete:users' }],
    source: 'RFC 6749 section 5.2; Auth0 documents no refusal of wider scopes',
    sureness: 'assumed',
    answer: () => oauthError(403, 'invalid_scope', 'The requested scope exceeds what was granted.'),
  },
  {
    id: 'too-many-token-requests',
    at: 'token',
    causes: ['rate-limited'],
    under: 'busy',
    produce: Array.from({ length: TOKEN_REQUESTS_WHEN_BUSY + 1 }, () => ({ refresh: 'forged' }) as const),
    source: 'auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy',
    sureness: 'assumed',
    answer: (refused) => {
      const answer = oauthError(429, 'too_many_requests', 'Global limit has been reached');
      return { ...answer, headers: { ...answer.headers, ...tokenLimitHeaders(refused) } };
    },
  },
  {
    id: 'revocation-of-nothing',
    at: 'revoke',
    causes: ['unknown-token', 'wrong-client'],
    produce: [{ revoke: 'forged' }],
    source: 'auth0.com/docs/api/authentication: revoke refresh token',
    sureness: 'documented',
    answer: () => empty(200),
  },
  {
    id: 'revocation-malformed',
    at: 'revoke',
    causes: ['missing-parameter'],
    produce: [{ revoke: 'missing' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_request', 'Missing required parameter: token'),
  },
  {
    id: 'revocation-client-refused',
    at: 'revoke',
    causes: CLIENT_REFUSED,
    produce: [{ revoke: 'refresh', as: 'wrong-secret' }],
    source: 'auth0.com/docs/api/authentication: revoke refresh token; the words are an inference',
    sureness: 'assumed',
    answer: () => oauthError(401, 'access_denied', 'Unauthorized'),
  },
  {
    id: 'authorization-client-unknown',
    at: 'authorize',
    causes: ['unknown-client', 'client-deleted'],
    produce: [{ consent: {}, as: 'unknown-client' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => page(400, 'Unknown client'),
  },
  {
    id: 'authorization-callback-mismatch',
    at: 'authorize',
    causes: ['redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    source: 'auth0.com/docs: callback URL mismatch; the status is not confirmed',
    sureness: 'assumed',
    answer: () => page(403, 'Callback URL mismatch.'),
  },
];
