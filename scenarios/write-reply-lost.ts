// Rows were written, and the answer that says so never came: once more is twice, and never again may be not at all.

import type { Scenario, TimelineStep } from '../harness/scenario.ts';
import type { ExchangeMatch } from '../harness/world/match.ts';
import { crm, MINUTE_MS, reads, TWO_TENANTS } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';
import { SHORT_NIGHT_MS } from './short-night.ts';

export default {
  id: 'write-reply-lost',
  title: 'A write is committed, and its answer is lost; later one is lost before the commit',
  why: 'A write that was committed and whose answer was lost looks like one that failed: the repetition writes it twice, and giving up may leave a gap.',
  kinds: ['agent', 'broker'],
  needsServices: ['google'],
  untilMs: SHORT_NIGHT_MS,
  broker: {
    services: { crm: crm() },
    cohorts: TWO_TENANTS,
    calls: [
      reads({ service: 'crm' }, 6 * MINUTE_MS),
      reads({ service: 'crm' }, 4 * MINUTE_MS, {
        method: 'POST',
        path: '/v1/items',
        body: { note: '{call}' },
      }),
    ],
    told: { timeline: lostOn({ service: 'crm', route: 'items.create' }) },
  },
  timeline: lostOn({ service: 'google', route: 'spreadsheets.values.append' }),
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;

function lostOn(match: ExchangeMatch): readonly TimelineStep[] {
  return [
    {
      atMs: 10 * MINUTE_MS,
      fault: { id: 'answer-lost', match, do: 'reset', when: 'after-commit', count: 1 },
    },
    {
      atMs: 25 * MINUTE_MS,
      fault: { id: 'request-lost', match, do: 'reset', when: 'before-commit', count: 1 },
    },
    {
      atMs: 40 * MINUTE_MS,
      fault: { id: 'connection-closed', match, do: 'drop', when: 'after-commit', count: 1 },
    },
  ];
}
