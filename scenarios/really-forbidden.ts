// The control to every expiry: a live credential that may not, and one that never was.

import type { Scenario } from '../harness/scenario.ts';
import { crm, MINUTE_MS, ONE, reads, TWO_TENANTS } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';
import { SHORT_NIGHT_MS } from './short-night.ts';

export default {
  id: 'really-forbidden',
  title: 'The credential is good, and the answer is no',
  why: 'A refusal that no refresh can heal, taken for an expiry, is retried for ever (challenge 53).',
  kinds: ['tool', 'agent', 'broker'],
  untilMs: 6 * 3_600_000,
  agent: {
    needsServices: ['salesforce'],
    untilMs: SHORT_NIGHT_MS,
    timeline: [{ atMs: 22 * MINUTE_MS, account: 'acme-salesforce', act: 'deny-by-policy' }],
    checks: CHECKS.map(({ id }) => id),
  },
  broker: {
    services: { crm: crm() },
    cohorts: TWO_TENANTS,
    calls: [reads({ service: 'crm' }, 4 * MINUTE_MS)],
    told: {
      untilMs: SHORT_NIGHT_MS,
      timeline: [{ atMs: 22 * MINUTE_MS, account: ONE, act: 'deny-by-policy' }],
      checks: CHECKS.map(({ id }) => id),
    },
  },
  timeline: [],
  tool: ['valid', 'missing-scope', 'never-valid', 'not-found', 'denied', 'reauth'],
  checks: ['reauth-works', 'exit-codes', 'denied-not-expired', 'no-secret-leaked', 'ends-clean'],
} satisfies Scenario;
