// Scenarios of one's own: a config's timeline becomes the story that is run, and what is wrong is told in one line.

import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../harness/config/load.ts';
import type { Scenario } from '../../harness/scenario.ts';
import { PRESETS } from '../../harness/world/presets.ts';
import { SERVICES } from '../../mocks/index.ts';
import { folderWith } from './folder.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const config = (scenarios: string) =>
  `subject: { kind: agent, run: [node, a.mjs] }\nservices: { salesforce: {}, plain: {} }\nscenarios: ${scenarios}\n`;

const load = (scenarios: string) =>
  loadConfig('hour4.yaml', folderWith({ 'hour4.yaml': config(scenarios) }), SERVICES);

async function storyOf(timeline: string): Promise<Scenario> {
  const { ownScenarios } = await load(`[{ id: mine, until: 6h, timeline: ${timeline} }]`);
  const [own] = ownScenarios;
  if (own === undefined) throw new Error('no scenario');
  return own;
}

async function problemWith(scenarios: string): Promise<string> {
  const error = await load(scenarios).then(
    () => new Error('accepted'),
    (thrown: unknown) => thrown as Error,
  );
  return error.message.replace(/^.*hour4\.yaml: /, '');
}

test('stand beside the ids and globs of the catalogue', async () => {
  const { scenarios, ownScenarios } = await load("['hour-*', { id: mine, until: 90m }]");
  expect(scenarios).toEqual(['hour-*']);
  expect(ownScenarios).toMatchObject([
    { id: 'mine', title: 'mine', kinds: ['agent'], untilMs: 90 * MINUTE, timeline: [], checks: [] },
  ]);
});

test.each([
  [
    '{ at: 3h58m, act: revoke, account: acme-salesforce }',
    { atMs: 3 * HOUR + 58 * MINUTE, act: 'revoke', account: 'acme-salesforce' },
  ],
  [
    '{ at: 0s, act: narrow-scope, account: acme-plain, scopes: [read] }',
    { atMs: 0, act: 'narrow-scope', account: 'acme-plain', scopes: ['read'] },
  ],
  [
    '{ when: { entry: token.rotated, match: { account: acme-plain }, nth: 2, after: 5s }, act: end-sessions, account: acme-plain }',
    {
      when: { entry: 'token.rotated', match: { account: 'acme-plain' }, nth: 2, afterMs: 5000 },
      act: 'end-sessions',
    },
  ],
  [
    '{ at: 1h, fault: { preset: rate-limit, match: { route: token }, count: 3, until: 2h } }',
    {
      fault: {
        id: 'rate-limit',
        match: { route: 'token' },
        count: 3,
        untilMs: 2 * HOUR,
        ...PRESETS['rate-limit'].deed,
      },
    },
  ],
  [
    '{ at: 1h, fault: { do: delay, delay: 10s } }',
    { fault: { id: 'fault-1', match: {}, do: 'delay', ms: 10_000 } },
  ],
  [
    '{ at: 1h, fault: { do: answer, answer: { status: 503, body: { sorry: true } } } }',
    { fault: { do: 'answer', answer: { status: 503, headers: {}, body: { sorry: true } } } },
  ],
  ['{ at: 1h, fault: { do: reset, when: after-commit } }', { fault: { do: 'reset', when: 'after-commit' } }],
  [
    '{ at: 1h, fault: { do: rewrite, fields: { expires_in: "1" } } }',
    { fault: { fields: { expires_in: '1' } } },
  ],
  ['{ at: 1h, fault: { do: stall } }', { fault: { do: 'stall' } }],
  [
    '{ at: 1h, gate: { match: { route: token }, phase: before-commit, arrive: 2, release: [1, 0], giveUp: 5s } }',
    { gate: { id: 'gate-1', match: { route: 'token' }, arrive: 2, release: [1, 0], giveUpMs: 5000 } },
  ],
  ['{ at: 1h, blow: { do: kill, party: agent } }', { blow: { do: 'kill', party: 'agent' } }],
  ['{ at: 1h, blow: { store: full } }', { blow: { store: 'full' } }],
  ['{ at: 1h, skew: -30000, party: agent }', { party: 'agent', skewMs: -30_000 }],
])('%s', async (step, expected) => {
  const { timeline } = await storyOf(`[${step}]`);
  expect(timeline).toMatchObject([expected]);
});

