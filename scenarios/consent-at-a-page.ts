// What the stories of a person at a page have in common: a grant is revoked, work goes on being asked for, a person is asked.

import type { Scenario } from '../harness/scenario.ts';
import { HOUR_MS, MINUTE_MS, ONE, reads, TWO_TENANTS } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';

/** A broker's two hours at a server that is not mocked; at half past the first its user takes the consent back. */
export const AT_A_PAGE = {
  kinds: ['broker'],
  untilMs: 2 * HOUR_MS,
  broker: {
    services: { crm: { base: 'oidc', accessTtl: '30m' } },
    cohorts: TWO_TENANTS,
    calls: [
      reads({ service: 'crm' }, 10 * MINUTE_MS),
      {
        to: { service: 'crm' },
        fromMs: 5 * MINUTE_MS,
        everyMs: 10 * MINUTE_MS,
        method: 'POST',
        path: '/v1/items',
        body: { name: 'order {call}' },
      },
    ],
    reauthorizes: true,
  },
  timeline: [{ atMs: 30 * MINUTE_MS, account: ONE, act: 'revoke' }],
  checks: CHECKS.map(({ id }) => id),
} as const satisfies Partial<Scenario>;
