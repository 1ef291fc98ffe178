// Salesforce refuses a session for reasons that no refresh heals, in words that speak of an invalid session.

import type { Scenario } from '../harness/scenario.ts';
import type { BrokerStory } from '../harness/workload/story.ts';
import type { ActName } from '../mocks/index.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, SHORT_NIGHT_MS } from './short-night.ts';

const bars = (act: Extract<ActName, 'restrict-session' | 'restrict-ip' | 'disable-api'>) => [
  { atMs: 22 * MINUTE_MS, account: 'acme-salesforce', act },
];

const broker: BrokerStory = {
  services: { salesforce: {} },
  cohorts: [{ service: 'salesforce', count: 1, tenants: 1, withinMs: 0 }],
  calls: [
    {
      to: { service: 'salesforce' },
      fromMs: 3 * MINUTE_MS,
      everyMs: 8 * MINUTE_MS,
      method: 'GET',
      path: '/services/data/v60.0/query?q=SELECT%20Name%20FROM%20Account%20LIMIT%201&call={call}',
    },
  ],
};

export default {
  id: 'session-invalid-three-ways',
  title: 'An invalid session that a new token does not heal',
  why: 'INVALID_SESSION_ID stands for a session policy, for an address that is not allowed, and for an API access that was lost: refreshing gives a new token that is refused in the same words.',
  kinds: ['broker', 'agent'],
  needsServices: ['salesforce'],
  untilMs: SHORT_NIGHT_MS,
  broker,
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
  variants: [
    { id: 'session-policy', timeline: bars('restrict-session') },
    { id: 'address', timeline: bars('restrict-ip') },
    { id: 'api-access', timeline: bars('disable-api') },
    {
      id: 'api-access-same-words',
      timeline: bars('disable-api'),
      broker: { ...broker, services: { salesforce: { variant: 'api-disabled-as-invalid-session' } } },
      agent: { services: { salesforce: { variant: 'api-disabled-as-invalid-session' } } },
    },
  ],
} satisfies Scenario;
