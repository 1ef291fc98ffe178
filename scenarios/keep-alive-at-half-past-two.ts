// A week in which the clocks change: a keep-alive that runs at half past two has a night without that half past two.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export default {
  id: 'keep-alive-at-half-past-two',
  title: 'An account that nobody calls for a week, over the night in which the clocks change',
  why: 'A refresh token dies when it is unused for longer than its window; a daily keep-alive by local time is skipped on the night on which half past two does not exist.',
  kinds: ['broker'],
  untilMs: 8 * DAY_MS,
  broker: {
    services: { crm: { base: 'plain', accessTtl: '12h', refreshIdle: '36h' } },
    cohorts: [{ service: 'crm', count: 2, tenants: 2, withinMs: 0 }],
    calls: [
      { to: { service: 'crm' }, fromMs: HOUR_MS, method: 'GET', path: '/v1/items?call={call}' },
      { to: { service: 'crm' }, fromMs: 7 * DAY_MS, method: 'GET', path: '/v1/items?call={call}' },
    ],
    timeZone: 'America/New_York',
  },
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
