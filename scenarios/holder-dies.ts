// Who refreshes dies before the server has seen the request. The lock must not die with it.

import type { Scenario, TimelineStep } from '../harness/scenario.ts';
import { crm, HOUR_MS, MINUTE_MS, ONE, reads, SECOND_MS, TWO_TENANTS } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';

const REPLICAS = 3;

export default {
  id: 'holder-dies',
  title: 'The process that refreshes is killed, and another must take over',
  why: 'Whoever held the lock was gone, and nobody else ever refreshed: the connection was dead until somebody looked (NangoHQ/nango#1005).',
  kinds: ['broker'],
  untilMs: 70 * MINUTE_MS,
  broker: {
    services: { crm: crm() },
    cohorts: TWO_TENANTS,
    replicas: REPLICAS,
    calls: [reads({ service: 'crm' }, 2 * MINUTE_MS)],
  },
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
  variants: [
    { id: 'comes-back', title: 'It is started again at once', timeline: dies(SECOND_MS) },
    { id: 'stays-away', title: 'It is away for an hour', timeline: dies(HOUR_MS) },
  ],
} satisfies Scenario;

function dies(awayMs: number): readonly TimelineStep[] {
  const match = { service: 'crm', route: 'token', account: ONE, nth: 1 };
  return [
    {
      atMs: 0,
      gate: {
        id: 'on-its-way',
        match,
        phase: 'before-commit',
        arrive: null,
        release: 'all',
        giveUpMs: 10 * SECOND_MS,
      },
    },
    { when: { entry: 'gate.held' }, blow: { do: 'kill', party: '{party}' } },
    { when: { entry: 'process.killed', afterMs: awayMs }, blow: { do: 'restart', party: '{party}' } },
  ];
}
