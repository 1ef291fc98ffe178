// A user takes the consent back, and no webhook tells: who notices, who is told, who goes on, and what happens afterwards.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';
import { SHORT_NIGHT_MS } from './short-night.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

export default {
  id: 'user-revoked',
  title: 'A user revokes the consent, and gives a new one when asked',
  why: 'A revoked grant looks like any 401 until the refresh fails; the token endpoint is then asked again and again, and the user is never told.',
  kinds: ['broker', 'agent'],
  untilMs: 2 * HOUR_MS,
  agent: {
    needsServices: ['salesforce'],
    untilMs: SHORT_NIGHT_MS,
    timeline: [{ atMs: 22 * MINUTE_MS, account: 'acme-salesforce', act: 'offboard' }],
  },
  broker: {
    services: { crm: { base: 'plain', accessTtl: '30m' } },
    cohorts: [{ service: 'crm', count: 4, tenants: 4, withinMs: MINUTE_MS }],
    calls: [
      {
        to: { service: 'crm' },
        fromMs: 5 * MINUTE_MS,
        everyMs: 10 * MINUTE_MS,
        spreadMs: MINUTE_MS,
        method: 'GET',
        path: '/v1/items?call={call}',
      },
      // After the death every replica meets it, more than once, before the person has consented again.
      {
        to: { account: 'tenant-1-crm' },
        fromMs: HOUR_MS + 30 * SECOND_MS,
        everyMs: 5 * SECOND_MS,
        untilMs: HOUR_MS + 80 * SECOND_MS,
        replicas: 'in-turn',
        method: 'GET',
        path: '/v1/items?call={call}',
      },
    ],
    reauthorizes: true,
  },
  timeline: [{ atMs: HOUR_MS, account: 'tenant-1-crm', act: 'revoke' }],
  checks: CHECKS.map(({ id }) => id),
  variants: [
    { id: 'noticed', title: 'The consent is taken back, and nobody tells' },
    {
      id: 'resumed',
      kinds: ['agent'],
      title: 'A new consent comes when asked for, and the paused work is finished',
      agent: {
        needsServices: ['hubspot'],
        untilMs: SHORT_NIGHT_MS,
        timeline: [{ atMs: 22 * MINUTE_MS, account: 'acme-hubspot', act: 'offboard' }],
        reauthorizes: true,
      },
    },
  ],
} satisfies Scenario;
