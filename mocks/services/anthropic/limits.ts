// How many calls Anthropic allows an organization, and the headers that tell how many are left.

import { allowance } from '../../rate-limit-headers.ts';
import type { ResourceAnswer } from '../../service.ts';

/** The calls of a minute. */
export const CALLS_PER_MINUTE = 50;

/** The window in which they are counted. */
export const MINUTE_WINDOW_MS = 60_000;

/** The headers of an answer to a call that a token let in. */
export function limitHeaders(answer: ResourceAnswer): Record<string, string> {
  const { calls, resetsAtMs } = answer;
  if (calls === null || resetsAtMs === null) return {};
  const { limit, remaining } = allowance(answer, CALLS_PER_MINUTE);
  return {
    'anthropic-ratelimit-requests-limit': String(limit),
    'anthropic-ratelimit-requests-remaining': String(remaining),
    'anthropic-ratelimit-requests-reset': new Date(resetsAtMs).toISOString(),
  };
}
