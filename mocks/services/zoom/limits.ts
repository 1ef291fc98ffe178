// Zoom's limit by the second. What lets itself be told when to come back is the limit by the day, which the mock has not.

import { allowance } from '../../rate-limit-headers.ts';
import type { ResourceAnswer, WireRow } from '../../service.ts';
import { apiError } from './answers.ts';

/** The light calls of a second on the Pro plan. */
export const CALLS_PER_SECOND = 30;

/** The window in which they are counted. */
export const SECOND_WINDOW_MS = 1000;

/** What is left of the second. */
export function limitHeaders(answer: ResourceAnswer): Record<string, string> {
  if (answer.calls === null) return {};
  const { limit, remaining } = allowance(answer, CALLS_PER_SECOND);
  return {
    'x-ratelimit-category': 'Light',
    'x-ratelimit-type': 'QPS',
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
  };
}

/** The refusal beyond the limit. */
export const RATE_LIMITED: WireRow = {
  id: 'rate-limited',
  at: 'resource',
  causes: ['rate-limited'],
  produce: Array.from({ length: CALLS_PER_SECOND + 1 }, () => ({ call: '/v2/users/me/meetings' })),
  source: 'developers.zoom.us: rate limits, error responses; there is no Retry-After for a second',
  sureness: 'documented',
  answer: () =>
    apiError(429, 429, 'You have reached the maximum per-second rate limit for this API. Try again later.'),
};
