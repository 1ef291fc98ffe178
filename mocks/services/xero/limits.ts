// How many calls Xero allows an app for one organisation, and the headers that tell how many are left.

import { allowance } from '../../rate-limit-headers.ts';
import type { ResourceAnswer } from '../../service.ts';

/** The calls of a minute. */
export const CALLS_PER_MINUTE = 60;

/** The window in which they are counted. */
export const MINUTE_WINDOW_MS = 60_000;

/** What is left of the minute; beyond its end also which limit it was, and when to come back. */
export function limitHeaders(answer: ResourceAnswer): Record<string, string> {
  const { calls, callsPerWindow, resetsAtMs, nowMs } = answer;
  if (calls === null || resetsAtMs === null) return {};
  const left = { 'x-minlimit-remaining': String(allowance(answer, CALLS_PER_MINUTE).remaining) };
  if (callsPerWindow === null || calls <= callsPerWindow) return left;
  const retryAfter = String(Math.ceil((resetsAtMs - nowMs) / 1000));
  return { ...left, 'x-rate-limit-problem': 'minute', 'retry-after': retryAfter };
}
