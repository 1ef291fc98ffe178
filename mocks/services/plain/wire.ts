// What the plain service says for every refusal: the words of the RFCs.

import { json } from '../../http.ts';
import { retryAfter } from '../../retry-after.ts';
import type { Refused, WireRow } from '../../service.ts';

const HOUR = 3_600_000;

/** The calls that a tenant has in an hour, where others have used up most of them. */
export const CALLS_WHEN_BUSY = 20;

const RFC_6749 = { source: 'RFC 6749 section 5.2', sureness: 'documented' } as const;
// Such a request is never sent back to where it came from; the user is told, in words that the RFC leaves open.
const AUTHORIZATION_PAGE = { source: 'RFC 6749 section 4.1.2.1', sureness: 'documented' } as const;
const RFC_6750 = { source: 'RFC 6750 section 3.1', sureness: 'documented' } as const;

const tokenError = (status: number, error: string, description: string) => () =>
  json(status, { error, error_description: description }, { 'cache-control': 'no-store' });

// RFC 6749 section 5.2: who tried by the Authorization header is told by which scheme to try again.
const clientRefused = ({ request }: Refused) => {
  const body = { error: 'invalid_client', error_description: 'Client authentication failed.' };
  const challenge =
    request.headers.authorization === undefined ? {} : { 'www-authenticate': 'Basic realm="plain"' };
  return json(401, body, { 'cache-control': 'no-store', ...challenge });
};

const bearerError = (status: number, error: string, description: string) => (refused: Refused) => {
  const scope = error === 'insufficient_scope' ? `, scope="${refused.needsOneOf.join(' ')}"` : '';
  const challenge = `Bearer realm="plain", error="${error}", error_description="${description}"${scope}`;
  return json(status, { error, error_description: description }, { 'www-authenticate': challenge });
};

