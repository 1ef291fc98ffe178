// The control to a scope that is missing: GitHub's secondary rate limit is a 403 too, and passes by itself.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';
import { SHORT_NIGHT_MS } from './short-night.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

const LIMITED = {
  status: 403,
  headers: { 'retry-after': '60' },
  body: {
    message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    documentation_url:
      'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits',
  },
};

export default {
  id: '403-that-is-a-limit',
  title: 'A 403 that is a rate limit, and passes',
  why: 'Whoever takes every 403 for a missing permission gives up work that would succeed a minute later; GitHub’s secondary rate limit is a 403 with Retry-After.',
  kinds: ['broker', 'agent'],
  untilMs: 50 * MINUTE_MS,
  agent: {
    needsServices: ['github'],
    untilMs: SHORT_NIGHT_MS,
    timeline: [
      {
        atMs: 22 * MINUTE_MS,
        fault: {
          id: 'secondary-rate-limit',
          match: { service: 'github' },
          count: 2,
          do: 'answer',
          answer: LIMITED,
        },
      },
    ],
  },
  broker: {
    services: { github: { accessTtl: '30m' } },
    cohorts: [{ service: 'github', count: 2, tenants: 2, withinMs: 0 }],
    calls: [
      {
        to: { service: 'github' },
        fromMs: 2 * MINUTE_MS,
        everyMs: 2 * MINUTE_MS,
        spreadMs: MINUTE_MS,
        method: 'GET',
        path: '/user/repos?call={call}',
      },
    ],
  },
  timeline: [
    {
      atMs: 15 * MINUTE_MS,
      fault: {
        id: 'secondary-rate-limit',
        match: { service: 'github', account: 'tenant-1-github', route: 'user.repos' },
        untilMs: 16 * MINUTE_MS + 30 * SECOND_MS,
        do: 'answer',
        answer: LIMITED,
      },
    },
  ],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
