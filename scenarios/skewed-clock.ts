// The agent's wall clock is not the server's: the stated end of a token comes earlier or later than it reads.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, QUARTER_HOURS, SECOND_MS, SHORT_NIGHT_MS } from './short-night.ts';

const skew = (skewMs: number, atMs = 0, party = 'agent') => ({ atMs, party, skewMs });

export default {
  id: 'skewed-clock',
  title: 'A wall clock that is behind, ahead, or jumps',
  why: 'A token is used too early by four seconds, or held for alive when it is over: clocks differ by seconds everywhere, and by minutes on some machines (googleapis/google-auth-library-python#889).',
  kinds: ['broker', 'agent'],
  needsServices: ['hubspot'],
  untilMs: SHORT_NIGHT_MS,
  broker: {
    services: { crm: { base: 'plain', accessTtl: '15m' } },
    cohorts: [{ service: 'crm', count: 3, tenants: 3, withinMs: 0 }],
    calls: [
      {
        to: { service: 'crm' },
        fromMs: 3 * MINUTE_MS,
        everyMs: 4 * MINUTE_MS,
        spreadMs: MINUTE_MS,
        method: 'GET',
        path: '/v1/items?call={call}',
      },
    ],
  },
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
  variants: [
    {
      id: 'behind-30s',
      timeline: [skew(-30 * SECOND_MS, 0, 'broker-0')],
      title: 'The wall clock is 30 s behind',
      agent: { services: QUARTER_HOURS, timeline: [skew(-30 * SECOND_MS)] },
    },
    {
      id: 'ahead-20s',
      timeline: [skew(20 * SECOND_MS, 0, 'broker-0')],
      title: 'The wall clock is 20 s ahead',
      agent: { services: QUARTER_HOURS, timeline: [skew(20 * SECOND_MS)] },
    },
    {
      id: 'jumps',
      timeline: [skew(-20 * SECOND_MS, 26 * MINUTE_MS, 'broker-0')],
      title: 'The wall clock jumps back by 20 s in the middle of the run',
      agent: { services: QUARTER_HOURS, timeline: [skew(-20 * SECOND_MS, 26 * MINUTE_MS)] },
    },
  ],
} satisfies Scenario;
