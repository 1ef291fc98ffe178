// How many calls Xero allows an app for one organisation, and the headers that tell how many are left.

import type { ResourceAnswer } from '../../service.ts';

/** The calls of a minute. */
export const CALLS_PER_MINUTE = 60;

/** The window in which they are counted. */
export const MINUTE_WINDOW_MS = 60_000;

/** What is left of the minute; beyond its end also which limit it was, and when to come back. */
export function limitHeaders({ calls, resetsAtMs, nowMs }: ResourceAnswer): Record<string, string> {
  if (calls === null || resetsAtMs === null) return {};
  const left = { 'x-minlimit-remaining': String(Math.max(0, CALLS_PER_MINUTE - calls)) };
  if (calls <= CALLS_PER_MINUTE) return left;
  const retryAfter = String(Math.ceil((resetsAtMs - nowMs) / 1000));
  return { ...left, 'x-rate-limit-problem': 'minute', 'retry-after': retryAfter };
}
