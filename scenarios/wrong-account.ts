// Two accounts at one service share every URL and the client: nothing but the id of the account tells their tokens apart.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';

const MINUTE_MS = 60_000;

export default {
  id: 'wrong-account',
  title: 'Two tenants at one service, called at the same moment for the same thing',
  why: 'The call succeeds with the other tenant’s token and brings the other tenant’s data: two tenants met in one cache key, or in a field that requests share (IBM/mcp-context-forge#1078, Softeria/ms-365-mcp-server#187).',
  kinds: ['broker'],
  untilMs: 70 * MINUTE_MS,
  broker: {
    services: { crm: { base: 'plain', accessTtl: '30m' } },
    cohorts: [{ service: 'crm', count: 4, tenants: 2, withinMs: 0 }],
    calls: [
      { to: { service: 'crm' }, fromMs: MINUTE_MS, everyMs: 10 * MINUTE_MS, method: 'GET', path: '/v1/me' },
      {
        to: { service: 'crm' },
        fromMs: 2 * MINUTE_MS,
        everyMs: 20 * MINUTE_MS,
        together: 2,
        method: 'GET',
        path: '/v1/items?call={call}',
      },
    ],
  },
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
