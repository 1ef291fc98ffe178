// The control: a night in which nothing expires. Whoever fails here fails for another reason than its credentials.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';

export default {
  id: 'healthy-day',
  title: 'Six hours in which nothing expires',
  why: 'The control: where tokens live longer than the run, no check may fail a subject.',
  kinds: ['agent'],
  untilMs: 6 * 3_600_000,
  nothingExpires: true,
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
