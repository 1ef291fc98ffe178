// How Graph throttles: nothing is said of the quota until it is used up, then when to come back.

import type { ResourceAnswer, Service } from '../../service.ts';

/** The calls of an app to one mailbox in ten minutes. */
export const CALLS_IN_TEN_MINUTES = 10_000;

/** The header that tells a client beyond a limit when to come back. */
export const retryAfter =
  (limit: number): NonNullable<Service['resourceHeaders']> =>
  ({ calls, resetsAtMs, nowMs }: ResourceAnswer): Record<string, string> =>
    calls === null || resetsAtMs === null || calls <= limit
      ? {}
      : { 'retry-after': String(Math.ceil((resetsAtMs - nowMs) / 1000)) };
