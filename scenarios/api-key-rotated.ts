// A key that never expires is replaced by policy: nothing can be refreshed, and the new key must come from somebody.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';
import { SHORT_NIGHT_MS } from './short-night.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export default {
  id: 'api-key-rotated',
  title: 'A key without an end is rotated by policy',
  why: 'Keys that never expire are rotated by policy, often at night: the old one is refused without warning, there is nothing to refresh, and whoever tries it again and again looks like an attack.',
  kinds: ['broker', 'agent'],
  untilMs: 2 * HOUR_MS,
  agent: {
    needsServices: ['openai'],
    untilMs: SHORT_NIGHT_MS,
    timeline: [{ atMs: 22 * MINUTE_MS, account: 'acme-openai', act: 'revoke-by-admin' }],
  },
  broker: {
    services: { vault: { base: 'plain', accessTtl: 'never', refreshTtl: 'none', rotation: 'none' } },
    cohorts: [{ service: 'vault', count: 3, tenants: 3, withinMs: 0 }],
    calls: [
      {
        to: { service: 'vault' },
        fromMs: 5 * MINUTE_MS,
        everyMs: 10 * MINUTE_MS,
        spreadMs: MINUTE_MS,
        method: 'GET',
        path: '/v1/items?call={call}',
      },
    ],
    reauthorizes: true,
  },
  timeline: [{ atMs: HOUR_MS, account: 'tenant-2-vault', act: 'revoke-by-admin' }],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
