// HubSpot's words where a call meets the CRM.

import { json } from '../../http.ts';
import type { Refused, WireRow } from '../../service.ts';
import { apiError, clientError } from './answers.ts';

const DAY_MS = 86_400_000;
const DEALS = '/crm/v3/objects/deals';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** The calls of an app in ten seconds, for one portal. */
export const BURST_CALLS = 110;

/** The searches of a portal in a second, where they are limited. */
export const SEARCHES_A_SECOND = 5;

/** What the resource server says. */
export const RESOURCE_WIRE: readonly WireRow[] = [
  {
    id: 'access-token-expired',
    at: 'resource',
    causes: ['expired'],
    produce: [{ advanceMs: DAY_MS }, { call: DEALS }],
    source: 'airbytehq/airbyte#74726, ToolJet/ToolJet#17192',
    sureness: 'observed',
    answer: (refused) => {
      const expiredAtMs = refused.token?.expiresAtMs ?? refused.nowMs;
      return apiError(
        refused,
        401,
        'EXPIRED_AUTHENTICATION',
        `The OAuth token used to make this call expired ${age(refused.nowMs - expiredAtMs)} ago.`,
        { context: { 'expire time': [new Date(expiredAtMs).toISOString()] } },
      );
    },
  },
  {
    id: 'access-token-dead',
    at: 'resource',
    causes: [
      'no-token',
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
    produce: [{ act: 'end-sessions' }, { call: DEALS }],
    source: 'answers quoted in public issue threads',
    sureness: 'observed',
    answer: (refused) =>
      apiError(
        refused,
        401,
        'INVALID_AUTHENTICATION',
        'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find ' +
          'more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
      ),
  },
  {
    id: 'scope-missing',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ call: '/crm/v3/owners' }],
    source: 'answers quoted in public issue threads',
    sureness: 'observed',
    answer: (refused) =>
      apiError(
        refused,
        403,
        'MISSING_SCOPES',
        "This app hasn't been granted all required scopes to make this call. " +
          'Read more about required scopes here: https://developers.hubspot.com/scopes.',
        {
          errors: [
            {
              message: 'One or more of the following scopes are required.',
              context: { requiredGranularScopes: refused.needsOneOf },
            },
          ],
          links: { scopes: 'https://developers.hubspot.com/scopes' },
        },
      ),
  },
  {
    id: 'forbidden',
    at: 'resource',
    causes: [
      'denied-by-policy',
      'ip-restricted',
      'session-policy',
      'api-disabled',
      'org-without-api',
      'service-restricted',
    ],
    produce: [{ act: 'deny-by-policy' }, { call: DEALS }],
    source: 'HubSpot does not document it',
    sureness: 'assumed',
    answer: (refused) =>
      apiError(refused, 403, 'FORBIDDEN', 'You do not have permissions to make this call in this account.'),
  },
  {
    id: 'object-not-found',
    at: 'resource',
    causes: ['not-found'],
    produce: [{ call: `${DEALS}/1` }],
    source: 'third-party test fixtures; an id of another portal gets the same words',
    sureness: 'assumed',
    answer: (refused) => apiError(refused, 404, 'OBJECT_NOT_FOUND', refused.detail ?? 'resource not found'),
  },
  {
    id: 'validation-error',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: `${DEALS}/search`, method: 'POST', body: { limit: 201 } }],
    source: "the API reference's error schema; the messages are the mock's own",
    sureness: 'documented',
    answer: (refused) => apiError(refused, 400, 'VALIDATION_ERROR', refused.detail ?? 'Invalid input'),
  },
  {
    id: 'burst-limit',
    at: 'resource',
    causes: ['rate-limited'],
    produce: Array.from({ length: BURST_CALLS + 1 }, () => ({ call: DEALS })),
    source: 'answers quoted in public issue threads; there is no Retry-After',
    sureness: 'observed',
    answer: (refused) => limited(refused, 'TEN_SECONDLY_ROLLING'),
  },
  {
    id: 'search-limit',
    at: 'resource',
    routes: ['deals.search', 'contacts.search'],
    causes: ['rate-limited'],
    under: 'search-limit',
    produce: Array.from({ length: SEARCHES_A_SECOND + 1 }, () => ({
      call: `${DEALS}/search`,
      method: 'POST',
      body: {},
    })),
    source: '@hubspot/api-client 13.5.0, RetryDecorator (the message); the policy is named after it',
    sureness: 'observed',
    answer: (refused) => limited(refused, refused.code === 'search' ? 'SECONDLY' : 'TEN_SECONDLY_ROLLING'),
  },
  {
    id: 'introspection-bad-client',
    at: 'resource',
    causes: ['unknown-client', 'wrong-secret', 'client-deleted'],
    produce: [
      {
        call: '/oauth/2026-03/token/introspect',
        method: 'POST',
        as: 'nobody',
        headers: FORM,
        body: 'client_id=no-such-client&token=never-minted',
      },
    ],
    source: 'as at the token endpoint',
    sureness: 'assumed',
    answer: clientError,
  },
];

const limited = ({ randomness, key }: Refused, policyName: string) =>
  json(429, {
    status: 'error',
    message: `You have reached your ${policyName.toLowerCase()} limit.`,
    errorType: 'RATE_LIMIT',
    correlationId: randomness.uuid('correlation', key),
    policyName,
  });

// HubSpot rounds down and names the largest unit that is not zero; a token that died just now is 0 seconds old.
function age(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds} second(s)`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} minute(s)`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} hour(s)`;
  return `${Math.floor(seconds / 86_400)} day(s)`;
}
