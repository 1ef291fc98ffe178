// The server ends sessions long before anybody expects it: the same request with the same token meets the same refusal.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, SHORT_NIGHT_MS } from './short-night.ts';

export default {
  id: 'retry-is-not-refresh',
  title: 'Sessions end early, and a retry brings the same dead token',
  why: 'A tool retry re-invokes the tool with the same context: the token that was refused is presented again, and refused again. Retry and refresh are orthogonal.',
  kinds: ['agent'],
  needsServices: ['hubspot', 'salesforce'],
  untilMs: SHORT_NIGHT_MS,
  timeline: [
    { atMs: 10 * MINUTE_MS, account: 'acme-salesforce', act: 'end-sessions' },
    { atMs: 22 * MINUTE_MS, account: 'acme-hubspot', act: 'end-sessions' },
    { atMs: 34 * MINUTE_MS, account: 'acme-salesforce', act: 'end-sessions' },
    { atMs: 46 * MINUTE_MS, account: 'acme-hubspot', act: 'end-sessions' },
  ],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
