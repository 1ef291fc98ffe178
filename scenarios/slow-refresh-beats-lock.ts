// A lock has a lease, a token endpoint has bad days: when the refresh outlasts the lease, two hold the lock.

import type { Scenario, TimelineStep } from '../harness/scenario.ts';
import { crm, HOUR_MS, MINUTE_MS, ONE, reads, rush, SECOND_MS, TWO_TENANTS } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';

const REPLICAS = 3;
const RUSH_AT_MS = 12 * MINUTE_MS;

export default {
  id: 'slow-refresh-beats-lock',
  title: 'The token endpoint answers more slowly than a lock’s lease',
  why: 'The lease of the lock was shorter than the redemption of the token: the second replica took the lock over while the first was still waiting (oauth2-proxy/oauth2-proxy#3456; infusionsoft-php#220).',
  kinds: ['broker'],
  untilMs: HOUR_MS,
  broker: {
    services: { crm: crm() },
    cohorts: TWO_TENANTS,
    replicas: REPLICAS,
    calls: [
      reads({ service: 'crm' }, 7 * MINUTE_MS),
      rush({ account: ONE }, RUSH_AT_MS + SECOND_MS, 2 * REPLICAS),
    ],
  },
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
  variants: [
    { id: 'eight-seconds', timeline: slowly(8 * SECOND_MS) },
    { id: 'sixteen-seconds', timeline: slowly(16 * SECOND_MS) },
    {
      id: 'overtaken',
      title: 'Only the first request is slow, and another one comes before it',
      timeline: slowly(16 * SECOND_MS, { count: 1 }),
    },
  ],
} satisfies Scenario;

// The server ends the session early, so that every replica wants a new token at the same moment, however far ahead it looks.
function slowly(ms: number, more: { readonly count?: number } = {}): readonly TimelineStep[] {
  const match = { service: 'crm', route: 'token', account: ONE };
  return [
    { atMs: 0, fault: { id: 'slow', match, do: 'delay', ms, ...more } },
    { atMs: RUSH_AT_MS, account: ONE, act: 'end-sessions' },
  ];
}
