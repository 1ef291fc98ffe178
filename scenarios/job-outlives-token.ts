// A job at the server that takes longer than the token with which it was started.

import type { Scenario } from '../harness/scenario.ts';
import { crm, MINUTE_MS, ONE, reads, SECOND_MS, TWO_TENANTS } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';
import { SHORT_NIGHT_MS } from './short-night.ts';

const OTHER = 'tenant-2-crm';
/** Longer than the whole life of a broker's token here, and no longer than the patience of a common HTTP client. */
const LONG_MS = 270 * SECOND_MS;

export default {
  id: 'job-outlives-token',
  title: 'One job at the server outlives the token that started it',
  why: 'A wait that began with a live token goes on past its end: it hangs, or its last poll is refused and the result is lost (argoproj/argo-cd#9527).',
  kinds: ['agent', 'broker'],
  needsServices: ['plain'],
  untilMs: SHORT_NIGHT_MS,
  // Shorter than any job that is worth waiting for.
  agent: { services: { plain: { accessTtl: '7m' } } },
  broker: {
    services: { crm: crm({ accessTtl: '4m' }) },
    cohorts: TWO_TENANTS,
    calls: [
      // A job and the wait for it; for the other tenant calls that take long themselves, among such as do not.
      {
        to: { account: ONE },
        fromMs: 3 * MINUTE_MS,
        method: 'POST',
        path: '/v1/jobs',
        body: { durationMs: 40 * MINUTE_MS },
      },
      reads({ account: ONE }, MINUTE_MS, {
        fromMs: 4 * MINUTE_MS,
        untilMs: 45 * MINUTE_MS,
        path: '/v1/jobs/job-1?call={call}',
      }),
      reads({ account: OTHER }, MINUTE_MS),
      reads({ account: OTHER }, 20 * MINUTE_MS, { fromMs: 3 * MINUTE_MS, path: '/v1/me?call={call}' }),
    ],
    told: {
      timeline: [
        {
          atMs: 2 * MINUTE_MS,
          gate: {
            id: 'long-answer',
            match: { account: OTHER, route: 'me' },
            phase: 'after-commit',
            arrive: null,
            release: 'all',
            giveUpMs: LONG_MS,
          },
        },
        {
          atMs: 20 * MINUTE_MS,
          fault: {
            id: 'long-way',
            match: { account: OTHER, route: 'me' },
            do: 'delay',
            ms: LONG_MS,
            count: 1,
          },
        },
      ],
    },
  },
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
