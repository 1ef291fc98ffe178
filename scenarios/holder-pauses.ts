// Whoever holds the lock is put to sleep in mid-refresh. Another takes over; then the sleeper wakes and goes on.

import type { Scenario, TimelineStep } from '../harness/scenario.ts';
import type { Gate } from '../harness/world/gates.ts';
import { crm, HOUR_MS, MINUTE_MS, ONE, reads, TWO_TENANTS } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';

const REPLICAS = 3;
/** Longer than what is left of a token when it is renewed ahead of its end. */
const HELD_MS = 20 * MINUTE_MS;
const PAUSED_MS = HELD_MS + MINUTE_MS;

export default {
  id: 'holder-pauses',
  title: 'The process that refreshes is paused in the middle, and wakes late',
  why: 'A process that was paused goes on as if nothing had happened: its lease is over, another one has refreshed, and what it now writes, or concludes, is of yesterday.',
  kinds: ['broker'],
  untilMs: 2 * HOUR_MS,
  broker: {
    services: { crm: crm() },
    cohorts: TWO_TENANTS,
    replicas: REPLICAS,
    calls: [reads({ service: 'crm' }, 5 * MINUTE_MS)],
  },
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
  variants: [
    {
      id: 'request-arrives-last',
      title: 'Its request reaches the server after another’s, and is refused',
      broker: {
        services: { crm: crm({ reuse: 'refused' }) },
        cohorts: TWO_TENANTS,
        replicas: REPLICAS,
        calls: [reads({ service: 'crm' }, 5 * MINUTE_MS)],
      },
      timeline: paused('before-commit'),
    },
    {
      id: 'answer-arrives-last',
      title: 'Its answer is older than what another has received meanwhile',
      broker: {
        services: { crm: crm({ grace: '1h' }) },
        cohorts: TWO_TENANTS,
        replicas: REPLICAS,
        calls: [reads({ service: 'crm' }, 5 * MINUTE_MS)],
      },
      timeline: paused('after-commit'),
    },
  ],
} satisfies Scenario;

function paused(phase: Gate['phase']): readonly TimelineStep[] {
  const match = { service: 'crm', route: 'token', account: ONE, nth: 1 };
  return [
    { atMs: 0, gate: { id: 'on-its-way', match, phase, arrive: null, release: 'all', giveUpMs: HELD_MS } },
    { when: { entry: 'gate.held' }, blow: { do: 'pause', party: '{party}' } },
    { when: { entry: 'gate.held', afterMs: PAUSED_MS }, blow: { do: 'resume', party: '{party}' } },
  ];
}
