// Agents that are hit, started again, and given new consents; and modules that share a process without sharing a life.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Config, DEFAULT_LIMITS, DEFAULT_START_MS } from '../../harness/config/config.ts';
import type { Entry } from '../../harness/entry.ts';
import type { Scenario } from '../../harness/scenario.ts';
import { runSuite } from '../../harness/suite.ts';

const MINUTE_MS = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'hour4-agent-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HEAD = `
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
const minutes = (count) => sleep(count * 60_000);
let lives = 0;
`;

function story(id: string, more: Partial<Scenario> = {}): Scenario {
  const common = {
    title: id,
    why: 'a stage for small agents',
    kinds: ['agent'] as const,
    checks: ['ends-clean'],
  };
  return { id, ...common, untilMs: 10 * MINUTE_MS, timeline: [], ...more };
}

/** Runs a module, its body given, through stories; what each claimed last, and its ledger. */
async function live(
  name: string,
  body: string,
  stories: readonly Scenario[],
  services: Config['services'] = { plain: {} },
) {
  const module = join(folder, `${name}.mjs`);
  writeFileSync(module, `${HEAD}\nexport default async (env) => {\n${body}\n};\n`);
  const config: Config = {
    file: 'test',
    subject: { name, kind: 'agent', env: {}, time: 'exact', run: null, module, cwd: folder },
    services,
    startMs: DEFAULT_START_MS,
    scenarios: ['*'],
    ownScenarios: [],
    data: {},
    job: { greeting: 'hello' },
    limits: { ...DEFAULT_LIMITS, realTimeMs: 60_000 },
  };
  const outDir = join(folder, `${name}-out`);
  const { scenarios } = await runSuite({
    config,
    scenarios: stories,
    checks: [],
    defaultJob: { needsServices: [], make: () => ({ description: null, data: {} }) },
    seed: 1,
    outDir,
    time: 'exact',
  });
  return scenarios.map(({ id, claims }) => {
    const text = readFileSync(join(outDir, `${id}.jsonl`), 'utf8');
    const entries = text
      .trim()
      .split('\n')
      .slice(1)
      .map((line): Entry => JSON.parse(line));
    const kinds = entries.map(({ kind }) => kind).filter((kind) => /^process|^blow|^claim/.test(kind));
    return { claim: claims[0] as unknown as Record<string, unknown>, entries, kinds, text };
  });
}

const hits = (...deeds: readonly (readonly [number, 'kill' | 'pause' | 'resume' | 'restart'])[]) =>
  deeds.map(([minute, deed]) => ({ atMs: minute * MINUTE_MS, blow: { do: deed, party: 'agent' } as const }));

const REMEMBERS = `
  const { store, resume } = JSON.parse(readFileSync(env.HOUR4_WORLD, 'utf8'));
  const file = join(store, 'rounds');
  const before = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  for (let round = before + 1; round <= 8; round++) {
    await minutes(1);
    writeFileSync(file, String(round));
  }
  return { status: 'completed', before, resume };
