// Killed at each step of its round in turn, and started again when its tokens are over.

import type { Scenario, TimelineStep } from '../harness/scenario.ts';
import type { Gate } from '../harness/world/gates.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, SHORT_NIGHT_MS } from './short-night.ts';

/** Longer than a token lives. */
const DOWN_MS = 6 * MINUTE_MS;
const WRITING = { service: 'google', route: 'spreadsheets.values.append' };

export default {
  id: 'killed-and-resumed',
  title: 'Killed at each step in turn, and resumed after its tokens have expired',
  why: 'A resumed run starts from what it stored: expired tokens, and a write of which nobody knows whether it was done. Replaying the step repeats it, skipping it loses it.',
  kinds: ['agent'],
  needsServices: ['hubspot', 'salesforce', 'google'],
  untilMs: SHORT_NIGHT_MS,
  agent: { services: { hubspot: { accessTtl: '5m' }, google: { accessTtl: '5m' } } },
  timeline: [
    ...killedAt(
      10 * MINUTE_MS,
      'while-it-reads',
      { service: 'hubspot', route: 'deals.search' },
      'after-commit',
    ),
    ...killedAt(20 * MINUTE_MS, 'while-it-looks-up', { service: 'salesforce' }, 'after-commit'),
    ...killedAt(30 * MINUTE_MS, 'before-it-wrote', WRITING, 'before-commit'),
    ...killedAt(40 * MINUTE_MS, 'after-it-wrote', WRITING, 'after-commit'),
    ...killedAt(50 * MINUTE_MS, 'while-it-refreshes', { service: 'hubspot', route: 'token' }, 'after-commit'),
  ],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;

// The gate keeps the request, or its answer, until the agent is gone.
function killedAt(
  atMs: number,
  id: string,
  match: Gate['match'],
  phase: Gate['phase'],
): readonly TimelineStep[] {
  const held = { entry: 'gate.held', match: { gate: id } } as const;
  return [
    { atMs, gate: { id, match, phase, arrive: null, release: 'all' } },
    { when: held, blow: { do: 'kill', party: 'agent' } },
    { when: { ...held, afterMs: DOWN_MS }, blow: { do: 'restart', party: 'agent' } },
  ];
}
