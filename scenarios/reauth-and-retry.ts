// What the error says that heals it is done, and the call is made again; then the grant is dead, and nothing heals it.

import type { Scenario } from '../harness/scenario.ts';

export default {
  id: 'reauth-and-retry',
  title: 'Do what the error says, and call again',
  why: 'The command that recovers the credentials is a promise to the agent that runs it unattended (challenge 53).',
  kinds: ['tool'],
  untilMs: 6 * 3_600_000,
  timeline: [],
  tool: ['valid', 'expired', 'env-var', 'reauth', 'repeat', 'dead', 'reauth'],
  checks: [
    'expiry-told-apart',
    'expired-at-true',
    'reauth-works',
    'exit-codes',
    'no-secret-leaked',
    'ends-clean',
  ],
} satisfies Scenario;