`;

describe('blows', () => {
  test('a killed agent is started again with its store, and told that it resumes', async () => {
    const [run] = await live('killed', REMEMBERS, [
      story('killed', { timeline: hits([3.5, 'kill'], [6, 'restart']) }),
    ]);
    expect(run?.claim).toMatchObject({ status: 'completed', before: 3, resume: true });
    expect(run?.kinds).toEqual([
      'process.started',
      'process.killed',
      'process.started',
      'process.exited',
      'claim',
    ]);
    expect(run?.entries.filter(({ kind }) => kind === 'process.started').map(({ at }) => at)).toEqual([
      0,
      6 * MINUTE_MS,
    ]);
  });

  test('a restart hits and starts at once', async () => {
    const [run] = await live('restarted', REMEMBERS, [
      story('restarted', { timeline: hits([3.5, 'restart']) }),
    ]);
    expect(run?.claim).toMatchObject({ before: 3, resume: true });
  });

  test('who is killed and never started again has failed', async () => {
    const [run] = await live('dead', REMEMBERS, [story('dead', { timeline: hits([3.5, 'kill']) })]);
    expect(run?.claim).toMatchObject({ status: 'failed' });
    expect(run?.kinds).toEqual(['process.started', 'process.killed']);
  });

  test('who has ended by itself is not started again', async () => {
    const [run] = await live('over', 'return { status: "completed" };', [
      story('over', { timeline: hits([3, 'restart']) }),
    ]);
    expect(run?.kinds).toEqual(['process.started', 'process.exited', 'claim']);
  });

  test('a pause takes time from the agent, and from nobody else', async () => {
    const [run] = await live(
      'paused',
      `await minutes(1); await minutes(1); return { status: 'completed', at: Date.now() };`,
      [story('paused', { timeline: hits([1.5, 'pause'], [5, 'resume']) })],
    );
    expect(run?.kinds).toEqual([
      'process.started',
      'process.paused',
      'process.resumed',
      'process.exited',
      'claim',
    ]);
    expect(run?.claim).toMatchObject({ at: DEFAULT_START_MS + 5 * MINUTE_MS });
  });

  test('the store goes bad and is mended', async () => {
    const body = `
      const tried = [];
      for (let round = 0; round < 3; round++) {
        await minutes(2);
        try {
          writeFileSync(join(env.HOUR4_STORE, 'note'), 'x');
          tried.push('written');
        } catch (error) {
          tried.push(error.code);
        }
      }
      return { status: 'completed', tried };`;
    const [run] = await live('store', body, [
      story('store', {
        timeline: [
          { atMs: 3 * MINUTE_MS, blow: { store: 'read-only' } },
          { atMs: 5 * MINUTE_MS, blow: { store: 'writable' } },
        ],
      }),
    ]);
    expect(run?.claim).toMatchObject({ tried: ['written', 'EROFS', 'written'] });
  });
});

describe('consents', () => {
  const ASKS = `
    const { accounts: [account], reauthorized } = JSON.parse(readFileSync(env.HOUR4_WORLD, 'utf8'));
    await minutes(1);
    const headers = { authorization: 'Bearer ' + account.accessToken };
    const { status: answered } = await fetch(account.apiUrl + '/v1/me', { headers });
    const same = env.HOUR4_PLAIN_ACCESS_TOKEN === account.accessToken;
    if (answered === 200) return { status: 'completed', reauthorized, same };
    return { status: 'paused', reauth: [{ account: account.id, reason: 'revoked' }] };`;
  const revoked = [{ atMs: 1000, account: 'acme-plain', act: 'revoke' as const }];

  test('a paused agent gets the consent that it asks for, and goes on with the new grant', async () => {
    const [run] = await live('asks', ASKS, [
      story('asks', { timeline: revoked, agent: { reauthorizes: true } }),
    ]);
    expect(run?.claim).toMatchObject({ status: 'completed', reauthorized: ['acme-plain'], same: true });
    expect(run?.kinds.filter((kind) => kind === 'claim')).toHaveLength(2);
  });

  test('a client without a secret gets it, too', async () => {
    const withoutSecret = { plain: { clientAuth: 'none' as const } };
    const asks = story('public', { timeline: revoked, agent: { reauthorizes: true } });
    const [run] = await live('public', ASKS, [asks], withoutSecret);
    expect(run?.claim).toMatchObject({ status: 'completed', reauthorized: ['acme-plain'] });
  });

  test('nobody consents in a story that does not say so', async () => {
    const [run] = await live('waits', ASKS, [story('waits', { timeline: revoked })]);
    expect(run?.claim).toMatchObject({ status: 'paused' });
  });

  test('an agent that asks without end gets no answer in the end', async () => {
    const body = `return { status: 'paused', reauth: [{ account: 'acme-plain', reason: 'never enough' }] };`;
    const [run] = await live('insatiable', body, [story('insatiable', { agent: { reauthorizes: true } })]);
    expect(run?.kinds.filter((kind) => kind === 'process.started')).toHaveLength(9);
  });
});

describe('a module in a warm process', () => {
  const TELLS = `lives += 1; await minutes(2); return { status: 'completed', lives, pid: process.pid, at: Date.now(), chance: Math.random() };`;
  // Two stories of another length have twins of their own; one has the twin of the one before.
  const stories = [story('one'), story('two'), story('three', { untilMs: 9 * MINUTE_MS })];

  test('lives anew in each run, in the same process, with the same time and chance', async () => {
    const [one, two, three] = await live('warm', TELLS, stories);
    expect([one, two, three].map((run) => run?.claim.lives)).toEqual([1, 1, 1]);
    expect(new Set([one, two, three].map((run) => run?.claim.pid)).size).toBe(1);
    expect(new Set([one, two, three].map((run) => run?.claim.at)).size).toBe(1);
    expect(new Set([one, two, three].map((run) => run?.claim.chance)).size).toBe(1);
  });

  test('leaves the same ledger as alone', async () => {
    const quiet = `await minutes(2); await fetch(env.HOUR4_PLAIN_API + '/v1/me'); return { status: 'completed' };`;
    const [, second] = await live('after', quiet, stories.slice(0, 2));
    const [alone] = await live('alone', quiet, stories.slice(1, 2));
    expect(second?.text).toBe(alone?.text);
  });

  test('has a new process after one that left a timer behind', async () => {
    const [one, two] = await live('leaves', `setInterval(() => {}, 60_000); ${TELLS}`, stories);
    expect(one?.claim.lives).toBe(1);
    expect(two?.claim.pid).not.toBe(one?.claim.pid);
  });

  test('has a new process after one that crashed', async () => {
    const crashes = `if (JSON.parse(readFileSync(env.HOUR4_WORLD, 'utf8')).scenario === 'one') throw new Error('oh'); ${TELLS}`;
    const [one, two] = await live('crashes', crashes, stories);
    expect(one?.claim).toEqual({ status: 'failed' });
    expect(one?.entries.find(({ kind }) => kind === 'process.exited')).toMatchObject({ code: 1 });
    expect(two?.claim).toMatchObject({ status: 'completed', lives: 1 });
  });

  test('may print whatever it likes, with or without an end of line', async () => {
    const [run] = await live(
      'prints',
      `process.stdout.write('half a line'); process.stderr.write('no end'); return { status: 'completed' };`,
      [story('prints')],
    );
    expect(run?.kinds.at(-1)).toBe('claim');
  });
});
