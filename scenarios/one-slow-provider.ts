// One service's token endpoint is slow. The speed of the others is not its business.

import type { Scenario } from '../harness/scenario.ts';
import { crm, HOUR_MS, MINUTE_MS, reads, rush, SECOND_MS } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';

const RUSH_AT_MS = 20 * MINUTE_MS;

export default {
  id: 'one-slow-provider',
  title: 'One service’s token endpoint is slow, and the others’ calls go on',
  why: 'Several services behind one broker, each with its own lifetimes and its own bad days: a slow one must cost its own callers only.',
  kinds: ['broker'],
  untilMs: HOUR_MS,
  broker: {
    services: { crm: crm(), archive: { base: 'plain', accessTtl: '45m' } },
    cohorts: [
      { service: 'crm', count: 1, tenants: 1, withinMs: 0 },
      { service: 'archive', count: 2, tenants: 2, withinMs: 0 },
    ],
    calls: [
      reads({ service: 'crm' }, 5 * MINUTE_MS),
      reads({ service: 'archive' }, 5 * MINUTE_MS),
      rush({ service: 'crm' }, RUSH_AT_MS + SECOND_MS, 1),
      rush({ service: 'archive' }, RUSH_AT_MS + 3 * SECOND_MS, 2),
    ],
  },
  timeline: [
    {
      atMs: MINUTE_MS,
      fault: { id: 'slow', match: { service: 'crm', route: 'token' }, do: 'delay', ms: 15 * SECOND_MS },
    },
    { atMs: RUSH_AT_MS, account: 'acme-crm', act: 'end-sessions' },
    { atMs: RUSH_AT_MS, account: 'tenant-1-archive', act: 'end-sessions' },
  ],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
