// Google says `invalid_grant` for whatever ended a grant; what helps is the same from outside, whatever it was.

import type { ServiceKnobs } from '../harness/config/knobs.ts';
import type { Scenario } from '../harness/scenario.ts';
import type { BrokerStory } from '../harness/workload/story.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, SHORT_NIGHT_MS } from './short-night.ts';

/** A new password ends grants that reach into mail, and no others. */
const WITH_MAIL = ['https://www.googleapis.com/auth/spreadsheets', 'https://mail.google.com/'] as const;

const brokerWith = (knobs: ServiceKnobs): BrokerStory => ({
  services: { google: { accessTtl: '20m', ...knobs } },
  cohorts: [{ service: 'google', count: 1, tenants: 1, withinMs: 0 }],
  calls: [
    {
      to: { service: 'google' },
      fromMs: 3 * MINUTE_MS,
      everyMs: 7 * MINUTE_MS,
      method: 'GET',
      path: '/drive/v3/files?pageSize=1&call={call}',
    },
  ],
  reauthorizes: true,
});

export default {
  id: 'one-error-three-causes',
  title: 'One `invalid_grant`, several causes',
  why: 'Google answers invalid_grant for a revoked grant, for one that was unused for too long, and for one that newer grants evicted; the words do not tell which.',
  kinds: ['broker', 'agent'],
  needsServices: ['google'],
  untilMs: SHORT_NIGHT_MS,
  broker: brokerWith({}),
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
  variants: [
    {
      id: 'revoked',
      title: 'Google says invalid_grant: the user revoked the consent',
      timeline: [{ atMs: 22 * MINUTE_MS, account: 'acme-google', act: 'revoke' }],
    },
    {
      id: 'password',
      title: 'Google says invalid_grant: the password was changed, and the grant covers mail',
      agent: { services: { google: { scopes: [...WITH_MAIL] } } },
      timeline: [{ atMs: 22 * MINUTE_MS, account: 'acme-google', act: 'change-password' }],
    },
    {
      id: 'idle',
      title: 'Google says invalid_grant: the refresh token was unused for longer than its window',
      agent: { services: { google: { accessTtl: '40m', refreshIdle: '30m' } } },
    },
    {
      id: 'evicted',
      title: 'Google says invalid_grant: a hundred newer grants have pushed this one out',
      timeline: [{ atMs: 22 * MINUTE_MS, account: 'acme-google', act: 'evict' }],
    },
    {
      id: 'session-policy',
      title: 'Google says invalid_grant, of the kind invalid_rapt: a policy wants the user to sign in again',
      timeline: [{ atMs: 22 * MINUTE_MS, account: 'acme-google', act: 'require-reauth' }],
    },
    {
      id: 'capped',
      title: 'Google says invalid_grant: the app is in Testing, where a grant lives for seven days',
      broker: brokerWith({ refreshCap: '30m' }),
      agent: { services: { google: { accessTtl: '20m', refreshCap: '30m' } } },
    },
  ],
} satisfies Scenario;
