// How many calls OpenAI allows an organization, the headers that tell how many are left, and what is said beyond them.

import { type Answer, parseJsonObject } from '../../http.ts';
import { allowance } from '../../rate-limit-headers.ts';
import { retryAfter } from '../../retry-after.ts';
import type { Refused, ResourceAnswer } from '../../service.ts';
import { failed } from './answers.ts';

/** The calls of a minute. */
export const CALLS_PER_MINUTE = 500;

/** The window in which they are counted. */
export const MINUTE_WINDOW_MS = 60_000;

/** The headers of an answer to a call that a key let in. */
export function limitHeaders(answer: ResourceAnswer): Record<string, string> {
  const { calls, resetsAtMs, nowMs } = answer;
  if (calls === null || resetsAtMs === null) return {};
  const { limit, remaining } = allowance(answer, CALLS_PER_MINUTE);
  return {
    'x-ratelimit-limit-requests': String(limit),
    'x-ratelimit-remaining-requests': String(remaining),
    'x-ratelimit-reset-requests': span(resetsAtMs - nowMs),
  };
}

/** The refusal of a call beyond the limit: how long to wait stands in two headers, in seconds and in milliseconds. */
export function limited(refused: Refused): Answer {
  const { nowMs, reading } = refused;
  const waitMs = (reading?.resetsAtMs ?? nowMs) - nowMs;
  const model = parseJsonObject(refused.request.body)?.model;
  const what = typeof model === 'string' ? ` for ${model}` : '';
  const message =
    `Rate limit reached${what} on requests per min (RPM). Please try again in ${span(waitMs)}. ` +
    'Visit https://platform.openai.com/account/rate-limits to learn more.';
  const answer = failed(refused, 429, message, { type: 'requests', code: 'rate_limit_exceeded' });
  const waits = { ...retryAfter(refused), 'retry-after-ms': String(waitMs) };
  return { ...answer, headers: { ...answer.headers, ...waits } };
}

// A span as Go prints it: 6m0s, 59.5s, 120ms.
function span(ms: number): string {
  if (ms < 1000) return `${ms}ms`;
  const minutes = Math.floor(ms / MINUTE_WINDOW_MS);
  const seconds = (ms % MINUTE_WINDOW_MS) / 1000;
  return minutes === 0 ? `${seconds}s` : `${minutes}m${seconds}s`;
}
