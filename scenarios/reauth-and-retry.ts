// What the error says that heals it is done, and the call is made again; then the grant is dead, and nothing heals it.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, QUARTER_HOURS, SHORT_NIGHT_MS } from './short-night.ts';

export default {
  id: 'reauth-and-retry',
  title: 'Do what the error says, and call again',
  why: 'The command that recovers the credentials is a promise to the agent that runs it unattended (challenge 53).',
  kinds: ['tool', 'agent'],
  untilMs: 6 * 3_600_000,
  agent: {
    needsServices: ['hubspot'],
    untilMs: SHORT_NIGHT_MS,
    services: QUARTER_HOURS,
    timeline: [{ atMs: 22 * MINUTE_MS, account: 'acme-hubspot', act: 'revoke' }],
    reauthorizes: true,
    checks: CHECKS.map(({ id }) => id),
  },
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
