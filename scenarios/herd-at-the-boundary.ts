// A hundred accounts, connected within minutes of each other, come to the end of their tokens together.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

export default {
  id: 'herd-at-the-boundary',
  title: 'A cohort that was connected together meets its boundaries',
  why: 'Accounts whose sessions started within one deployment window hit their thirty-minute boundary at the same time, and every session fires a refresh at the same token endpoint, which limits them: a scheduled, deterministic load spike.',
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
      atMs: 0,
      fault: {
        id: 'token-limit',
        match: { service: 'crm', route: 'token' },
        beyond: { most: 10, withinMs: SECOND_MS },
        do: 'answer',
        answer: { status: 429, headers: { 'retry-after': '1' }, body: { error: 'rate_limited' } },
      },
    },
  ],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
