// Jira's burst limit, per second; what is left of it is told on every answer of Jira.

import { json } from '../../http.ts';
import { retryAfter } from '../../retry-after.ts';
import type { Refused, ResourceAnswer, WireRow } from '../../service.ts';
import { cloudIdOf } from './ids.ts';

/** The calls of a second. */
export const CALLS_PER_SECOND = 100;

/** The window in which they are counted. */
export const SECOND_WINDOW_MS = 1000;

const MYSELF = `/ex/jira/${cloudIdOf('acme')}/rest/api/3/myself`;

/** What is left of the second. */
export function limitHeaders({ route, calls }: ResourceAnswer): Record<string, string> {
  if (calls === null || !route?.path.startsWith('/ex/jira/')) return {};
  return {
    'x-ratelimit-limit': String(CALLS_PER_SECOND),
    'x-ratelimit-remaining': String(Math.max(0, CALLS_PER_SECOND - calls)),
  };
}

/** The refusal beyond the limit. */
export const RATE_LIMITED: WireRow = {
  id: 'rate-limited',
  at: 'resource',
  causes: ['rate-limited'],
  produce: Array.from({ length: CALLS_PER_SECOND + 1 }, () => ({ call: MYSELF })),
  source:
    'developer.atlassian.com/cloud/jira/platform/rate-limiting for the headers; raycast/extensions#29015 for the body',
  sureness: 'observed',
  answer: (refused) =>
    json(
      429,
      {
        errorMessages: ['The request has been rate-limited. Please try again later.'],
        errors: {},
        status: 429,
      },
      {
        ...retryAfter(refused),
        'x-ratelimit-reset': `${resetMinute(refused)}Z`,
        'ratelimit-reason': 'jira-burst-based',
      },
    ),
};

// Jira tells the end to the minute only, as yyyy-MM-ddTHH:mmZ.
const resetMinute = ({ reading, nowMs }: Refused) =>
  new Date(reading?.resetsAtMs ?? nowMs).toISOString().slice(0, 'yyyy-MM-ddTHH:mm'.length);
