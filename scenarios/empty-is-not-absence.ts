// Refused searches among searches that truly find nothing: after the first hour no deal changes.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, SHORT_NIGHT_MS } from './short-night.ts';

export default {
  id: 'empty-is-not-absence',
  title: 'Refused searches and truly empty ones in the same run',
  why: 'An empty result and a refused call look alike once a wrapper has turned the 401 into an empty list: "no data" is then read as a fact about the world.',
  kinds: ['agent'],
  needsServices: ['hubspot', 'salesforce'],
  untilMs: SHORT_NIGHT_MS,
  timeline: [
    { atMs: 16 * MINUTE_MS, account: 'acme-hubspot', act: 'end-sessions' },
    { atMs: 28 * MINUTE_MS, account: 'acme-salesforce', act: 'end-sessions' },
    { atMs: 40 * MINUTE_MS, account: 'acme-hubspot', act: 'end-sessions' },
    { atMs: 64 * MINUTE_MS, account: 'acme-hubspot', act: 'end-sessions' },
    { atMs: 67 * MINUTE_MS, account: 'acme-hubspot', act: 'revoke' },
  ],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
