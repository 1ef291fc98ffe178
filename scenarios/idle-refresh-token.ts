// A job that runs once a quarter, and a refresh token that dies of a month without use. All of it in days.

import type { Scenario } from '../harness/scenario.ts';
import { HOUR_MS, reads } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';

export default {
  id: 'idle-refresh-token',
  title: 'An account is not called for longer than its refresh token may be idle',
  why: 'A refresh token that was unused for its window is over; the quarterly job finds that out in the night in which it runs.',
  kinds: ['broker'],
  untilMs: 30 * HOUR_MS,
  broker: {
    services: { crm: { base: 'plain', accessTtl: '4h', refreshIdle: '12h' } },
    cohorts: [{ service: 'crm', count: 1, tenants: 1, withinMs: 0 }],
    calls: [reads({ service: 'crm' }, 28 * HOUR_MS, { fromMs: HOUR_MS })],
  },
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
