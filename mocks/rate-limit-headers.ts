// Headers in which a service tells of its rate limit: how many calls, how many are left, and when there are new ones.

import type { ResourceAnswer, Service } from './service.ts';

/** The limit and what is left of it; where the policy has no limit, the `usual` one is told and never used up. */
export function allowance({ calls, callsPerWindow }: ResourceAnswer, usual: number) {
  return callsPerWindow === null
    ? { limit: usual, remaining: usual }
    : { limit: callsPerWindow, remaining: Math.max(0, callsPerWindow - (calls ?? 0)) };
}

/** The headers `<prefix>-limit`, `-remaining` and `-reset` (epoch seconds) for a service whose API begins with `/api/`. */
export function rateLimitHeaders(prefix: string, usual: number): NonNullable<Service['resourceHeaders']> {
  return (answer): Record<string, string> => {
    const { route, calls, resetsAtMs } = answer;
    if (calls === null || resetsAtMs === null || !route?.path.startsWith('/api/')) return {};
    const { limit, remaining } = allowance(answer, usual);
    return {
      [`${prefix}-limit`]: String(limit),
      [`${prefix}-remaining`]: String(remaining),
      [`${prefix}-reset`]: String(Math.ceil(resetsAtMs / 1000)),
    };
  };
}
