// A token answer without a refresh token is legal, and means that the old one stays: what wipes it dies one expiry later.

import type { Scenario } from '../harness/scenario.ts';
import { preset } from '../harness/world/presets.ts';
import { crm, MINUTE_MS, reads, TWO_TENANTS } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';
import { QUARTER_HOURS, SHORT_NIGHT_MS } from './short-night.ts';

export default {
  id: 'refresh-token-omitted',
  title: 'Token answers without a refresh token, over several expiries',
  why: 'The server may leave the refresh token out of its answer (RFC 6749 section 6); a client that stores what came stores nothing, and dies at the second expiry (modelcontextprotocol/python-sdk#2270).',
  kinds: ['agent', 'broker'],
  needsServices: ['hubspot'],
  untilMs: SHORT_NIGHT_MS,
  agent: {
    services: QUARTER_HOURS,
    timeline: [{ atMs: 0, fault: preset('refresh-token-omitted', { service: 'hubspot', route: 'token' }) }],
  },
  broker: {
    services: { crm: crm({ accessTtl: '15m', rotation: 'none', refreshToken: 'when-new' }) },
    cohorts: TWO_TENANTS,
    calls: [reads({ service: 'crm' }, 4 * MINUTE_MS)],
  },
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
