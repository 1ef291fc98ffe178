// The rate limit of the Management API, told in headers on every answer.

import type { ResourceAnswer, Service } from '../../service.ts';

/** The headers that tell of a limit. */
export const rateLimitHeaders =
  (limit: number): NonNullable<Service['resourceHeaders']> =>
  ({ route, calls, resetsAtMs }: ResourceAnswer): Record<string, string> => {
    if (calls === null || resetsAtMs === null || !route?.path.startsWith('/api/')) return {};
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - calls)),
      'x-ratelimit-reset': String(Math.ceil(resetsAtMs / 1000)),
    };
  };
