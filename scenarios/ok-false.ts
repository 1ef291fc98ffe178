// The status says 200, and the body says no.

import type { Scenario } from '../harness/scenario.ts';
import { reads } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, SHORT_NIGHT_MS } from './short-night.ts';

export default {
  id: 'ok-false',
  title: 'A refusal inside a 200',
  why: 'Slack answers 200 with `{"ok":false,"error":"token_revoked"}`: whoever looks at the status alone counts the refused call as done.',
  kinds: ['broker', 'agent'],
  needsServices: ['slack'],
  untilMs: SHORT_NIGHT_MS,
  broker: {
    services: { slack: {} },
    cohorts: [{ service: 'slack', count: 1, tenants: 1, withinMs: 0 }],
    calls: [reads({ service: 'slack' }, 7 * MINUTE_MS, { path: '/api/auth.test?call={call}' })],
  },
  timeline: [{ atMs: 22 * MINUTE_MS, account: 'acme-slack', act: 'revoke' }],
  checks: CHECKS.map(({ id }) => id),
  variants: [
    { id: 'over', title: 'The grant was revoked' },
    {
      id: 'renewable',
      title: 'The access token alone was ended, and a refresh heals it',
      kinds: ['broker'],
      timeline: [{ atMs: 22 * MINUTE_MS, account: 'acme-slack', act: 'end-sessions' }],
    },
  ],
} satisfies Scenario;
