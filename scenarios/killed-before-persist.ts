// Killed between the server's commit and the write to disk: who writes before use loses nothing that could be kept.

import type { Scenario, TimelineStep } from '../harness/scenario.ts';
import { crm, MINUTE_MS, ONE, reads, SECOND_MS, TWO_TENANTS } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';

const STORY = { cohorts: TWO_TENANTS, calls: [reads({ service: 'crm' }, 3 * MINUTE_MS)] };
/** A crashed process is back before the next call comes. */
const BACK_AFTER_MS = 5 * SECOND_MS;
const HELD_MS = 4 * SECOND_MS;

export default {
  id: 'killed-before-persist',
  title: 'The process is killed when the refresh is committed, and again when the new token is first used',
  why: 'The file was being rewritten when the process died, and the rotated token was in memory only (aws/aws-cli#10628): whoever uses a token before it is written loses the session with the process.',
  kinds: ['broker'],
  untilMs: 75 * MINUTE_MS,
  broker: { services: { crm: crm() }, ...STORY },
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
  variants: [
    {
      id: 'answer-on-its-way',
      title: 'Killed while the committed answer is on its way; the old token is honoured for a while',
      broker: { services: { crm: crm({ grace: '10m' }) }, ...STORY },
      timeline: [
        held({ service: 'crm', route: 'token', account: ONE, nth: 1 }, 'after-commit'),
        ...killedAndBack(),
      ],
    },
    {
      id: 'first-use',
      title: 'Killed while the first call that bears the new token is on its way',
      broker: { services: { crm: crm() }, ...STORY },
      timeline: [
        {
          when: { entry: 'token.rotated', match: { account: ONE } },
          ...gate({ service: 'crm', route: 'items.list', account: ONE, nth: 1 }, 'before-commit'),
        },
        ...killedAndBack(),
      ],
    },
  ],
} satisfies Scenario;

function killedAndBack(): readonly TimelineStep[] {
  return [
    { when: { entry: 'gate.held' }, blow: { do: 'kill', party: '{party}' } },
    { when: { entry: 'process.killed', afterMs: BACK_AFTER_MS }, blow: { do: 'restart', party: '{party}' } },
  ];
}

type GateStep = Extract<TimelineStep, { gate: unknown }>['gate'];

function gate(match: GateStep['match'], phase: GateStep['phase']): { gate: GateStep } {
  return { gate: { id: 'on-its-way', match, phase, arrive: null, release: 'all', giveUpMs: HELD_MS } };
}

function held(match: GateStep['match'], phase: GateStep['phase']): TimelineStep {
  return { atMs: 0, ...gate(match, phase) };
}
