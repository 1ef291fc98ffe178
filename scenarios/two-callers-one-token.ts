// The race that everybody runs into: two calls meet the same expiry, and the refresh token works once.

import type { Scenario, TimelineStep } from '../harness/scenario.ts';
import type { Gate } from '../harness/world/gates.ts';
import { CHECKS } from './checks/index.ts';
import { SHORT_NIGHT_MS, STRICTLY_ROTATING } from './short-night.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export default {
  id: 'two-callers-one-token',
  title: 'Two calls, then twenty, meet the same expiry',
  why: 'Two tool calls detect the expiry and both refresh; the second presents a token that the first has spent (vercel/ai#20674).',
  kinds: ['broker', 'agent'],
  untilMs: 2 * HOUR_MS + 30 * MINUTE_MS,
  agent: {
    needsServices: ['hubspot'],
    untilMs: SHORT_NIGHT_MS,
    services: STRICTLY_ROTATING,
    timeline: [meeting('first-come', 0, 'all'), meeting('last-come', 20 * MINUTE_MS, [1, 0])],
  },
  broker: {
    services: { crm: { base: 'plain', accessTtl: '30m' } },
    cohorts: [{ service: 'crm', count: 2, tenants: 2, withinMs: 0 }],
    calls: [
      {
        to: { service: 'crm' },
        fromMs: 5 * MINUTE_MS,
        everyMs: 50 * MINUTE_MS,
        method: 'GET',
        path: '/v1/me',
      },
      {
        to: { account: 'tenant-1-crm' },
        fromMs: 31 * MINUTE_MS,
        together: 2,
        replicas: 'in-turn',
        method: 'GET',
        path: '/v1/items?call={call}',
      },
      {
        to: { account: 'tenant-1-crm' },
        fromMs: 62 * MINUTE_MS,
        everyMs: 31 * MINUTE_MS,
        together: 20,
        replicas: 'in-turn',
        method: 'GET',
        path: '/v1/items?call={call}',
      },
    ],
  },
  timeline: [
    {
      atMs: 0,
      gate: {
        id: 'first-come',
        match: { service: 'crm', route: 'token', account: 'tenant-1-crm' },
        phase: 'before-commit',
        arrive: 2,
        release: 'all',
      },
    },
    {
      // By then the first expiry is over, and the second is still ahead of whoever refreshes early.
      atMs: 45 * MINUTE_MS,
      gate: {
        id: 'last-come',
        match: { service: 'crm', route: 'token', account: 'tenant-1-crm' },
        phase: 'before-commit',
        arrive: 2,
        release: [1, 0],
      },
    },
  ],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;

// Where an agent's calls meet the same expiry: both refreshes wait for each other, and only one must come.
function meeting(id: string, atMs: number, release: Gate['release']): TimelineStep {
  const match = { service: 'hubspot', route: 'token' };
  return { atMs, gate: { id, match, phase: 'before-commit', arrive: 2, release } };
}
