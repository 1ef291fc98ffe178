// Zoom's words where a call meets the API. A missing scope is a 400.

import { ACCESS_TOKEN_ENDED, CALL_BARRED } from '../../causes.ts';
import type { WireRow } from '../../service.ts';
import { apiError } from './answers.ts';

const HOUR_MS = 3_600_000;
const MEETINGS = '/v2/users/me/meetings';

/** What the API says. */
export const API_WIRE: readonly WireRow[] = [
  {
    id: 'access-token-expired',
    at: 'resource',
    causes: ['expired'],
    produce: [{ advanceMs: HOUR_MS }, { call: MEETINGS }],
    source: 'tl-its-umich-edu/remote-office-hours-queue#512',
    sureness: 'observed',
    answer: () => apiError(401, 124, 'Access token is expired.'),
  },
  {
    id: 'access-token-dead',
    at: 'resource',
    causes: ['no-token', 'unknown-token', 'evicted', ...ACCESS_TOKEN_ENDED],
    produce: [{ act: 'revoke' }, { call: MEETINGS }],
    source: 'MacsiDigital/laravel-zoom#35 and others: the code of an expired token with other words',
    sureness: 'observed',
    answer: () => apiError(401, 124, 'Invalid access token.'),
  },
  {
    id: 'scope-missing',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ call: '/v2/users' }],
    source: 'JubaerHossain/zoom-laravel#15, lanec/zoom-batch-downloader#34',
    sureness: 'observed',
    answer: ({ needsOneOf }) =>
      apiError(400, 4711, `Invalid access token, does not contain scopes:[${needsOneOf.join(', ')}].`),
  },
  {
    id: 'no-permission',
    at: 'resource',
    causes: CALL_BARRED,
    produce: [{ act: 'deny-by-policy' }, { call: MEETINGS }],
    source: 'developers.zoom.us: API errors; the status is not confirmed',
    sureness: 'assumed',
    answer: () => apiError(403, 200, 'No permission.'),
  },
  {
    id: 'meeting-not-found',
    at: 'resource',
    causes: ['not-found', 'other-tenant'],
    produce: [{ call: '/v2/meetings/1' }],
    source: "developers.zoom.us: meetings, error codes; another account's meeting is not found either",
    sureness: 'documented',
    answer: ({ detail }) => apiError(404, 3001, `Meeting does not exist: ${detail}.`),
  },
  {
    id: 'validation-failed',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: MEETINGS, method: 'POST', body: { topic: 'when?', type: 'soon' } }],
    source: 'developers.zoom.us: meetings, error codes',
    sureness: 'documented',
    answer: ({ code, detail }) =>
      code === null
        ? apiError(400, 300, 'Request Body should be a valid JSON object.')
        : apiError(400, 300, 'Validation Failed.', [{ field: code, message: detail ?? 'Invalid field.' }]),
  },
];
