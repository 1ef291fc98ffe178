// Okta's words in the management API: a challenge and no body for bearer tokens, a numbered error for SSWS.

import { ACCESS_TOKEN_ENDED, CALL_BARRED } from '../../causes.ts';
import { empty } from '../../http.ts';
import type { Refused, WireRow } from '../../service.ts';
import { challenged, numbered, oauthError } from './answers.ts';
import { userIdOf } from './ids.ts';
import { clientRefused } from './oauth-wire.ts';

const HOUR_MS = 3_600_000;
const CALLS_WHEN_BUSY = 21;
const CODES = 'developer.okta.com/docs/reference/error-codes';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const USERINFO = { at: 'resource', routes: ['userinfo', 'userinfo.custom'] } as const;
const INTROSPECTION = { at: 'resource', routes: ['introspect', 'introspect.custom'] } as const;

/** What the API says. */
export const API_WIRE: readonly WireRow[] = [
  {
    id: 'access-token-expired',
    at: 'resource',
    causes: ['expired'],
    produce: [{ advanceMs: HOUR_MS }, { call: '/api/v1/users' }],
    source: 'okta/okta-sdk-golang#145 for the shape; the words are not confirmed',
    sureness: 'assumed',
    answer: (refused) => tokenRefused(refused, 'The token has expired.'),
  },
  {
    id: 'access-token-dead',
    at: 'resource',
    causes: ACCESS_TOKEN_ENDED,
    produce: [{ act: 'revoke' }, { call: '/api/v1/users' }],
    source: 'okta/okta-sdk-golang#145 for the shape; the words are not confirmed',
    sureness: 'assumed',
    answer: (refused) => tokenRefused(refused, 'The token is invalid.'),
  },
  {
    id: 'api-token-invalid',
    at: 'resource',
    causes: ['unknown-token'],
    produce: [{ call: '/api/v1/users', as: 'nobody', headers: { authorization: 'SSWS never-minted' } }],
    source: `${CODES}; under Bearer it is the challenge of a dead token`,
    sureness: 'documented',
    answer: (refused) => tokenRefused(refused, 'The token is invalid.'),
  },
  {
    id: 'session-absent',
    at: 'resource',
    causes: ['no-token'],
    produce: [{ call: '/api/v1/users', as: 'nobody' }],
    source: 'okta/terraform-provider-okta#1083',
    sureness: 'observed',
    answer: (refused) => numbered(refused, 401, 'E0000005', 'Invalid session'),
  },
  {
    id: 'scope-missing',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ call: '/api/v1/groups' }],
    source: 'okta/okta-sdk-golang#145',
    sureness: 'observed',
    answer: (refused) =>
      challenged(
        refused,
        403,
        'insufficient_scope',
        'The access token provided does not contain the required scopes.',
      ),
  },
  {
    id: 'permission-missing',
    at: 'resource',
    causes: CALL_BARRED,
    produce: [{ act: 'deny-by-policy' }, { call: '/api/v1/users' }],
    source: CODES,
    sureness: 'documented',
    answer: (refused) =>
      numbered(refused, 403, 'E0000006', 'You do not have permission to perform the requested action'),
  },
  {
    id: 'resource-not-found',
    at: 'resource',
    causes: ['not-found', 'other-tenant'],
    produce: [{ call: `/api/v1/users/${userIdOf('globex', 1)}` }],
    source: CODES,
    sureness: 'documented',
    answer: (refused) =>
      numbered(refused, 404, 'E0000007', `Not found: Resource not found: ${refused.detail} (User)`),
  },
  {
    id: 'validation-failed',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: '/api/v1/users/me', method: 'POST', body: 'no json' }],
    source: CODES,
    sureness: 'documented',
    answer: (refused) =>
      refused.code === 'malformed'
        ? numbered(refused, 400, 'E0000003', 'The request body was not well-formed.')
        : numbered(refused, 400, 'E0000001', `Api validation failed: ${refused.detail}`, [
            `${refused.detail}: The value is not valid`,
          ]),
  },
  {
    id: 'rate-limit-exceeded',
    at: 'resource',
    causes: ['rate-limited'],
    under: 'busy',
    produce: Array.from({ length: CALLS_WHEN_BUSY }, () => ({ call: '/api/v1/users' })),
    source: `${CODES}; there is no Retry-After, the reset is in a header`,
    sureness: 'documented',
    answer: (refused) =>
      numbered(refused, 429, 'E0000047', 'API call exceeded rate limit due to too many requests.'),
  },
  {
    id: 'userinfo-token-refused',
    ...USERINFO,
    causes: ['no-token', 'expired', 'unknown-token', ...ACCESS_TOKEN_ENDED],
    produce: [{ advanceMs: HOUR_MS }, { call: '/oauth2/v1/userinfo' }],
    source: 'oktadeveloper/okta-blog-archive#1653',
    sureness: 'documented',
    answer: () =>
      empty(401, {
        'www-authenticate': 'Bearer error="invalid_token", error_description="The access token is invalid"',
      }),
  },
  {
    id: 'userinfo-scope-missing',
    ...USERINFO,
    causes: ['scope-missing'],
    produce: [{ act: 'narrow-scope', scopes: ['okta.users.read'] }, { call: '/oauth2/v1/userinfo' }],
    source: 'oktadeveloper/okta-blog-archive#1653',
    sureness: 'documented',
    answer: () =>
      empty(403, {
        'www-authenticate':
          'Bearer error="insufficient_scope", error_description="The access token must provide access to at least one of these scopes - profile, email, address or phone"',
      }),
  },
  {
    id: 'introspection-client-refused',
    ...INTROSPECTION,
    causes: ['unknown-client', 'wrong-secret', 'client-deleted'],
    produce: [
      {
        call: '/oauth2/v1/introspect',
        method: 'POST',
        as: 'nobody',
        headers: FORM,
        body: 'client_id=no-such-client&token=never-minted',
      },
    ],
    source: 'as at the token endpoint',
    sureness: 'assumed',
    answer: clientRefused,
  },
  {
    id: 'introspection-malformed',
    ...INTROSPECTION,
    causes: ['missing-parameter'],
    produce: [{ call: '/oauth2/v1/introspect', method: 'POST', as: 'nobody', headers: FORM, body: '' }],
    source: 'as at the token endpoint',
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_request', "The 'token' parameter is missing."),
  },
];

function tokenRefused(refused: Refused, description: string) {
  return /^ssws\s/i.test(refused.request.headers.authorization ?? '')
    ? numbered(refused, 401, 'E0000011', 'Invalid token provided')
    : challenged(refused, 401, 'invalid_token', description);
}
