// Auth0's words at /userinfo, which are plain text, and in the Management API.

import { ACCESS_TOKEN_ENDED, CALL_BARRED } from '../../causes.ts';
import type { Answer } from '../../http.ts';
import type { WireRow } from '../../service.ts';
import { apiError } from './answers.ts';
import { userIdOf } from './ids.ts';
import { CALLS_WHEN_BUSY } from './limits.ts';

const DAY_MS = 86_400_000;
const USERS = '/api/v2/users';
const REFERENCE = 'auth0.com/docs/api/management/v2';
const ANSWERS = 'answers quoted in public issue threads';
const USERINFO = { at: 'resource', routes: ['userinfo'] } as const;

/** What the API says. */
export const API_WIRE: readonly WireRow[] = [
  {
    id: 'access-token-expired',
    at: 'resource',
    causes: ['expired'],
    produce: [{ advanceMs: DAY_MS }, { call: USERS }],
    source: ANSWERS,
    sureness: 'observed',
    answer: () => apiError(401, 'Expired token received for JSON Web Token validation'),
  },
  {
    id: 'access-token-invalid',
    at: 'resource',
    causes: ['unknown-token', ...ACCESS_TOKEN_ENDED],
    produce: [{ call: USERS, as: 'forged' }],
    source: 'auth0/auth0-authorization-extension#138',
    sureness: 'observed',
    answer: () => apiError(401, 'Invalid token'),
  },
  {
    id: 'access-token-absent',
    at: 'resource',
    causes: ['no-token'],
    produce: [{ call: USERS, as: 'nobody' }],
    source: ANSWERS,
    sureness: 'assumed',
    answer: () => apiError(401, 'Missing authentication'),
  },
  {
    id: 'scope-missing',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ call: '/api/v2/clients' }],
    source: 'raster-foundry/raster-foundry#2030, auth0/auth0-java#145',
    sureness: 'observed',
    answer: ({ needsOneOf }) =>
      apiError(403, `Insufficient scope, expected any of: ${needsOneOf.join(',')}`, 'insufficient_scope'),
  },
  {
    id: 'operation-denied',
    at: 'resource',
    causes: CALL_BARRED,
    produce: [{ act: 'deny-by-policy' }, { call: USERS }],
    source: REFERENCE,
    sureness: 'assumed',
    answer: () => apiError(403, 'You are not allowed to perform this operation', 'operation_not_supported'),
  },
  {
    id: 'user-not-found',
    at: 'resource',
    causes: ['not-found', 'other-tenant'],
    produce: [{ call: `${USERS}/${encodeURIComponent(userIdOf('globex', 1))}` }],
    source: REFERENCE,
    sureness: 'documented',
    answer: () => apiError(404, 'The user does not exist.', 'inexistent_user'),
  },
  {
    id: 'payload-invalid',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: `${USERS}?per_page=101` }],
    source: REFERENCE,
    sureness: 'documented',
    answer: ({ code, detail }) =>
      apiError(
        400,
        `${code === 'invalid_body' ? 'Payload' : 'Query'} validation error: ${detail}`,
        code ?? '',
      ),
  },
  {
    id: 'too-many-requests',
    at: 'resource',
    causes: ['rate-limited'],
    under: 'busy',
    produce: Array.from({ length: CALLS_WHEN_BUSY + 1 }, () => ({ call: USERS })),
    source: 'auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy',
    sureness: 'documented',
    answer: () => apiError(429, 'Global limit has been reached', 'too_many_requests'),
  },
  {
    id: 'userinfo-unauthorized',
    ...USERINFO,
    causes: ['no-token', 'expired', 'unknown-token', ...ACCESS_TOKEN_ENDED],
    produce: [{ advanceMs: DAY_MS }, { call: '/userinfo' }],
    source: 'common experience, in no document',
    sureness: 'assumed',
    answer: ({ cause, origin }) =>
      text(
        401,
        'Unauthorized',
        cause === 'no-token'
          ? `Bearer realm="${origin}/"`
          : `Bearer realm="${origin}/", error="invalid_token", error_description="Unauthorized"`,
      ),
  },
  {
    id: 'userinfo-scope-missing',
    ...USERINFO,
    causes: ['scope-missing'],
    produce: [{ act: 'narrow-scope', scopes: ['read:users'] }, { call: '/userinfo' }],
    source: 'RFC 6750 section 3.1; Auth0 documents no words for it',
    sureness: 'assumed',
    answer: ({ origin }) =>
      text(403, 'Forbidden', `Bearer realm="${origin}/", error="insufficient_scope", scope="openid"`),
  },
];

const text = (status: number, body: string, challenge: string): Answer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'www-authenticate': challenge },
  body,
});
