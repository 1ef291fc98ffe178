// The token endpoint is away for ten minutes around a cohort's boundary, then it is back: who comes, and how?

import type { Scenario } from '../harness/scenario.ts';
import { preset } from '../harness/world/presets.ts';
import { CHECKS } from './checks/index.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const UNTIL_MS = 33 * MINUTE_MS;

export default {
  id: 'herd-after-outage',
  title: 'The token endpoint is down for ten minutes, and comes back',
  why: 'Whatever failed during the outage comes back at the same beat and keeps step from then on; a deploy was rolled back because the jitter was not kept (mozilla/fxa-oauth-server#370).',
  kinds: ['broker'],
  untilMs: 70 * MINUTE_MS,
  broker: {
    services: { crm: { base: 'plain', accessTtl: '30m' } },
    cohorts: [{ service: 'crm', count: 100, tenants: 20, withinMs: 90 * SECOND_MS }],
    calls: [
      {
        to: { service: 'crm' },
        fromMs: 2 * MINUTE_MS,
        everyMs: 10 * MINUTE_MS,
        spreadMs: 10 * MINUTE_MS,
        method: 'GET',
        path: '/v1/items?call={call}',
      },
    ],
    latency: 'none',
  },
  timeline: [
    {
      atMs: UNTIL_MS - 10 * MINUTE_MS,
      fault: preset('html-page', { service: 'crm', route: 'token' }, { count: 1_000_000, untilMs: UNTIL_MS }),
    },
  ],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
