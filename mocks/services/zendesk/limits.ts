// Zendesk's limit, per minute: told on every answer in two sets of headers, and in plain text once it is reached.

import { allowance } from '../../rate-limit-headers.ts';
import { retryAfter } from '../../retry-after.ts';
import type { ResourceAnswer, WireRow } from '../../service.ts';

/** The calls of a minute. */
export const CALLS_PER_MINUTE = 700;

/** The window in which they are counted. */
export const MINUTE_WINDOW_MS = 60_000;

/** What is left of the minute. */
export function limitHeaders(answer: ResourceAnswer): Record<string, string> {
  const { calls, resetsAtMs, nowMs } = answer;
  if (calls === null || resetsAtMs === null) return {};
  const { limit: most, remaining: left } = allowance(answer, CALLS_PER_MINUTE);
  const [limit, remaining] = [String(most), String(left)];
  return {
    'x-rate-limit': limit,
    'x-rate-limit-remaining': remaining,
    'ratelimit-limit': limit,
    'ratelimit-remaining': remaining,
    'ratelimit-reset': String(Math.ceil((resetsAtMs - nowMs) / 1000)),
  };
}

/** The refusal beyond the limit. */
export const RATE_LIMITED: WireRow = {
  id: 'rate-limited',
  at: 'resource',
  causes: ['rate-limited'],
  produce: Array.from({ length: CALLS_PER_MINUTE + 1 }, () => ({ call: '/api/v2/tickets' })),
  source: 'developer.zendesk.com: rate limits; support.zendesk.com 4600766234138 for the text and its type',
  sureness: 'observed',
  answer: (refused) => ({
    status: 429,
    headers: { 'content-type': 'text/plain', ...retryAfter(refused) },
    body: 'Number of allowed API requests per minute exceeded',
  }),
};
