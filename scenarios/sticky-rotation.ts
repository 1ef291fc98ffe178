// The refresh token stays the same all day, and changes on day two: whoever never kept a new one has never noticed.

import type { Scenario } from '../harness/scenario.ts';
import { HOUR_MS, reads } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';

export default {
  id: 'sticky-rotation',
  title: 'The refresh token changes only on day two',
  why: 'Intuit hands the same refresh token out again for about 24 hours, then another: every test of a day passes with a client that keeps the first one.',
  kinds: ['broker'],
  untilMs: 38 * HOUR_MS,
  broker: {
    services: { crm: { base: 'plain', accessTtl: '4h', rotation: 'sticky', stickyFor: '24h' } },
    cohorts: [{ service: 'crm', count: 1, tenants: 1, withinMs: 0 }],
    calls: [reads({ service: 'crm' }, 2 * HOUR_MS)],
  },
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
