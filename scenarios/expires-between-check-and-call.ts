// The token lives when it is looked at and is dead when the call arrives: no look ahead can rule that out.

import type { Scenario, TimelineStep } from '../harness/scenario.ts';
import { crm, MINUTE_MS, ONE, reads, TWO_TENANTS } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';
import { SHORT_NIGHT_MS } from './short-night.ts';

const WRITES = { method: 'POST', path: '/v1/items', body: { note: '{call}' } } as const;

export default {
  id: 'expires-between-check-and-call',
  title: 'The token dies between the check and the call',
  why: 'A check before the call is a race: the token can expire between the check and the moment at which the API evaluates it, so a 401 must be handled where it happens.',
  kinds: ['agent', 'broker'],
  needsServices: ['hubspot', 'google'],
  untilMs: SHORT_NIGHT_MS,
  broker: {
    services: { crm: crm() },
    cohorts: TWO_TENANTS,
    calls: [reads({ service: 'crm' }, 4 * MINUTE_MS), reads({ service: 'crm' }, 6 * MINUTE_MS, WRITES)],
    told: {
      timeline: [
        ...diesOnTheWay(ONE, 'items.list', 9 * MINUTE_MS),
        ...diesOnTheWay(ONE, 'items.create', 19 * MINUTE_MS),
        ...diesOnTheWay(ONE, 'items.list', 41 * MINUTE_MS),
      ],
    },
  },
  timeline: [
    ...diesOnTheWay('acme-hubspot', 'deals.search', 10 * MINUTE_MS),
    ...diesOnTheWay('acme-google', 'spreadsheets.values.append', 22 * MINUTE_MS),
    ...diesOnTheWay('acme-hubspot', 'deals.search', 34 * MINUTE_MS),
  ],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;

// The gate keeps the call on its way until its session has ended.
function diesOnTheWay(account: string, route: string, atMs: number): readonly TimelineStep[] {
  const id = `${account}-${atMs / MINUTE_MS}`;
  const match = { account, route };
  return [
    { atMs, gate: { id, match, phase: 'before-commit', arrive: null, release: 'all', giveUpMs: 2000 } },
    { when: { entry: 'gate.held', match: { gate: id } }, account, act: 'end-sessions' },
  ];
}