describe('what is wrong', () => {
  const inTimeline = (step: string) => problemWith(`[{ id: mine, until: 6h, timeline: [${step}] }]`);

  test.each([
    ['[{ id: mine }]', 'scenarios.0.until: is missing'],
    ['[{ id: mine, until: 6h, timelin: [] }]', 'scenarios.0.timelin: unknown key: did you mean "timeline"?'],
    ['[{ id: mine, until: 6 hours }]', 'scenarios.0.until: is no duration'],
    ['[{ id: mine, until: 6h }, { id: mine, until: 1h }]', 'scenarios: "mine" is there twice'],
    ['[3]', 'scenarios.0: is no scenario: write an id, a glob, or an object'],
  ])('%s', async (scenarios, expected) => {
    expect(await problemWith(scenarios)).toContain(expected);
  });

  test.each([
    ['{ act: revoke, account: acme-plain }', 'timeline.0.at: is missing'],
    ['{ at: 1h }', 'timeline.0: must do one thing: give one of act, fault, gate, blow, skew'],
    ['{ at: 1h, act: revok, account: acme-plain }', 'timeline.0.act: must be revoke or'],
    ['{ at: 1h, act: revoke }', 'timeline.0.account: is needed by act'],
    [
      '{ at: 1h, act: revoke, account: acme-plane }',
      'timeline.0.account: no account "acme-plane": did you mean "acme-plain"?',
    ],
    ['{ at: 1h, fault: { match: {} } }', 'timeline.0.fault.do: says nothing'],
    ['{ at: 1h, fault: { do: delay } }', 'timeline.0.fault.delay: is needed by do: delay'],
    [
      '{ at: 1h, fault: { do: dns } }',
      'timeline.0.fault.do: dns meets the names and certificates of real hosts',
    ],
    [
      '{ at: 1h, fault: { do: tls, match: { route: token } } }',
      'timeline.0.fault.match.route: is not known of a connection, which do: tls is for: leave it out',
    ],
    ['{ at: 1h, fault: { preset: rate-limits } }', 'timeline.0.fault.preset: must be rate-limit or'],
    [
      '{ at: 1h, fault: { do: delay, delay: 5s, ms: 5 } }',
      'timeline.0.fault.ms: contradicts delay: leave one of them out',
    ],
    [
      '{ at: 1h, fault: { do: stall, until: 2h, untilMs: 5 } }',
      'timeline.0.fault.untilMs: contradicts until',
    ],
    [
      '{ at: 1h, gate: { match: {}, phase: before-commit, arrive: 2, giveUp: 5s, giveUpMs: 5 } }',
      'timeline.0.gate.giveUpMs: contradicts giveUp',
    ],
    ['{ at: 1h, blow: { do: kill } }', 'timeline.0.blow: is no blow'],
    [
      '{ at: 1h, gate: { match: {}, phase: middle, arrive: 2 } }',
      'timeline.0.gate.phase: must be before-commit or after-commit',
    ],
    [
      '{ at: 1h, fault: { preset: rate-limit, match: { service: plian } } }',
      'timeline.0.fault.match.service: no service "plian": did you mean "plain"?',
    ],
    [
      '{ at: 1h, fault: { preset: rate-limit, match: { route: tokn } } }',
      'timeline.0.fault.match.route: no route "tokn": did you mean "token"?',
    ],
    [
      '{ at: 1h, gate: { match: { account: acme-plian }, phase: before-commit, arrive: 2 } }',
      'timeline.0.gate.match.account: no account "acme-plian": did you mean "acme-plain"?',
    ],
    [
      '{ when: { entry: tokn.rotated }, act: revoke, account: acme-plain }',
      'timeline.0.when.entry: no kind of entry "tokn.rotated": did you mean "token.rotated"?',
    ],
    ['{ at: 1h, skew: 5, party: nobody }', 'timeline.0.party: no party "nobody": known: agent'],
    [
      '{ at: 7h, act: revoke, account: acme-plain }',
      'timeline.0.at: 7h is after the end of the job (until: 6h)',
    ],
    [
      '{ at: 1h, blow: { do: kill, party: broker-7 } }',
      'timeline.0.blow.party: no party "broker-7": known: agent',
    ],
    ['{ at: 1h, blow: { do: add-replica, party: agent } }', 'timeline.0.blow.do: an agent has no replicas'],
    ['{ at: 1h, blow: { store: restore } }', 'timeline.0.blow.store: nothing to restore'],
  ])('%s', async (step, expected) => {
    expect(await inTimeline(step)).toContain(expected);
  });

  test('milliseconds may be given in place of durations', async () => {
    const { timeline } = await storyOf(`[
      { at: 1h, fault: { do: delay, ms: 5000, untilMs: 7200000 } },
      { at: 1h, gate: { match: {}, phase: before-commit, arrive: 2, giveUpMs: 9000 } },
    ]`);
    expect(timeline).toMatchObject([
      { fault: { ms: 5000, untilMs: 2 * HOUR } },
      { gate: { giveUpMs: 9000 } },
    ]);
  });

  test('what is there may be named, and a copy restored', async () => {
    const { timeline } = await storyOf(`[
      { at: 1h, blow: { store: snapshot } }, { at: 2h, blow: { store: restore } },
      { at: 6h, fault: { preset: rate-limit, match: { service: plain, route: items.list, party: agent } } },
      { when: { entry: token.rotated }, blow: { do: kill, party: '{party}' } },
    ]`);
    expect(timeline).toHaveLength(4);
  });

  test.each([
    ['replicas: 2', 'broker-2', 'timeline.0.blow.party: no party "broker-2": did you mean "broker-0"?'],
    ['', 'agent', 'timeline.0.blow.party: no party "agent": known: broker-0, {party}'],
  ])('a broker with %s has no %s', async (more, party, expected) => {
    const file = `subject: { kind: broker, run: [node, a.mjs], ${more} }
scenarios: [{ id: mine, until: 6h, timeline: [{ at: 1h, blow: { do: kill, party: ${party} } }] }]
`;
    const cwd = folderWith({ 'hour4.yaml': file });
    await expect(loadConfig('hour4.yaml', cwd, SERVICES)).rejects.toThrow(expected);
  });
});
