// A build asks for tokens; one of the accounts is somebody's own, and that somebody leaves.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export default {
  id: 'personal-key-in-ci',
  title: 'A build asks for the token of somebody’s own account',
  why: 'A personal key in a build acts in its owner’s name, and the build breaks on the day on which the owner leaves, when nobody knows whose key it was.',
  kinds: ['broker'],
  untilMs: HOUR_MS + 30 * MINUTE_MS,
  broker: {
    services: { crm: { base: 'plain' }, notes: { base: 'plain' } },
    cohorts: [
      { service: 'crm', count: 2, tenants: 2, withinMs: 0 },
      { service: 'notes', count: 2, tenants: 2, withinMs: 0, owner: 'personal' },
    ],
    calls: ['crm', 'notes'].map((service) => ({
      to: { service },
      fromMs: 5 * MINUTE_MS,
      everyMs: 20 * MINUTE_MS,
      spreadMs: 10 * MINUTE_MS,
      method: 'GET',
      path: '/v1/items?call={call}',
    })),
    tokensAtMs: [10 * MINUTE_MS, 50 * MINUTE_MS],
    ci: true,
  },
  timeline: [{ atMs: HOUR_MS, account: 'tenant-1-notes', act: 'offboard' }],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
