// The status says 200, and the body says no.

import type { Scenario } from '../harness/scenario.ts';
import type { BrokerStory, Calls } from '../harness/workload/story.ts';
import { reads } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, SHORT_NIGHT_MS } from './short-night.ts';

export default {
  id: 'ok-false',
  title: 'A refusal inside a 200',
  why: 'Slack answers 200 with `{"ok":false,"error":"token_revoked"}`, GitHub’s token endpoint with `error=bad_refresh_token`, GraphQL with `errors`: whoever looks at the status alone counts the refused call as done.',
  kinds: ['broker', 'agent'],
  needsServices: ['slack'],
  untilMs: SHORT_NIGHT_MS,
  broker: at('slack', { path: '/api/auth.test?call={call}' }),
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
    {
      id: 'token-endpoint',
      title: 'GitHub says in a 200 that the refresh token is dead',
      timeline: [{ atMs: 22 * MINUTE_MS, account: 'acme-github', act: 'offboard' }],
      agent: { needsServices: ['github'] },
      broker: at('github', { path: '/user?call={call}' }),
    },
    {
      id: 'graphql',
      title: 'Shopify says in a 200 that a scope is missing',
      timeline: [
        {
          atMs: 22 * MINUTE_MS,
          account: 'acme-shopify',
          act: 'narrow-scope',
          scopes: [],
        },
      ],
      agent: { needsServices: ['shopify'] },
      broker: at('shopify', {
        method: 'POST',
        path: '/admin/api/2026-07/graphql.json?call={call}',
        body: { query: '{ products(first: 1) { nodes { id } } }' },
      }),
    },
  ],
} satisfies Scenario;

function at(service: string, call: Partial<Calls>): BrokerStory {
  return {
    services: { [service]: {} },
    cohorts: [{ service, count: 1, tenants: 1, withinMs: 0 }],
    calls: [reads({ service }, 7 * MINUTE_MS, call)],
  };
}
