// Dropbox's limit: no number is told, but how long to wait is, in the header and in the body.

import { json } from '../../http.ts';
import { retryAfter, retryAfterS } from '../../retry-after.ts';
import type { WireRow } from '../../service.ts';
import { dots } from './answers.ts';

/** The calls of a minute. Dropbox states none. */
export const CALLS_PER_MINUTE = 300;

/** The window in which they are counted. */
export const MINUTE_WINDOW_MS = 60_000;

/** The refusal beyond the limit. */
export const RATE_LIMITED: WireRow = {
  id: 'rate-limited',
  at: 'resource',
  causes: ['rate-limited'],
  produce: Array.from({ length: CALLS_PER_MINUTE + 1 }, () => ({
    call: '/2/users/get_current_account',
    method: 'POST',
  })),
  source: 'www.dropbox.com/developers: HTTP documentation; spatie/flysystem-dropbox#85 for the body',
  sureness: 'observed',
  answer: (refused) =>
    json(
      429,
      {
        error_summary: `too_many_requests/${dots(refused)}`,
        error: { reason: { '.tag': 'too_many_requests' }, retry_after: retryAfterS(refused) },
      },
      retryAfter(refused),
    ),
};
