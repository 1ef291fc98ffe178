// The night of the article: at hour 4 one grant ends for good, and the work goes on without it.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';

const HOUR_MS = 3_600_000;

export default {
  id: 'hour-four',
  title: 'At hour 4 the Salesforce grant is revoked, and deals go on changing',
  why: 'The report shows the deals of hour 1, and the enrichment of hour 4 is missing: no error in the logs, the run reported as completed.',
  kinds: ['agent'],
  needsServices: ['salesforce'],
  untilMs: 6 * HOUR_MS,
  timeline: [{ atMs: 4 * HOUR_MS, account: 'acme-salesforce', act: 'revoke' }],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
