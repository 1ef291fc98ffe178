// Lifetimes as services state them: in a string, not at all, as nothing, below nothing, or for ever.

import type { ServiceKnobs } from '../harness/config/knobs.ts';
import type { Scenario, Variant } from '../harness/scenario.ts';
import { crm, MINUTE_MS, reads, TWO_TENANTS } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';
import { SHORT_NIGHT_MS } from './short-night.ts';

export default {
  id: 'odd-expires-in',
  title: '`expires_in` is a string, missing, zero, negative, or huge',
  why: 'expires_in is a number by RFC 6749 section 5.1, recommended and not required: it comes as a string, as 0, below 0 or not at all (maneja81/OpenOrbit#83, IBM/mcp-context-forge#3989, CESNET/fake-oidc-server#4).',
  kinds: ['broker', 'agent'],
  needsServices: ['hubspot'],
  untilMs: 100 * MINUTE_MS,
  broker: story({}),
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
  variants: [
    variant('string', { expiresIn: 'string' }, 'The lifetime is a string'),
    variant('missing', { expiresIn: 'absent' }, 'No lifetime is stated'),
    variant('zero', { statedTtl: '0s' }, 'The lifetime is 0'),
    variant('negative', { statedTtl: '-5s' }, 'The lifetime is below 0'),
    variant('huge', { statedTtl: '9000d' }, 'The lifetime is longer than a timer can wait, and not true'),
  ],
} satisfies Scenario;

function story(knobs: ServiceKnobs) {
  const calls = [reads({ service: 'crm' }, 4 * MINUTE_MS)];
  return { services: { crm: crm(knobs) }, cohorts: TWO_TENANTS, calls };
}

function variant(id: string, knobs: ServiceKnobs, title: string): Variant {
  // An agent's tokens are its services' own: only what is said of their lives is odd.
  const agent = { untilMs: SHORT_NIGHT_MS, services: { hubspot: { accessTtl: '15m', ...knobs } } };
  return { id, title, broker: story(knobs), agent };
}
