// The race that everybody runs into: two calls meet the same expiry, and the refresh token works once.

import type { Scenario, TimelineStep } from '../harness/scenario.ts';
import type { BrokerStory } from '../harness/workload/story.ts';
import type { Gate } from '../harness/world/gates.ts';
import { crm, HOUR_MS, MINUTE_MS, ONE, rush, TWO_TENANTS } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';
import { onBothServers } from './on-both-servers.ts';
import { inEachOrder, type Order } from './release-orders.ts';
import { SHORT_NIGHT_MS, STRICTLY_ROTATING } from './short-night.ts';

const CALLERS = 2;

const STORY: BrokerStory = {
  services: { crm: crm() },
  cohorts: TWO_TENANTS,
  calls: [
    {
      to: { service: 'crm' },
      fromMs: 5 * MINUTE_MS,
      everyMs: 50 * MINUTE_MS,
      method: 'GET',
      path: '/v1/me',
    },
    rush({ account: ONE }, 31 * MINUTE_MS, CALLERS),
    { ...rush({ account: ONE }, 62 * MINUTE_MS, 20), everyMs: 31 * MINUTE_MS },
  ],
};

export default {
  id: 'two-callers-one-token',
  title: 'Two calls, then twenty, meet the same expiry',
  why: 'Two tool calls detect the expiry and both refresh; the second presents a token that the first has spent (vercel/ai#20674).',
  kinds: ['broker', 'agent'],
  untilMs: 2 * HOUR_MS + 30 * MINUTE_MS,
  broker: STORY,
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
  variants: onBothServers(
    STORY,
    inEachOrder(CALLERS, (order) => ({
      timeline: [
        meeting({ service: 'crm', account: ONE }, 'the-first-expiry', 0, order),
        // By then the first expiry is over, and the second is still ahead of whoever refreshes early.
        meeting({ service: 'crm', account: ONE }, 'the-second-expiry', 45 * MINUTE_MS, order),
      ],
      agent: {
        needsServices: ['hubspot'],
        untilMs: SHORT_NIGHT_MS,
        services: STRICTLY_ROTATING,
        timeline: [
          meeting({ service: 'hubspot' }, 'the-first-expiry', 0, order),
          meeting({ service: 'hubspot' }, 'the-second-expiry', 20 * MINUTE_MS, order),
        ],
      },
    })),
  ),
} satisfies Scenario;

// Where calls meet the same expiry: both refreshes wait for each other, and only one must come.
function meeting(whose: Gate['match'], id: string, atMs: number, release: Order): TimelineStep {
  const match = { ...whose, route: 'token' };
  return { atMs, gate: { id, match, phase: 'before-commit', arrive: CALLERS, release } };
}
