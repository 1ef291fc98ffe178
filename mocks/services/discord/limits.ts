// Discord's rate limit: told by headers on every answer, and by a body with a fraction of a second when it is reached.

import { hex } from '../../encoding.ts';
import type { Answer } from '../../http.ts';
import { allowance } from '../../rate-limit-headers.ts';
import type { Refused, ResourceAnswer } from '../../service.ts';
import { apiError } from './answers.ts';

/** The calls that a tenant's user may make in a window. */
export const CALLS_PER_WINDOW = 50;
/** How long a window lasts. */
export const WINDOW_MS = 1000;

const seconds = (ms: number) => (ms / 1000).toFixed(3);

/** The headers of an answer to a call that a token let in. */
export function limitHeaders(answer: ResourceAnswer): Record<string, string> {
  const { nowMs, route, calls, resetsAtMs } = answer;
  if (route === null || calls === null || resetsAtMs === null) return {};
  const { limit, remaining } = allowance(answer, CALLS_PER_WINDOW);
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': seconds(resetsAtMs),
    'x-ratelimit-reset-after': seconds(resetsAtMs - nowMs),
    'x-ratelimit-bucket': hex(route.id).slice(0, 32),
  };
}

/** The refusal: how long to wait stands in the body to the millisecond, and in the header in whole seconds. */
export function limited({ nowMs, reading }: Refused): Answer {
  const waitMs = reading === null ? WINDOW_MS : reading.resetsAtMs - nowMs;
  const { headers, ...answer } = apiError(429, 0, 'You are being rate limited.', {
    retry_after: waitMs / 1000,
    global: false,
  });
  return {
    ...answer,
    headers: { ...headers, 'retry-after': String(Math.ceil(waitMs / 1000)), 'x-ratelimit-scope': 'user' },
  };
}
