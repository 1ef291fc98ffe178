// The status says 200, and the body says no.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, SHORT_NIGHT_MS } from './short-night.ts';

export default {
  id: 'ok-false',
  title: 'A refusal inside a 200',
  why: 'Slack answers 200 with `{"ok":false,"error":"token_revoked"}`: whoever looks at the status alone counts the refused call as done.',
  kinds: ['agent'],
  needsServices: ['slack'],
  untilMs: SHORT_NIGHT_MS,
  timeline: [{ atMs: 22 * MINUTE_MS, account: 'acme-slack', act: 'revoke' }],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
