// A session outlives its credential: what does the next command say?

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';
import { QUARTER_HOURS, SHORT_NIGHT_MS } from './short-night.ts';

export default {
  id: 'expires-mid-session',
  title: 'A session outlives its credential',
  why: 'A role lives for fifteen minutes and the session for longer; "access denied" then reads like a permission that never was (challenge 53).',
  kinds: ['tool', 'agent'],
  untilMs: 6 * 3_600_000,
  agent: {
    needsServices: ['hubspot'],
    untilMs: SHORT_NIGHT_MS,
    services: QUARTER_HOURS,
    checks: CHECKS.map(({ id }) => id),
  },
  timeline: [],
  tool: ['valid', 'expired', 'denied'],
  checks: [
    'expiry-told-apart',
    'expired-at-true',
    'reauth-works',
    'exit-codes',
    'denied-not-expired',
    'no-secret-leaked',
    'ends-clean',
  ],
} satisfies Scenario;
