// The agent's wall clock is not the server's: the stated end of a token comes earlier or later than it reads.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, QUARTER_HOURS, SECOND_MS, SHORT_NIGHT_MS } from './short-night.ts';

const skew = (skewMs: number, atMs = 0) => ({ atMs, party: 'agent', skewMs });

export default {
  id: 'skewed-clock',
  title: 'A wall clock that is behind, ahead, or jumps',
  why: 'A token is used too early by four seconds, or held for alive when it is over: clocks differ by seconds everywhere, and by minutes on some machines (googleapis/google-auth-library-python#889).',
  kinds: ['agent'],
  needsServices: ['hubspot'],
  untilMs: SHORT_NIGHT_MS,
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
  variants: [
    {
      id: 'behind-30s',
      title: 'The wall clock is 30 s behind',
      agent: { services: QUARTER_HOURS, timeline: [skew(-30 * SECOND_MS)] },
    },
    {
      id: 'ahead-20s',
      title: 'The wall clock is 20 s ahead',
      agent: { services: QUARTER_HOURS, timeline: [skew(20 * SECOND_MS)] },
    },
    {
      id: 'jumps',
      title: 'The wall clock jumps back by 20 s in the middle of the run',
      agent: { services: QUARTER_HOURS, timeline: [skew(-20 * SECOND_MS, 26 * MINUTE_MS)] },
    },
  ],
} satisfies Scenario;
