// The integration test that everyone passes: it ends before the first token does.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';

export default {
  id: 'half-hour-staging',
  title: 'The half-hour integration test, over before the first token is',
  why: 'Staging passes and the thirty-minute test passes, because it never runs long enough to meet the end of a token.',
  kinds: ['agent'],
  untilMs: 29 * 60_000,
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
