// Notion's limit: three calls a second on average, counted here by the minute, so that a burst passes.

import { retryAfter } from '../../retry-after.ts';
import type { WireRow } from '../../service.ts';
import { apiError } from './answers.ts';
import { VERSION } from './guard.ts';

/** The calls of a minute. */
export const CALLS_PER_MINUTE = 3 * 60;

/** The window in which they are counted. */
export const MINUTE_WINDOW_MS = 60_000;

const ME = { call: '/v1/users/me', headers: { 'notion-version': VERSION } } as const;

/** The refusal beyond the limit. */
export const RATE_LIMITED: WireRow = {
  id: 'rate-limited',
  at: 'resource',
  causes: ['rate-limited'],
  produce: Array.from({ length: CALLS_PER_MINUTE + 1 }, () => ME),
  source: 'developers.notion.com/reference/request-limits (the code; the sentence is common experience)',
  sureness: 'documented',
  answer: (refused) => {
    const message = 'You have been rate limited. Please try again in a few minutes.';
    const answer = apiError(refused, 429, 'rate_limited', message);
    return { ...answer, headers: { ...answer.headers, ...retryAfter(refused) } };
  },
};
