// The world of one's own scenario: knobs for agents, a workload for brokers, and one line for what cannot be there.

import { expect, test } from 'vitest';
import { loadConfig } from '../../harness/config/load.ts';
import type { Scenario } from '../../harness/scenario.ts';
import { SERVICES } from '../../mocks/index.ts';
import { folderWith } from './folder.ts';

const MINUTE = 60_000;

const SUBJECTS = {
  agent: '{ kind: agent, run: [node, a.mjs] }',
  tool: '{ kind: tool, run: [node, a.mjs], steps: { call: [items] } }',
  broker: '{ kind: broker, module: ./b.mjs }',
};

async function storyOf(kind: keyof typeof SUBJECTS, told: string): Promise<Scenario> {
  const services = '{ plain: { accessTtl: 20m }, hubspot: {} }';
  const scenario = `{ id: mine, until: 2h, ${told} }`;
  const config = `subject: ${SUBJECTS[kind]}\nservices: ${services}\nscenarios: [${scenario}]\n`;
  const folder = folderWith({ 'hour4.yaml': config, 'b.mjs': '', 'a.mjs': '' });
  const { ownScenarios } = await loadConfig('hour4.yaml', folder, SERVICES);
  const [own] = ownScenarios;
  if (own === undefined) throw new Error('no scenario');
  return own;
}

const problemWith = (kind: keyof typeof SUBJECTS, told: string): Promise<string> =>
  storyOf(kind, told).then(
    () => 'accepted',
    (thrown: Error) => thrown.message.replace(/^.*hour4\.yaml: /, ''),
  );

test('an agent finds services with other knobs, and a person who consents', async () => {
  const told =
    'needs: { services: [slack] }, world: { services: { plain: { rotation: none } }, reauthorizes: true }';
  expect(await storyOf('agent', told)).toMatchObject({
    needsServices: ['slack'],
    agent: { services: { plain: { rotation: 'none' } }, reauthorizes: true },
  });
});

test('every kind can have a world in which nothing expires, and be left out', async () => {
  for (const kind of ['agent', 'tool', 'broker'] as const) {
    const told = 'needs: { kinds: [tool, broker] }, world: { nothingExpires: true }';
    expect(await storyOf(kind, told)).toMatchObject({ kinds: ['tool', 'broker'], nothingExpires: true });
  }
});

test('a broker is asked for what the scenario says, at the services of the config', async () => {
  const told = `needs: { replicas: 3 }, world: { latency: none, cohorts: [{ service: plain, count: 4, tenants: 2, within: 5m }], calls: [
    { to: { service: plain }, from: 6m, every: 4m, spread: 1m, until: 1h, together: 2, path: /v1/items },
    { to: { account: tenant-2-plain-2 }, method: POST, path: /v1/items, body: { name: x } }] }`;
  const { broker } = await storyOf('broker', told);
  expect(broker).toEqual({
    services: { plain: { accessTtl: '20m' }, hubspot: {} },
    cohorts: [{ service: 'plain', count: 4, tenants: 2, withinMs: 5 * MINUTE }],
    calls: [
      {
        to: { service: 'plain' },
        method: 'GET',
        path: '/v1/items',
        fromMs: 6 * MINUTE,
        everyMs: 4 * MINUTE,
        spreadMs: MINUTE,
        untilMs: 60 * MINUTE,
        together: 2,
      },
      {
        to: { account: 'tenant-2-plain-2' },
        method: 'POST',
        path: '/v1/items',
        body: { name: 'x' },
        fromMs: 0,
      },
    ],
    replicas: 3,
    latency: 'none',
  });
});

test('services of the scenario stand in place of those of the config, each on top of its knobs there', async () => {
  const { broker } = await storyOf(
    'broker',
    'world: { services: { plain: { grace: 30s }, crm: { base: plain } }, calls: [{ to: { service: crm }, path: /v1/items }] }',
  );
  expect(broker).toMatchObject({
    services: { plain: { accessTtl: '20m', grace: '30s' }, crm: { base: 'plain' } },
    cohorts: [
      { service: 'plain', count: 1, tenants: 1 },
      { service: 'crm', count: 1, tenants: 1 },
    ],
  });
});

test('a timeline may name the accounts that a broker is given, and no others', async () => {
  const world = 'world: { calls: [{ to: { service: plain }, path: /v1/items }] }';
  const revokes = (account: string) => `${world}, timeline: [{ at: 1h, act: revoke, account: ${account} }]`;
  expect(await problemWith('broker', revokes('acme-hubspot'))).toBe('accepted');
  expect(await problemWith('broker', revokes('acme-hubspo'))).toContain('did you mean "acme-hubspot"?');
});

test.each([
  [
    'agent',
    'world: { calls: [{ to: { service: plain }, path: /x }] }',
    'world.calls: is for brokers: leave it out',
  ],
  [
    'agent',
    'world: { services: { plane: {} } }',
    'world.services: no service "plane": did you mean "plain"?',
  ],
  ['tool', 'world: { services: { plain: {} } }', 'a tool finds the services of the config: turn them there'],
  ['broker', 'world: { services: { plain: {} } }', 'world.calls: is missing'],
  ['broker', 'needs: { replicas: 2 }', 'world.calls: is missing'],
  [
    'broker',
    'world: { calls: [{ to: { service: plane }, path: /x }] }',
    'calls.0.to: no account at "plane": did you mean "plain"?',
  ],
  ['broker', 'world: { calls: [{ to: { account: acme-plan }, path: /x }] }', 'did you mean "acme-plain"?'],
  ['broker', 'world: { calls: [{ to: plain, path: /x }] }', 'is nobody: write { service: crm }'],
  ['broker', 'world: { calls: [{ to: { service: plain }, path: x }] }', 'is no path'],
  [
    'broker',
    'world: { cohorts: [{ service: plane }], calls: [{ to: { service: plain }, path: /x }] }',
    'world.cohorts.0.service: no service "plane"',
  ],
  [
    'broker',
    'world: { services: { crm: {} }, calls: [{ to: { service: crm }, path: /x }] }',
    'no service "crm"',
  ],
] as const)('%s, %s', async (kind, told, expected) => {
  expect(await problemWith(kind, told)).toContain(expected);
});
