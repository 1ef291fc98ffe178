// Salesforce refuses a session for reasons that no refresh heals, in words that speak of an invalid session.

import type { Scenario } from '../harness/scenario.ts';
import type { ActName } from '../mocks/index.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, SHORT_NIGHT_MS } from './short-night.ts';

const bars = (act: Extract<ActName, 'restrict-session' | 'restrict-ip' | 'disable-api'>) => [
  { atMs: 22 * MINUTE_MS, account: 'acme-salesforce', act },
];

export default {
  id: 'session-invalid-three-ways',
  title: 'An invalid session that a new token does not heal',
  why: 'INVALID_SESSION_ID stands for a session policy, for an address that is not allowed, and for an API access that was lost: refreshing gives a new token that is refused in the same words.',
  kinds: ['agent'],
  needsServices: ['salesforce'],
  untilMs: SHORT_NIGHT_MS,
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
  variants: [
    { id: 'session-policy', timeline: bars('restrict-session') },
    { id: 'address', timeline: bars('restrict-ip') },
    { id: 'api-access', timeline: bars('disable-api') },
    {
      id: 'api-access-same-words',
      timeline: bars('disable-api'),
      agent: { services: { salesforce: { variant: 'api-disabled-as-invalid-session' } } },
    },
  ],
} satisfies Scenario;
