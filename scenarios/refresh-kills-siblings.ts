// Each refresh ends the access tokens before it: who does not share the new one refreshes again, and ends that of the others.

import type { Scenario } from '../harness/scenario.ts';
import { crm, HOUR_MS, MINUTE_MS, ONE, reads, rush, SECOND_MS, TWO_TENANTS } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';

const REPLICAS = 3;

export default {
  id: 'refresh-kills-siblings',
  title: 'Each refresh ends the access tokens that were there before',
  why: 'A storm: each refresh revoked the siblings’ access tokens, and each of them refreshed in turn, every five minutes (anthropics/claude-code#58066).',
  kinds: ['broker'],
  untilMs: HOUR_MS,
  broker: {
    services: { crm: crm({ oldAccess: 'dies' }) },
    cohorts: TWO_TENANTS,
    replicas: REPLICAS,
    calls: [
      reads({ service: 'crm' }, 5 * MINUTE_MS, { together: REPLICAS }),
      rush({ account: ONE }, 12 * MINUTE_MS + SECOND_MS, 2 * REPLICAS),
    ],
  },
  timeline: [{ atMs: 12 * MINUTE_MS, account: ONE, act: 'end-sessions' }],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