/** One row for each group of causes. */
export const wire: readonly WireRow[] = [
  {
    id: 'refresh-token-dead',
    at: 'token',
    causes: [
      'unknown-token',
      'expired',
      'idle',
      'capped',
      'rotated',
      'reused',
      'evicted',
      'wrong-client',
      'revoked-by-user',
      'revoked-by-admin',
      'revoked-by-client',
      'offboarded',
      'account-deleted',
      'password-changed',
      'consent-withdrawn',
      'reauth-required',
    ],
    produce: [{ act: 'revoke' }, { refresh: 'current' }],
    ...RFC_6749,
    answer: tokenError(400, 'invalid_grant', 'The refresh token is invalid, expired or revoked.'),
  },
  {
    id: 'code-dead',
    at: 'token',
    causes: ['unknown-code', 'used-code', 'expired-code', 'redirect-mismatch', 'pkce-mismatch'],
    produce: [{ consent: {}, exchange: 'twice' }],
    ...RFC_6749,
    answer: tokenError(400, 'invalid_grant', 'The authorization code is invalid, expired or used.'),
  },
  {
    id: 'grant-barred',
    at: 'token',
    causes: ['ip-restricted', 'service-restricted'],
    produce: [{ act: 'restrict-service' }, { refresh: 'current' }],
    ...RFC_6749,
    answer: tokenError(400, 'unauthorized_client', 'The client may not use this grant now.'),
  },
  {
    id: 'bad-client',
    at: 'token',
    causes: ['unknown-client', 'wrong-secret', 'client-deleted'],
    produce: [{ refresh: 'current', as: 'wrong-secret' }],
    ...RFC_6749,
    answer: clientRefused,
  },
  {
    id: 'unsupported-grant-type',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'current', grantType: 'password' }],
    ...RFC_6749,
    answer: tokenError(400, 'unsupported_grant_type', 'The grant type is not supported.'),
  },
  {
    id: 'token-request-malformed',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    ...RFC_6749,
    answer: tokenError(400, 'invalid_request', 'A required parameter is missing.'),
  },
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ refresh: 'current', scope: 'read admin' }],
    ...RFC_6749,
    answer: tokenError(400, 'invalid_scope', 'The requested scope exceeds the scope granted.'),
  },
  {
    id: 'access-token-expired',
    at: 'resource',
    causes: ['expired'],
    produce: [{ advanceMs: HOUR }, { call: '/v1/me' }],
    ...RFC_6750,
    answer: bearerError(401, 'invalid_token', 'The access token expired.'),
  },
  {
    id: 'access-token-dead',
    at: 'resource',
    causes: [
      'unknown-token',
      'revoked-by-user',
      'revoked-by-admin',
      'revoked-by-client',
      'session-ended',
      'superseded',
      'reused',
      'offboarded',
      'account-deleted',
      'password-changed',
      'consent-withdrawn',
    ],
    produce: [{ act: 'revoke' }, { call: '/v1/me' }],
    ...RFC_6750,
    answer: bearerError(401, 'invalid_token', 'The access token is not valid.'),
  },
  {
    id: 'no-token',
    at: 'resource',
    causes: ['no-token'],
    produce: [{ call: '/v1/me', as: 'nobody' }],
    ...RFC_6750,
    answer: () => json(401, { error: 'unauthorized' }, { 'www-authenticate': 'Bearer realm="plain"' }),
  },
  {
    id: 'scope-missing',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ call: '/v1/admin' }],
    ...RFC_6750,
    answer: bearerError(403, 'insufficient_scope', 'The token lacks a scope that this resource needs.'),
  },
  {
    id: 'denied',
    at: 'resource',
    causes: [
      'denied-by-policy',
      'ip-restricted',
      'session-policy',
      'api-disabled',
      'org-without-api',
      'service-restricted',
    ],
    produce: [{ act: 'deny-by-policy' }, { call: '/v1/me' }],
    source: 'RFC 9110 section 15.5.4',
    sureness: 'documented',
    answer: () => json(403, { error: 'forbidden', error_description: 'You may not do this.' }),
  },
  {
    id: 'not-found',
    at: 'resource',
    causes: ['not-found'],
    produce: [{ call: '/v1/items/no-such-item' }],
    source: 'RFC 9110 section 15.5.5',
    sureness: 'documented',
    answer: () => json(404, { error: 'not_found' }),
  },
  {
    id: 'bad-request',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: '/v1/items', method: 'POST', body: 'not json' }],
    ...RFC_6750,
    answer: ({ detail }) => json(400, { error: 'invalid_request', error_description: detail ?? '' }),
  },
  {
    id: 'rate-limited',
    at: 'resource',
    causes: ['rate-limited'],
    produce: Array.from({ length: CALLS_WHEN_BUSY + 1 }, () => ({ call: '/v1/me' })),
    under: 'busy',
    source: 'RFC 6585 section 4',
    sureness: 'documented',
    answer: (refused) => json(429, { error: 'too_many_requests' }, retryAfter(refused)),
  },
  {
    id: 'introspection-bad-client',
    at: 'resource',
    routes: ['introspect'],
    causes: ['unknown-client', 'wrong-secret', 'client-deleted'],
    produce: [{ call: '/oauth/introspect', method: 'POST', as: 'nobody' }],
    source: 'RFC 7662 section 2.3',
    sureness: 'documented',
    answer: clientRefused,
  },
  {
    id: 'introspection-malformed',
    at: 'resource',
    routes: ['introspect'],
    causes: ['missing-parameter'],
    produce: [{ call: '/oauth/introspect', method: 'POST', as: 'client' }],
    ...RFC_6749,
    answer: tokenError(400, 'invalid_request', 'The token parameter is missing.'),
  },
  {
    id: 'revocation-malformed',
    at: 'revoke',
    causes: ['missing-parameter'],
    produce: [{ revoke: 'missing' }],
    source: 'RFC 7009 section 2.2.1',
    sureness: 'documented',
    answer: tokenError(400, 'invalid_request', 'The token parameter is missing.'),
  },
  {
    id: 'revocation-of-unknown',
    at: 'revoke',
    causes: ['unknown-token'],
    produce: [{ revoke: 'forged' }],
    source: 'RFC 7009 section 2.2: invalid tokens do not cause an error',
    sureness: 'documented',
    answer: () => json(200, {}),
  },
  {
    id: 'revocation-of-anothers',
    at: 'revoke',
    causes: ['wrong-client'],
    produce: [{ revoke: 'access', as: 'other-client' }],
    source: 'RFC 7009 section 2.1: the request is refused and the client is informed',
    sureness: 'documented',
    answer: tokenError(400, 'invalid_request', 'The token was issued to another client.'),
  },
  {
    id: 'revocation-bad-client',
    at: 'revoke',
    causes: ['unknown-client', 'wrong-secret', 'client-deleted'],
    produce: [{ revoke: 'access', as: 'wrong-secret' }],
    source: 'RFC 7009 section 2.2.1',
    sureness: 'documented',
    answer: clientRefused,
  },
  {
    id: 'authorization-client-unknown',
    at: 'authorize',
    causes: ['unknown-client', 'client-deleted'],
    produce: [{ consent: {}, as: 'unknown-client' }],
    ...AUTHORIZATION_PAGE,
    answer: () =>
      json(400, { error: 'invalid_request', error_description: 'The client_id is missing or invalid.' }),
  },
  {
    id: 'authorization-redirect-refused',
    at: 'authorize',
    causes: ['redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    ...AUTHORIZATION_PAGE,
    answer: () =>
      json(400, {
        error: 'invalid_request',
        error_description: 'The redirect_uri is missing, invalid, or not registered for this client.',
      }),
  },
];
