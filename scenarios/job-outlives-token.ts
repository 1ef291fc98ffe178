// A job at the server that takes longer than the token with which it was started.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';
import { SHORT_NIGHT_MS } from './short-night.ts';

export default {
  id: 'job-outlives-token',
  title: 'One job at the server outlives the token that started it',
  why: 'A wait that began with a live token goes on past its end: it hangs, or its last poll is refused and the result is lost (argoproj/argo-cd#9527).',
  kinds: ['agent'],
  needsServices: ['plain'],
  untilMs: SHORT_NIGHT_MS,
  // Shorter than any job that is worth waiting for.
  agent: { services: { plain: { accessTtl: '7m' } } },
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
