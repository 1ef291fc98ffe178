// The control: a night in which nothing expires. Whoever fails here fails for another reason than its credentials.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const HOURLY = { fromMs: 15 * MINUTE_MS, everyMs: HOUR_MS, spreadMs: 30 * MINUTE_MS } as const;

export default {
  id: 'healthy-day',
  title: 'Six hours in which nothing expires',
  why: 'The control: where tokens live longer than the run, no check may fail a subject.',
  kinds: ['agent', 'tool', 'broker'],
  untilMs: 6 * HOUR_MS,
  nothingExpires: true,
  broker: {
    services: { crm: { base: 'plain' }, archive: { base: 'plain' } },
    cohorts: [
      { service: 'crm', count: 3, tenants: 3, withinMs: 0 },
      { service: 'archive', count: 3, tenants: 3, withinMs: 10 * MINUTE_MS },
    ],
    calls: [
      { to: { service: 'crm' }, ...HOURLY, method: 'GET', path: '/v1/items?call={call}' },
      {
        to: { service: 'archive' },
        ...HOURLY,
        method: 'POST',
        path: '/v1/items',
        body: { name: 'from {call}' },
      },
    ],
  },
  timeline: [],
  tool: ['valid', 'repeat'],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
