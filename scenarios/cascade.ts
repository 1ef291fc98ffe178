// One dead credential, and everything that meets it: the next commands, and the rollback.

import type { Scenario } from '../harness/scenario.ts';

export default {
  id: 'cascade',
  title: 'Every later command, and the rollback, meets the same dead credential',
  why: 'One expiry fails every command after it, and the rollback that should have cleaned up fails with the same credential (challenge 53).',
  kinds: ['tool'],
  untilMs: 6 * 3_600_000,
  timeline: [],
  tool: ['valid', 'expired', 'cascade', 'rollback'],
  checks: [
    'expiry-told-apart',
    'expired-at-true',
    'reauth-works',
    'exit-codes',
    'rollback-with-live-credential',
    'no-secret-leaked',
    'ends-clean',
  ],
} satisfies Scenario;
