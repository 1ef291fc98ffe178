// The rate limit that Okta tells in headers; there is no Retry-After.

import type { ResourceAnswer, Service } from '../../service.ts';

/** The calls of a tenant in a minute. */
export const CALLS_A_MINUTE = 600;

/** The headers that tell of a limit. */
export const rateLimitHeaders =
  (limit: number): NonNullable<Service['resourceHeaders']> =>
  ({ route, calls, resetsAtMs }: ResourceAnswer): Record<string, string> => {
    if (calls === null || resetsAtMs === null || !route?.path.startsWith('/api/')) return {};
    return {
      'x-rate-limit-limit': String(limit),
      'x-rate-limit-remaining': String(Math.max(0, limit - calls)),
      'x-rate-limit-reset': String(Math.ceil(resetsAtMs / 1000)),
    };
  };
