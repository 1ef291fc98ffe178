// Jira's burst limit, per second; what is left of it is told on every answer of Jira.

import { json } from '../../http.ts';
import { allowance } from '../../rate-limit-headers.ts';
import { retryAfter } from '../../retry-after.ts';
import type { Refused, ResourceAnswer, WireRow } from '../../service.ts';
import { cloudIdOf } from './ids.ts';

/** The calls of a second. */
export const CALLS_PER_SECOND = 100;

/** The window in which they are counted. */
export const SECOND_WINDOW_MS = 1000;

const MYSELF = `/ex/jira/${cloudIdOf('acme')}/rest/api/3/myself`;

/** What is left of the second. */
export function limitHeaders(answer: ResourceAnswer): Record<string, string> {
  if (answer.calls === null || !answer.route?.path.startsWith('/ex/jira/')) return {};
  const { limit, remaining } = allowance(answer, CALLS_PER_SECOND);
  return { 'x-ratelimit-limit': String(limit), 'x-ratelimit-remaining': String(remaining) };
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
