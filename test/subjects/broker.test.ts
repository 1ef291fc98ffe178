// What hour4 does with a broker: asks it in an open loop, knows whose requests are whose, and completes what it asks for.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { entriesOf, type Ledger, parseLedger } from '../../harness/ledger.ts';
import type { Scenario } from '../../harness/scenario.ts';
import type { BrokerStory } from '../../harness/workload/story.ts';
import { brokerCalls } from '../../scenarios/checks/broker-calls.ts';
import { CHECKS } from '../../scenarios/checks/index.ts';
import replicasRaceOnBoth from '../../scenarios/replicas-race.ts';
import userRevokedInAllWays from '../../scenarios/user-revoked.ts';
import { BROKER_SPECIMENS } from '../specimens/broker/index.ts';
import { onPlain, runBrokerSuite, startOf } from './broker-suite.ts';

// Far beyond what a run takes: a busy machine is no failure.
vi.setConfig({ testTimeout: 300_000 });

const folder = mkdtempSync(join(tmpdir(), 'hour4-broker-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MINUTE_MS = 60_000;
const careful = specimen('careful');
const replicasRace = onPlain(replicasRaceOnBoth);
const overHttp = specimen('careful-over-http');
let runs = 0;

function specimen(id: string) {
  const found = BROKER_SPECIMENS.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no specimen ${id}`);
  return startOf(found);
}

function scenarioOf(broker: Partial<BrokerStory>, more: Partial<Scenario> = {}): Scenario {
  return {
    id: 'small',
    title: 'a small story',
    why: 'a stage',
    kinds: ['broker'],
    untilMs: 20 * MINUTE_MS,
    broker: {
      services: { crm: { base: 'plain' } },
      cohorts: [{ service: 'crm', count: 2, tenants: 2, withinMs: MINUTE_MS }],
      calls: [{ to: { service: 'crm' }, fromMs: 5 * MINUTE_MS, method: 'GET', path: '/v1/me' }],
      ...broker,
    },
    timeline: [],
    checks: CHECKS.map(({ id }) => id),
    ...more,
  };
}

async function run(
  start: Parameters<typeof runBrokerSuite>[0]['start'],
  scenario: Scenario,
  more: Partial<Parameters<typeof runBrokerSuite>[0]> = {},
) {
  const outDir = join(folder, `run-${runs++}`);
  const result = await runBrokerSuite({ name: 'broker', start, scenarios: [scenario], outDir, ...more });
  const text = readFileSync(join(outDir, `${scenario.id}.jsonl`), 'utf8');
  return { result, text, ledger: parseLedger(text), outDir };
}

/** A module that is careful, but for what the given code does with it. */
function moduleOf(code: string): string {
  const file = join(folder, `module-${runs++}.ts`);
  const specimens = join(import.meta.dirname, '..', 'specimens', 'broker');
  writeFileSync(file, `import careful from '${join(specimens, 'careful.ts')}';\n${code}`);
  return file;
}

// Shown short: a request log is one long line.
function differingLines(one: string, other: string): string[] {
  const others = other.split('\n');
  const differing = one.split('\n').filter((line, index) => line !== others[index]);
  return differing.slice(0, 5).map((line) => line.slice(0, 300));
}

const accountsAsked = (ledger: Ledger) =>
  entriesOf(ledger, 'exchange.opened')
    .filter(({ endpoint }) => endpoint === 'resource')
    .map(({ meantFor, account }) => ({ meantFor, account }));

describe('a workload', () => {
  test('is an open loop, and every question is on record with its answer', async () => {
    const { ledger } = await run(careful, scenarioOf({}));
    const asked = brokerCalls(ledger);
    expect(asked.map(({ sent }) => sent.operation)).toEqual([
      'connect',
      'connect',
      'call',
      'call',
      'status',
      'status',
      'audit',
    ]);
    expect(asked.map(({ returned }) => returned?.status)).toEqual([204, 204, 200, 200, 200, 200, 200]);
    const calls = asked.filter(({ sent }) => sent.operation === 'call');
    expect(calls.map(({ sent }) => sent.at)).toEqual([5 * MINUTE_MS, 5 * MINUTE_MS]);
    expect(calls[0]?.returned?.result).toMatchObject({ ok: true, body: { tenant: 'tenant-1' } });
  });

  test('connects each account at the moment of its consent', async () => {
    const { ledger } = await run(careful, scenarioOf({}));
    const consents = entriesOf(ledger, 'token.minted').filter(({ tokenKind }) => tokenKind === 'access');
    const connects = brokerCalls(ledger).filter(({ sent }) => sent.operation === 'connect');
    expect(connects.map(({ sent }) => [sent.account, sent.at])).toEqual(
      consents.map(({ account, at }) => [account, at]),
    );
  });

  test('tells what each request upstream was meant for by its mark, which nobody else sees', async () => {
    const { ledger, text } = await run(careful, scenarioOf({}));
    expect(accountsAsked(ledger).filter(({ meantFor, account }) => meantFor !== account)).toEqual([]);
    expect(accountsAsked(ledger)).toHaveLength(2);
    expect(text).not.toContain('x-hour4-call');
  });

  test('tells it by a path of its own where the mark is lost', async () => {
    const module = moduleOf(`export default async (env) => {
      const broker = await careful(env);
      return { ...broker, call: (id, wish) => broker.call(id, { ...wish, headers: {} }) };
    };`);
    const unique = scenarioOf({
      calls: [{ to: { service: 'crm' }, fromMs: MINUTE_MS, method: 'GET', path: '/v1/me?call={call}' }],
    });
    const shared = scenarioOf({});
    const start = { run: null, module };
    expect(accountsAsked((await run(start, unique)).ledger).map(({ meantFor }) => meantFor)).toEqual([
      'tenant-1-crm',
      'tenant-2-crm',
    ]);
    expect(accountsAsked((await run(start, shared)).ledger).map(({ meantFor }) => meantFor)).toEqual([
      null,
      null,
    ]);
  });

  test('is the same for the same seed, replicas that race and are restarted included', async () => {
    const { variants = [], ...story } = replicasRace;
    const race = { ...story, timeline: variants[0]?.timeline ?? [] };
    const first = await run(overHttp, race);
    const second = await run(overHttp, race);
    expect(differingLines(first.text, second.text)).toEqual([]);
    const restarted = entriesOf(first.ledger, 'process.started').filter(({ resume }) => resume);
    expect(restarted.map(({ party }) => party)).toEqual(['broker-0', 'broker-1', 'broker-2']);
  });
});

describe('a reauthorization', () => {
  // The other way of telling it is for agents.
  const { variants: _ways, ...userRevoked } = userRevokedInAllWays;

  test('is completed by hour4 through the URL of the event, and the account is connected anew', async () => {
    const { ledger } = await run(careful, userRevoked);
    const connects = brokerCalls(ledger).filter(
      ({ sent }) => sent.operation === 'connect' && sent.account === 'tenant-1-crm',
    );
    expect(connects).toHaveLength(2);
    const events = entriesOf(ledger, 'event.received').map(({ event }) => (event as { type: string }).type);
    expect(events).toEqual(['reauth_required', 'reauth_succeeded']);
    const last = brokerCalls(ledger).findLast(
      ({ sent }) => sent.operation === 'call' && sent.account === 'tenant-1-crm',
    );
    expect(last?.returned?.result).toMatchObject({ ok: true });
    const consents = entriesOf(ledger, 'exchange.answered').filter(
      ({ endpoint }) => endpoint === 'authorize',
    );
    expect(consents.map(({ status }) => status)).toEqual([302]);
  });

  test('is asked for in words of the subject’s own', async () => {
    const module = moduleOf(`export default async (env) => {
      const send = globalThis.fetch;
      globalThis.fetch = (url, init) => url !== env.HOUR4_EVENTS_URL ? send(url, init) : send(url, { ...init, body: translated(init.body) });
      return careful(env);
    };
    function translated(body) {
      const { type, account } = JSON.parse(body);
      return JSON.stringify({ topic: 'agent.auth.' + type, data: { connected_account_id: account } });
    }`);
    const events = {
      type: 'topic',
      reauthRequired: 'agent.auth.reauth_required',
      reauthSucceeded: 'agent.auth.reauth_succeeded',
      account: 'data.connected_account_id',
    };
    const { ledger } = await run({ run: null, module }, userRevoked, { subject: { events } });
    expect(entriesOf(ledger, 'event.received').map(({ event }) => event)).toEqual([
      expect.objectContaining({ type: 'reauth_required', account: 'tenant-1-crm' }),
      expect.objectContaining({ type: 'reauth_succeeded', account: 'tenant-1-crm' }),
    ]);
  });
});

describe('a run of a broker', () => {
  test('that lacks the replicas of a story is not judged by it', async () => {
    const outDir = join(folder, 'too-few');
    mkdirSync(outDir);
    const { scenarios } = await runBrokerSuite({
      name: 'one',
      start: careful,
      scenarios: [replicasRace],
      outDir,
    });
    expect(scenarios[0]?.verdict).toBe('not-applicable');
    expect(scenarios[0]?.findings[0]?.message).toBe(
      'This scenario needs 3 replicas, and the config starts 1 (subject.replicas).',
    );
  });

  test('whose client credentials are bad takes no work', async () => {
    const module = moduleOf(`export default async () => { throw new Error('the client crm is refused'); };`);
    const { result, ledger } = await run({ run: null, module }, scenarioOf({}));
    expect(result.scenarios[0]?.findings.find(({ check }) => check === 'ends-clean')?.verdict).toBe('fail');
    expect(entriesOf(ledger, 'process.ready')).toEqual([]);
    expect(brokerCalls(ledger)).toEqual([]);
  });

  test('leaves nothing behind but ledgers and logs', async () => {
    const { outDir } = await run(overHttp, scenarioOf({}));
    expect(readdirSync(outDir).sort()).toEqual([
      'small.broker-0.log',
      'small.broker-1.log',
      'small.broker-2.log',
      'small.jsonl',
    ]);
  });
});
