// An access token dies before the end that was stated. A clock does not tell; the answer does.

import type { Scenario } from '../harness/scenario.ts';
import { crm, HOUR_MS, MINUTE_MS, ONE, reads, rush, SECOND_MS, TWO_TENANTS } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';

export default {
  id: 'revoked-while-valid',
  title: 'An access token dies before its stated end, while its grant lives',
  why: 'A 401 before the local expires_at (anthropics/claude-code#54443), a session that continuous access evaluation ends: whoever looks at the clock only fails until the hour is over.',
  kinds: ['broker'],
  untilMs: HOUR_MS,
  broker: {
    services: { crm: crm() },
    cohorts: TWO_TENANTS,
    calls: [
      reads({ service: 'crm' }, 6 * MINUTE_MS),
      rush({ account: ONE }, 10 * MINUTE_MS + SECOND_MS, 3),
      {
        ...rush({ account: ONE }, 40 * MINUTE_MS + SECOND_MS, 2),
        method: 'POST',
        path: '/v1/items',
        body: { name: 'from {call}' },
      },
    ],
  },
  timeline: [
    { atMs: 10 * MINUTE_MS, account: ONE, act: 'end-sessions' },
    { atMs: 40 * MINUTE_MS, account: ONE, act: 'end-sessions' },
    {
      atMs: 50 * MINUTE_MS,
      fault: {
        id: 'write-reply-lost',
        match: { service: 'crm', route: 'items.create' },
        do: 'reset',
        when: 'after-commit',
        count: 1,
      },
    },
  ],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
