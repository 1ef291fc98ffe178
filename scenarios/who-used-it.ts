// A week of calls; on the fifth day an account goes to a service where nothing had gone before. Then the log is asked.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export default {
  id: 'who-used-it',
  title: 'Who used which credential, when, and what for',
  why: 'After an incident somebody asks who used the credential, when, for what, and where it went for the first time; what is not in the log cannot be answered.',
  kinds: ['broker'],
  untilMs: 7 * DAY_MS,
  broker: {
    services: {
      crm: { base: 'plain', accessTtl: '12h' },
      archive: { base: 'plain', accessTtl: '12h' },
    },
    cohorts: [
      { service: 'crm', count: 3, tenants: 3, withinMs: 0 },
      { service: 'archive', count: 1, tenants: 1, withinMs: 0 },
    ],
    calls: [
      {
        to: { service: 'crm' },
        fromMs: HOUR_MS,
        everyMs: 5 * HOUR_MS,
        spreadMs: HOUR_MS,
        method: 'GET',
        path: '/v1/items?call={call}',
      },
      {
        to: { service: 'archive' },
        fromMs: 5 * DAY_MS,
        everyMs: 9 * HOUR_MS,
        method: 'POST',
        path: '/v1/items',
        body: { name: 'from {call}' },
      },
    ],
  },
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
