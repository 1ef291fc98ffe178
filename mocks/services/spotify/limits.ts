// Spotify's limit, per half minute: no header tells it before it is reached.

import { retryAfter } from '../../retry-after.ts';
import type { WireRow } from '../../service.ts';
import { apiError } from './answers.ts';

/** The calls of a window. Spotify states none. */
export const CALLS_PER_WINDOW = 90;

/** The window in which they are counted. */
export const WINDOW_MS = 30_000;

/** The refusal beyond the limit. */
export const RATE_LIMITED: WireRow = {
  id: 'rate-limited',
  at: 'resource',
  causes: ['rate-limited'],
  produce: Array.from({ length: CALLS_PER_WINDOW + 1 }, () => ({ call: '/v1/me' })),
  source: 'developer.spotify.com: rate limits; the words are in answers quoted in public',
  sureness: 'observed',
  answer: (refused) => {
    const answer = apiError(429, 'API rate limit exceeded');
    return { ...answer, headers: { ...answer.headers, ...retryAfter(refused) } };
  },
};
