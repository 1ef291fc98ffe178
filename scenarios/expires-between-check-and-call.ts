// The token lives when it is looked at and is dead when the call arrives: no look ahead can rule that out.

import type { Scenario, TimelineStep } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, SHORT_NIGHT_MS } from './short-night.ts';

export default {
  id: 'expires-between-check-and-call',
  title: 'The token dies between the check and the call',
  why: 'A check before the call is a race: the token can expire between the check and the moment at which the API evaluates it, so a 401 must be handled where it happens.',
  kinds: ['agent'],
  needsServices: ['hubspot', 'google'],
  untilMs: SHORT_NIGHT_MS,
  timeline: [
    ...diesOnTheWay('hubspot', 'deals.search', 10 * MINUTE_MS),
    ...diesOnTheWay('google', 'spreadsheets.values.append', 22 * MINUTE_MS),
    ...diesOnTheWay('hubspot', 'deals.search', 34 * MINUTE_MS),
  ],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;

// The gate keeps the call on its way until its session has ended.
function diesOnTheWay(service: string, route: string, atMs: number): readonly TimelineStep[] {
  const gate = `${service}-${atMs / MINUTE_MS}`;
  return [
    {
      atMs,
      gate: {
        id: gate,
        match: { service, route },
        phase: 'before-commit',
        arrive: null,
        release: 'all',
        giveUpMs: 2000,
      },
    },
    {
      when: { entry: 'gate.held', match: { gate } },
      account: `acme-${service}`,
      act: 'end-sessions',
    },
  ];
}
