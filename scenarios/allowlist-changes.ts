// From one moment on the caller's address is not allowed any more: no token of any age changes that.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';

const MINUTE_MS = 60_000;

export default {
  id: 'allowlist-changes',
  title: 'The caller’s address is taken off the allow-list',
  why: 'An address that is no longer allowed is refused like a dead session: refreshing and asking users to consent again heal nothing, and only the operator can.',
  kinds: ['broker'],
  untilMs: 75 * MINUTE_MS,
  broker: {
    services: { crm: { base: 'plain', accessTtl: '30m' } },
    cohorts: [{ service: 'crm', count: 3, tenants: 3, withinMs: 0 }],
    calls: [
      {
        to: { service: 'crm' },
        fromMs: 5 * MINUTE_MS,
        everyMs: 6 * MINUTE_MS,
        spreadMs: MINUTE_MS,
        method: 'GET',
        path: '/v1/items?call={call}',
      },
    ],
  },
  timeline: [{ atMs: 40 * MINUTE_MS, account: 'tenant-1-crm', act: 'restrict-ip' }],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
