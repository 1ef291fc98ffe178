// How Graph throttles: nothing is said of the quota until it is used up, then when to come back.

import type { ResourceAnswer } from '../../service.ts';

/** The calls of an app to one mailbox in ten minutes. */
export const CALLS_IN_TEN_MINUTES = 10_000;

/** The header that tells a client beyond the limit when to come back. */
export function retryAfter({
  calls,
  callsPerWindow,
  resetsAtMs,
  nowMs,
}: ResourceAnswer): Record<string, string> {
  if (calls === null || resetsAtMs === null || callsPerWindow === null || calls <= callsPerWindow) return {};
  return { 'retry-after': String(Math.ceil((resetsAtMs - nowMs) / 1000)) };
}
