// The network has a proxy, set before anything was started: one service is reached directly, all others only through it.

import type { Scenario } from '../harness/scenario.ts';
import { crm, MINUTE_MS, reads } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';
import { QUARTER_HOURS, SHORT_NIGHT_MS } from './short-night.ts';

export default {
  id: 'two-proxies',
  title: 'A proxy was set before, and one host is to be reached directly',
  why: 'A company network has a proxy already. Whoever sets another, ignores it, or sends through it what NO_PROXY names, finds packets dropped by a firewall in week three.',
  kinds: ['broker', 'agent'],
  untilMs: 70 * MINUTE_MS,
  proxy: { direct: 'archive' },
  agent: {
    needsServices: ['hubspot', 'salesforce', 'google'],
    untilMs: SHORT_NIGHT_MS,
    proxy: { direct: 'google' },
    services: QUARTER_HOURS,
  },
  broker: {
    services: { crm: crm(), archive: crm() },
    cohorts: [
      { service: 'crm', count: 2, tenants: 2, withinMs: 0 },
      { service: 'archive', count: 1, tenants: 1, withinMs: 0 },
    ],
    calls: [reads({ service: 'crm' }, 12 * MINUTE_MS), reads({ service: 'archive' }, 12 * MINUTE_MS)],
  },
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
