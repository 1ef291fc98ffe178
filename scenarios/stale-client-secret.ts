// The operator rotated the client secret, and the subject still has the old one: no user can heal that.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, QUARTER_HOURS, SHORT_NIGHT_MS } from './short-night.ts';

export default {
  id: 'stale-client-secret',
  title: 'The client secret was rotated, and the subject has the old one',
  why: 'The secret was rotated last week, and the job started before: its next refresh gets invalid_client, which is the operator’s fault and not the end of any grant; whoever starts with it finds out at midnight (RFC 6749 section 5.2).',
  kinds: ['broker', 'agent'],
  untilMs: 90 * MINUTE_MS,
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
  timeline: [
    { atMs: 20 * MINUTE_MS, account: 'tenant-1-crm', act: 'rotate-client-secret' },
    { atMs: 70 * MINUTE_MS, blow: { do: 'restart', party: 'broker-0' } },
  ],
  agent: {
    needsServices: ['hubspot'],
    untilMs: SHORT_NIGHT_MS,
    services: QUARTER_HOURS,
    timeline: [{ atMs: 20 * MINUTE_MS, account: 'acme-hubspot', act: 'rotate-client-secret' }],
    checks: CHECKS.map(({ id }) => id),
  },
  // A broker that ends rather than work with a bad secret does what it should.
  checks: CHECKS.map(({ id }) => id).filter((id) => id !== 'ends-clean'),
} satisfies Scenario;
