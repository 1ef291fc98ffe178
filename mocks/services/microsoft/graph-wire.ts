// Graph's words. Expired, garbled and meant for another resource share a code; only the message differs.

import { ACCESS_TOKEN_ENDED, CALL_BARRED } from '../../causes.ts';
import type { Refused, WireRow } from '../../service.ts';
import { challenge, graphError } from './answers.ts';
import { objectIdOf, userIdOf } from './ids.ts';
import { audienceOf, GRAPH } from './resources.ts';

const HOUR_MS = 3_600_000;
const ERRORS = 'learn.microsoft.com/graph/errors';
const ANSWERS = 'answers quoted in public issue threads';
const PER_WINDOW_WHEN_BUSY = 21;

/** The routes whose refusals come from the mailbox. */
export const MAIL_ROUTES = ['messages.list', 'messages.read', 'messages.create', 'mail.send'];
/** The routes whose refusals come from the files. */
export const DRIVE_ROUTES = ['drive.read', 'drive.children', 'drive.item', 'drive.upload'];

/** What Graph says. */
export const GRAPH_WIRE: readonly WireRow[] = [
  {
    id: 'access-token-expired',
    at: 'resource',
    causes: ['expired'],
    produce: [{ advanceMs: 28 * HOUR_MS }, { call: '/v1.0/me' }],
    source: 'microsofthackathons/tdi#24',
    sureness: 'observed',
    answer: (refused) => tokenInvalid(refused, 'Access token has expired or is not yet valid.'),
  },
  {
    id: 'access-token-absent',
    at: 'resource',
    causes: ['no-token'],
    produce: [{ call: '/v1.0/me', as: 'nobody' }],
    source: ANSWERS,
    sureness: 'observed',
    answer: (refused) => tokenInvalid(refused, 'Access token is empty.'),
  },
  {
    id: 'access-token-garbled',
    at: 'resource',
    causes: ['unknown-token', ...ACCESS_TOKEN_ENDED],
    produce: [{ call: '/v1.0/me', as: 'forged' }],
    source: ANSWERS,
    sureness: 'observed',
    answer: (refused) => tokenInvalid(refused, 'CompactToken parsing failed with error code: 80049217'),
  },
  {
    id: 'privileges-insufficient',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ call: '/v1.0/users' }],
    source: ERRORS,
    sureness: 'assumed',
    answer: forbidden('Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'),
  },
  {
    id: 'mail-access-denied',
    at: 'resource',
    routes: MAIL_ROUTES,
    causes: ['scope-missing'],
    produce: [{ call: '/v1.0/me/sendMail', method: 'POST', body: {} }],
    source: ANSWERS,
    sureness: 'assumed',
    answer: forbidden('ErrorAccessDenied', 'Access is denied. Check credentials and try again.'),
  },
  {
    id: 'drive-access-denied',
    at: 'resource',
    routes: DRIVE_ROUTES,
    causes: ['scope-missing'],
    produce: [{ act: 'narrow-scope', scopes: ['User.Read'] }, { call: '/v1.0/me/drive' }],
    source: ANSWERS,
    sureness: 'assumed',
    answer: forbidden('accessDenied', 'Access denied'),
  },
  {
    id: 'call-denied',
    at: 'resource',
    causes: CALL_BARRED.filter((cause) => cause !== 'org-without-api'),
    produce: [{ act: 'deny-by-policy' }, { call: '/v1.0/me' }],
    source: ERRORS,
    sureness: 'assumed',
    answer: forbidden('Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'),
  },
  {
    id: 'licence-missing',
    at: 'resource',
    causes: ['org-without-api'],
    produce: [{ act: 'disable-api-for-org' }, { call: '/v1.0/me/drive' }],
    source: ANSWERS,
    sureness: 'observed',
    answer: (refused) => graphError(refused, 400, 'BadRequest', 'Tenant does not have a SPO license.'),
  },
  {
    id: 'object-not-found',
    at: 'resource',
    causes: ['not-found', 'other-tenant'],
    produce: [{ call: `/v1.0/users/${userIdOf('nobody')}` }],
    source: ERRORS,
    sureness: 'documented',
    answer: (refused) =>
      graphError(
        refused,
        404,
        'Request_ResourceNotFound',
        `Resource '${refused.detail}' does not exist or one of its queried reference-property objects are not present.`,
      ),
  },
  {
    id: 'message-not-found',
    at: 'resource',
    routes: MAIL_ROUTES,
    causes: ['not-found', 'other-tenant'],
    produce: [{ call: '/v1.0/me/messages/no-such-message' }],
    source: ANSWERS,
    sureness: 'observed',
    answer: (refused) =>
      graphError(refused, 404, 'ErrorItemNotFound', 'The specified object was not found in the store.'),
  },
  {
    id: 'item-not-found',
    at: 'resource',
    routes: DRIVE_ROUTES,
    causes: ['not-found', 'other-tenant'],
    produce: [{ call: `/v1.0/me/drive/items/${objectIdOf('globex', 'item', 1)}` }],
    source: 'learn.microsoft.com/onedrive/developer/rest-api/concepts/errors',
    sureness: 'documented',
    answer: (refused) => graphError(refused, 404, 'itemNotFound', 'The resource could not be found.'),
  },
  {
    id: 'request-malformed',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: '/v1.0/me/messages?$top=0' }],
    source: ERRORS,
    sureness: 'documented',
    answer: (refused) => graphError(refused, 400, 'BadRequest', refused.detail ?? 'Invalid request'),
  },
  {
    id: 'too-many-requests',
    at: 'resource',
    causes: ['rate-limited'],
    under: 'busy',
    produce: Array.from({ length: PER_WINDOW_WHEN_BUSY }, () => ({ call: '/v1.0/me' })),
    source: 'learn.microsoft.com/graph/throttling; the code and the message are not confirmed',
    sureness: 'assumed',
    answer: (refused) => graphError(refused, 429, 'TooManyRequests', 'Please retry again later.'),
  },
];

/** A 401 of Graph. */
export const tokenInvalid = (refused: Refused, message: string, more = '') =>
  graphError(refused, 401, 'InvalidAuthenticationToken', message, challenge(more));

// A token for another resource has none of Graph's scopes; Graph looks at whom it is for before it looks at them.
function forbidden(code: string, message: string): WireRow['answer'] {
  return (refused) =>
    audienceOf(refused.token?.scopes ?? []) === GRAPH
      ? graphError(refused, 403, code, message)
      : tokenInvalid(refused, 'Access token validation failure. Invalid audience.');
}
