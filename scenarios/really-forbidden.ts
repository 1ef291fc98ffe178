// The control to every expiry: a live credential that may not, and one that never was.

import type { Scenario } from '../harness/scenario.ts';

export default {
  id: 'really-forbidden',
  title: 'The credential is good, and the answer is no',
  why: 'A refusal that no refresh can heal, taken for an expiry, is retried for ever (challenge 53).',
  kinds: ['tool'],
  untilMs: 6 * 3_600_000,
  timeline: [],
  tool: ['valid', 'missing-scope', 'never-valid', 'not-found', 'denied', 'reauth'],
  checks: ['reauth-works', 'exit-codes', 'denied-not-expired', 'no-secret-leaked', 'ends-clean'],
} satisfies Scenario;
