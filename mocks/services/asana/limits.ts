// Asana's limit, per minute: no header tells it before it is reached.

import { retryAfter } from '../../retry-after.ts';
import type { WireRow } from '../../service.ts';
import { apiError } from './answers.ts';

/** The calls of a minute in a free domain. It counts for each token; the mock for each tenant. */
export const CALLS_PER_MINUTE = 150;

/** The window in which they are counted. */
export const MINUTE_WINDOW_MS = 60_000;

/** The refusal beyond the limit. */
export const RATE_LIMITED: WireRow = {
  id: 'rate-limited',
  at: 'resource',
  causes: ['rate-limited'],
  produce: Array.from({ length: CALLS_PER_MINUTE + 1 }, () => ({ call: '/api/1.0/tasks' })),
  source: 'developers.asana.com: rate limits',
  sureness: 'documented',
  answer: (refused) => {
    const message =
      "You've made too many requests and hit a rate limit. Please retry after the given amount of time.";
    const answer = apiError(429, message);
    return { ...answer, headers: { ...answer.headers, ...retryAfter(refused) } };
  },
};
