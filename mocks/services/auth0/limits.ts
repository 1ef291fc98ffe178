// Auth0's rate limits in numbers, and the headers that go with a token request beyond them.

import type { Refused } from '../../service.ts';

/** The window in which calls and token requests are counted. */
export const WINDOW_MS = 60_000;
/** The calls of a tenant in a window. */
export const CALLS_A_MINUTE = 1000;
/** The calls that a busy tenant has left. */
export const CALLS_WHEN_BUSY = 10;
/** The equal token requests that a busy tenant has left. */
export const TOKEN_REQUESTS_WHEN_BUSY = 5;

/** The headers of a token request that was one too many. */
export const tokenLimitHeaders = ({ nowMs, reading }: Refused): Record<string, string> => ({
  'x-ratelimit-limit': String(TOKEN_REQUESTS_WHEN_BUSY),
  'x-ratelimit-remaining': '0',
  'x-ratelimit-reset': String(Math.ceil((reading?.resetsAtMs ?? nowMs) / 1000)),
});
