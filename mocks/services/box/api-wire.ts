// Box's words where a call meets the API. Of a dead token and of a missing scope it speaks in a header only.

import { ACCESS_TOKEN_ENDED } from '../../causes.ts';
import { retryAfter } from '../../retry-after.ts';
import type { WireRow } from '../../service.ts';
import { challenge, clientError } from './answers.ts';
import { itemIdOf } from './ids.ts';
import { CALLS_PER_MINUTE } from './limits.ts';

const DAY_MS = 86_400_000;
const ERRORS = 'developer.box.com/guides/api-calls/permissions-and-errors/common-errors';
const ME = { call: '/2.0/users/me' } as const;
// The statuses of what is wrong with a request, where it is not a 400.
const STATUSES: Readonly<Record<string, number>> = { item_name_in_use: 409, precondition_failed: 412 };

const attribute = (error: string, description: string) =>
  `, error="${error}", error_description="${description}"`;

/** What the API says. */
export const API_WIRE: readonly WireRow[] = [
  {
    id: 'access-token-dead',
    at: 'resource',
    causes: ['expired', 'unknown-token', ...ACCESS_TOKEN_ENDED],
    produce: [{ advanceMs: DAY_MS }, ME],
    source: 'box/box-node-sdk#157: no body at all; the same for every cause',
    sureness: 'observed',
    answer: (refused) =>
      challenge(refused, 401, attribute('invalid_token', 'The access token provided is invalid.')),
  },
  {
    id: 'access-token-missing',
    at: 'resource',
    causes: ['no-token'],
    produce: [{ ...ME, as: 'nobody' }],
    source: 'RFC 6750 section 3.1: without a token the challenge names no error',
    sureness: 'assumed',
    answer: (refused) => challenge(refused, 401, ''),
  },
  {
    id: 'scope-missing',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ call: '/2.0/users' }],
    source: 'cburnette/boxr#20, box/box-windows-sdk-v2#264',
    sureness: 'observed',
    answer: (refused) =>
      challenge(
        refused,
        403,
        attribute(
          'insufficient_scope',
          'The request requires higher privileges than provided by the access token.',
        ),
      ),
  },
  {
    id: 'no-permission',
    at: 'resource',
    causes: ['denied-by-policy', 'api-disabled', 'org-without-api', 'service-restricted'],
    produce: [{ act: 'deny-by-policy' }, ME],
    source: ERRORS,
    sureness: 'documented',
    answer: (refused) =>
      clientError(
        refused,
        403,
        'access_denied_insufficient_permissions',
        'Access denied - insufficient permission',
      ),
  },
  {
    id: 'location-blocked',
    at: 'resource',
    causes: ['ip-restricted'],
    produce: [{ act: 'restrict-ip' }, ME],
    source: `${ERRORS}; the message is not documented`,
    sureness: 'documented',
    answer: (refused) =>
      clientError(refused, 403, 'access_from_location_blocked', 'Access from this location is blocked'),
  },
  {
    id: 'blocked-by-policy',
    at: 'resource',
    causes: ['session-policy'],
    produce: [{ act: 'restrict-session' }, ME],
    source: ERRORS,
    sureness: 'documented',
    answer: (refused) =>
      clientError(refused, 403, 'forbidden_by_policy', 'Access denied - Blocked by Shield Access Policy'),
  },
  {
    id: 'not-found',
    at: 'resource',
    causes: ['not-found', 'other-tenant'],
    produce: [{ call: `/2.0/files/${itemIdOf('globex', 3)}` }],
    source: 'developer.box.com: client errors; what is not shared is answered as what does not exist',
    sureness: 'documented',
    answer: (refused) => {
      const { detail } = refused;
      const message = `Invalid value '${detail}'. 'item' with value '${detail}' not found`;
      return clientError(refused, 404, 'not_found', 'Not Found', {
        context_info: { errors: [{ reason: 'invalid_parameter', name: 'item', message }] },
      });
    },
  },
  {
    id: 'request-refused',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: '/2.0/folders', method: 'POST', body: { name: 'x' } }],
    source: ERRORS,
    sureness: 'documented',
    answer: (refused) => {
      const code = refused.code ?? 'bad_request';
      return clientError(refused, STATUSES[code] ?? 400, code, refused.detail ?? 'Bad Request');
    },
  },
  {
    id: 'rate-limited',
    at: 'resource',
    causes: ['rate-limited'],
    produce: Array.from({ length: CALLS_PER_MINUTE + 1 }, () => ME),
    source: 'developer.box.com/guides/api-calls/permissions-and-errors/rate-limits',
    sureness: 'documented',
    answer: (refused) => {
      const answer = clientError(
        refused,
        429,
        'rate_limit_exceeded',
        'Request rate limit exceeded, please try again later',
      );
      return { ...answer, headers: { ...answer.headers, ...retryAfter(refused) } };
    },
  },
];
