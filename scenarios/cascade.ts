// One dead credential, and everything that meets it: the next commands, and the rollback.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, SHORT_NIGHT_MS } from './short-night.ts';

export default {
  id: 'cascade',
  title: 'Every later command, and the rollback, meets the same dead credential',
  why: 'One expiry fails every command after it, and the rollback that should have cleaned up fails with the same credential (challenge 53).',
  kinds: ['tool', 'agent'],
  untilMs: 6 * 3_600_000,
  agent: {
    // What is read can no longer be written, by any of the calls that are still to come.
    needsServices: ['google'],
    untilMs: SHORT_NIGHT_MS,
    timeline: [{ atMs: 22 * MINUTE_MS, account: 'acme-google', act: 'revoke' }],
    checks: CHECKS.map(({ id }) => id),
  },
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
