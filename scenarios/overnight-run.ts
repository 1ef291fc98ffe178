// The whole night: three services whose tokens end by three clocks of their own.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';

export default {
  id: 'overnight-run',
  title: 'Six hours over services whose tokens end at different times',
  why: 'A six-hour run against several services has several clocks without a common point: at any moment some token is near its end.',
  kinds: ['agent'],
  untilMs: 6 * 3_600_000,
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
