// The operator rotated the client secret, and the agent still has the old one: no user can heal that.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, QUARTER_HOURS, SHORT_NIGHT_MS } from './short-night.ts';

export default {
  id: 'stale-client-secret',
  title: 'The client secret was rotated while the agent runs',
  why: 'The secret was rotated last week, and the job started before: its next refresh gets invalid_client, which is the operator’s fault and not the end of any grant (RFC 6749 section 5.2).',
  kinds: ['agent'],
  needsServices: ['hubspot'],
  untilMs: SHORT_NIGHT_MS,
  agent: { services: QUARTER_HOURS },
  timeline: [{ atMs: 20 * MINUTE_MS, account: 'acme-hubspot', act: 'rotate-client-secret' }],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
