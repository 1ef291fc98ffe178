// A session outlives its credential: what does the next command say?

import type { Scenario } from '../harness/scenario.ts';

export default {
  id: 'expires-mid-session',
  title: 'A session outlives its credential',
  why: 'A role lives for fifteen minutes and the session for longer; "access denied" then reads like a permission that never was (challenge 53).',
  kinds: ['tool'],
  untilMs: 6 * 3_600_000,
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
