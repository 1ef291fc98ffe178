// What the error says that heals it is done, and the call is made again; then the grant is dead, and nothing heals it.

import type { Scenario } from '../harness/scenario.ts';
import { crm, MINUTE_MS, ONE, reads, TWO_TENANTS } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';
import { QUARTER_HOURS, SHORT_NIGHT_MS } from './short-night.ts';

export default {
  id: 'reauth-and-retry',
  title: 'Do what the error says, and call again',
  why: 'The command that recovers the credentials is a promise to the agent that runs it unattended (challenge 53).',
  kinds: ['tool', 'agent', 'broker'],
  untilMs: 6 * 3_600_000,
  agent: {
    needsServices: ['hubspot'],
    untilMs: SHORT_NIGHT_MS,
    services: QUARTER_HOURS,
    timeline: [{ atMs: 22 * MINUTE_MS, account: 'acme-hubspot', act: 'revoke' }],
    reauthorizes: true,
    checks: CHECKS.map(({ id }) => id),
  },
  broker: {
    services: { crm: crm() },
    cohorts: TWO_TENANTS,
    calls: [reads({ service: 'crm' }, 4 * MINUTE_MS)],
    reauthorizes: true,
    told: {
      untilMs: SHORT_NIGHT_MS,
      timeline: [{ atMs: 22 * MINUTE_MS, account: ONE, act: 'revoke' }],
      checks: CHECKS.map(({ id }) => id),
    },
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
