// Headers in which a service tells of its rate limit: how many calls, how many are left, and when there are new ones.

import type { ResourceAnswer, Service } from './service.ts';

/** The headers `<prefix>-limit`, `-remaining` and `-reset` (epoch seconds) for a service whose API begins with `/api/`. */
export function rateLimitHeaders(prefix: string, limit: number): NonNullable<Service['resourceHeaders']> {
  return ({ route, calls, resetsAtMs }: ResourceAnswer): Record<string, string> => {
    if (calls === null || resetsAtMs === null || !route?.path.startsWith('/api/')) return {};
    return {
      [`${prefix}-limit`]: String(limit),
      [`${prefix}-remaining`]: String(Math.max(0, limit - calls)),
      [`${prefix}-reset`]: String(Math.ceil(resetsAtMs / 1000)),
    };
  };
}
