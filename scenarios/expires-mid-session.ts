// A session outlives its credential: what does the next command say?

import type { Scenario } from '../harness/scenario.ts';
import { crm, MINUTE_MS, reads, TWO_TENANTS } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';
import { QUARTER_HOURS, SHORT_NIGHT_MS } from './short-night.ts';

export default {
  id: 'expires-mid-session',
  title: 'A session outlives its credential',
  why: 'A role lives for fifteen minutes and the session for longer; "access denied" then reads like a permission that never was (challenge 53).',
  kinds: ['tool', 'agent', 'broker'],
  untilMs: 6 * 3_600_000,
  agent: {
    needsServices: ['hubspot'],
    untilMs: SHORT_NIGHT_MS,
    services: QUARTER_HOURS,
    checks: CHECKS.map(({ id }) => id),
  },
  broker: {
    services: { crm: crm({ accessTtl: '15m' }) },
    cohorts: TWO_TENANTS,
    calls: [reads({ service: 'crm' }, 4 * MINUTE_MS)],
    told: { untilMs: 40 * MINUTE_MS, checks: CHECKS.map(({ id }) => id) },
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
