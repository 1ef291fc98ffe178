// The subject's wall clock is not the server's: the stated end of a token comes earlier or later than it reads.

import type { Scenario, Variant } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, QUARTER_HOURS, SECOND_MS, SHORT_NIGHT_MS } from './short-night.ts';

export default {
  id: 'skewed-clock',
  title: 'A wall clock that is behind, ahead, or jumps',
  why: 'A token is used too early by four seconds, or held for alive when it is over: clocks differ by seconds everywhere, and by minutes on some machines (googleapis/google-auth-library-python#889).',
  kinds: ['broker', 'agent'],
  needsServices: ['hubspot'],
  untilMs: SHORT_NIGHT_MS,
  broker: {
    services: { crm: { base: 'plain', accessTtl: '15m' } },
    cohorts: [{ service: 'crm', count: 8, tenants: 8, withinMs: 0 }],
    calls: [
      {
        to: { service: 'crm' },
        fromMs: 3 * MINUTE_MS,
        everyMs: 2 * MINUTE_MS,
        spreadMs: MINUTE_MS,
        method: 'GET',
        path: '/v1/items?call={call}',
      },
    ],
  },
  timeline: [],
  // Whoever's clock is wrong cannot say to two seconds when a token was over.
  checks: CHECKS.map(({ id }) => id).filter((id) => id !== 'expired-at-true'),
  variants: [
    behind('1s', SECOND_MS),
    behind('30s', 30 * SECOND_MS),
    behind('4m', 4 * MINUTE_MS),
    ahead('1s', SECOND_MS),
    ahead('30s', 30 * SECOND_MS),
    ahead('4m', 4 * MINUTE_MS),
    told(
      'jumps',
      'The wall clock jumps back by 20 s in the middle of the run',
      -20 * SECOND_MS,
      26 * MINUTE_MS,
    ),
    told(
      'jumps-ahead',
      'The wall clock jumps ahead by 30 s in the middle of the run',
      30 * SECOND_MS,
      26 * MINUTE_MS,
    ),
  ],
} satisfies Scenario;

function behind(far: string, ms: number): Variant {
  return told(`behind-${far}`, `The wall clock is ${far.replace(/(?=[a-z])/, ' ')} behind`, -ms);
}

function ahead(far: string, ms: number): Variant {
  return told(`ahead-${far}`, `The wall clock is ${far.replace(/(?=[a-z])/, ' ')} ahead`, ms);
}

function told(id: string, title: string, skewMs: number, atMs = 0): Variant {
  return {
    id,
    title,
    timeline: [{ atMs, party: 'broker-0', skewMs }],
    agent: { services: QUARTER_HOURS, timeline: [{ atMs, party: 'agent', skewMs }] },
  };
}
