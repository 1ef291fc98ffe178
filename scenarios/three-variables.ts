// One refusal, and three layers that may hide it: the wrapper of the tool, the model that reads its result, the framework.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, SHORT_NIGHT_MS } from './short-night.ts';

export default {
  id: 'three-variables',
  title: 'A 401 passes through wrapper, model and framework',
  why: 'Whether a 401 surfaces depends on three variables: what the tool wrapper does with it, how the model reads the result, and what the framework does with an exception.',
  kinds: ['agent'],
  needsServices: ['salesforce', 'google'],
  untilMs: SHORT_NIGHT_MS,
  timeline: [
    { atMs: 10 * MINUTE_MS, account: 'acme-salesforce', act: 'end-sessions' },
    { atMs: 16 * MINUTE_MS, account: 'acme-google', act: 'end-sessions' },
    { atMs: 28 * MINUTE_MS, account: 'acme-salesforce', act: 'revoke' },
  ],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
