// Two answers to refreshes of one account: the older one arrives last, and must not win.

import type { Scenario, TimelineStep } from '../harness/scenario.ts';
import { crm, HOUR_MS, MINUTE_MS, ONE, reads, SECOND_MS, TWO_TENANTS } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';

export default {
  id: 'late-answer-overwrites',
  title: 'The answer to an older refresh arrives after that to a newer one',
  why: 'A slow answer was written when it came, over the newer session that was there by then (nextauthjs/next-auth#8897).',
  kinds: ['broker'],
  untilMs: 90 * MINUTE_MS,
  broker: {
    services: { crm: crm({ grace: '1h' }) },
    cohorts: TWO_TENANTS,
    calls: [reads({ service: 'crm' }, 2 * MINUTE_MS)],
  },
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
  variants: [
    { id: 'older-last', title: 'The older answer arrives after the newer one', timeline: held(HOUR_MS / 3) },
    {
      id: 'older-first',
      title: 'The older answer is slow, and still the first',
      timeline: held(10 * SECOND_MS),
    },
  ],
} satisfies Scenario;

// The server has committed the first refresh; its answer is kept back until long after everybody has given it up.
function held(giveUpMs: number): readonly TimelineStep[] {
  const match = { service: 'crm', route: 'token', account: ONE, nth: 1 };
  return [
    {
      atMs: 0,
      gate: { id: 'slow-answer', match, phase: 'after-commit', arrive: null, release: 'all', giveUpMs },
    },
  ];
}
