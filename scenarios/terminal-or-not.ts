// A rate limit, a page that says invalid_grant, silence, and then the true word: only the last one is the end.

import type { Scenario } from '../harness/scenario.ts';
import type { FaultDeed } from '../harness/world/faults.ts';
import { json } from '../mocks/http.ts';
import { crm, HOUR_MS, MINUTE_MS, ONE, reads, SECOND_MS, TWO_TENANTS } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';

const PAGE = '<html><body><h1>503</h1><p>{"error":"invalid_grant"}</p></body></html>';
const TROUBLES: readonly FaultDeed[] = [
  { do: 'answer', answer: json(429, { error: 'rate_limited' }, { 'retry-after': '180' }) },
  { do: 'answer', answer: { status: 503, headers: { 'content-type': 'text/html' }, body: PAGE } },
  { do: 'answer', answer: json(500, { error: 'server_error' }) },
  { do: 'reset', when: 'before-commit' },
];
const match = { service: 'crm', route: 'token', account: ONE };

export default {
  id: 'terminal-or-not',
  title: 'Trouble of every kind at the token endpoint, and in the end a true refusal',
  why: 'A 429 was read as invalid_grant, and the session deleted (decocms/studio#6122); a page from a proxy repeats the words of yesterday; a silence is no answer. The one true refusal must then be told.',
  kinds: ['broker'],
  untilMs: 2 * HOUR_MS + 20 * MINUTE_MS,
  broker: {
    services: { crm: crm() },
    cohorts: TWO_TENANTS,
    calls: [reads({ service: 'crm' }, 3 * MINUTE_MS)],
  },
  timeline: [
    ...TROUBLES.map((deed, index) => ({
      atMs: index * 25 * MINUTE_MS,
      fault: { id: `trouble-${index + 1}`, match, count: 1, ...deed },
    })),
    { atMs: 2 * HOUR_MS + 30 * SECOND_MS, account: ONE, act: 'revoke' as const },
  ],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
