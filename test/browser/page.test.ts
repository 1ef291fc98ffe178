// A page under test: its tabs live in virtual time, and its calls end in the world.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { loadConfig } from '../../harness/config/load.ts';
import type { Entry } from '../../harness/entry.ts';
import { parseLedger } from '../../harness/ledger.ts';
import { runSuite } from '../../harness/suite.ts';
import { SERVICES } from '../../mocks/index.ts';
import { CHECKS as checks } from '../../scenarios/checks/index.ts';
import { folderWith } from '../config/folder.ts';
import { chromiumPath } from './chromium.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const FIXTURES = join(import.meta.dirname, 'fixtures');
const executable = chromiumPath();
const server = createServer(({ url = '' }, answer) => {
  answer.setHeader('content-type', 'text/html');
  answer.end(readFileSync(join(FIXTURES, url.slice(1))));
});
let origin = '';

vi.setConfig({ testTimeout: 300_000 });
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function run(path: string, cwd: string) {
  const config = await loadConfig(path, cwd, SERVICES);
  const outDir = folderWith({});
  const result = await runSuite({
    ...{ config, outDir, seed: 1, checks, time: config.subject.time },
    // As the command line does it: a story of one's own is judged by everything.
    scenarios: config.ownScenarios.map((each) => ({ ...each, checks: checks.map(({ id }) => id) })),
    defaultJob: { needsServices: [], make: () => ({ description: null, data: {} }) },
  });
  const [scenario] = result.scenarios;
  const name = scenario?.ledger ?? expect.unreachable('nothing was recorded');
  const text = readFileSync(join(outDir, name), 'utf8');
  const { entries } = parseLedger(text);
  const log = readFileSync(join(outDir, name.replace('.jsonl', '.agent.log')), 'utf8');
  return { result, scenario, text, entries, log };
}

const ofKind = <Kind extends Entry['kind']>(entries: readonly Entry[], kind: Kind) =>
  entries.filter((entry): entry is Extract<Entry, { kind: Kind }> => entry.kind === kind);

const story = (page: string, tabs: number, limits = {}) =>
  folderWith({
    'hour4.json': JSON.stringify({
      subject: { kind: 'agent', page: `${origin}/${page}`, tabs },
      services: { hubspot: {} },
      scenarios: [{ id: 'short', until: '2h' }],
      job: {},
      limits,
    }),
  });

describe.skipIf(executable === null)('a page', () => {
  test('sees virtual time, the world by its own URLs and by the real hosts, and the other tabs', async () => {
    const { entries, log, scenario } = await run('hour4.json', story('probe.html', 2));
    const told = log.split('\n').filter((line) => line.startsWith('out {"seen"'));
    const [first, second] = told.map((line) => JSON.parse(line.slice(4)).seen).sort((a, b) => a.tab - b.tab);
    expect(first).toMatchObject({ tab: 0, beats: 60, order: ['sooner', 'later', 'frame'] });
    expect(first.start[0]).toBe('2026-03-02T22:00:00.000Z');
    expect(first.later[0]).toBe('2026-03-02T23:00:00.000Z');
    expect(first.later[1] - first.start[1]).toBe(3_600_000);
    for (const seen of [first, second]) {
      // The token is an hour old, and lives for half of one.
      expect(seen).toMatchObject({ own: 401, real: 401, xhr: 'EXPIRED_AUTHENTICATION' });
      expect(seen).toMatchObject({ stranger: 'failed', givenUp: 'failed' });
    }
    expect(first.answer).toMatch(/^tab 1 at 2026-03-02T23:00:01/);
    expect(Math.abs(Date.parse(first.end) - Date.parse(second.end))).toBe(500);
    expect(ofKind(entries, 'host.unclaimed').map(({ host, party }) => [host, party])).toEqual([
      ['stranger.example', 'agent'],
      ['stranger.example', 'agent'],
    ]);
    const opened = ofKind(entries, 'exchange.opened');
    expect(opened).toHaveLength(6);
    expect(opened.filter(({ via }) => via === 'https://api.hubapi.com')).toHaveLength(4);
    expect(ofKind(entries, 'event.received').map(({ event }) => event)).toEqual(
      expect.arrayContaining([
        { type: 'hello', tab: 0 },
        { type: 'hello', tab: 1 },
      ]),
    );
    expect(ofKind(entries, 'leak').map(({ place, token }) => [place, token])).toContainEqual([
      'stderr',
      'acme-hubspot/at-1',
    ]);
    expect(log).toContain('err token [acme-hubspot/at-1]');
    expect(scenario?.claims).toEqual([{ status: 'completed', counts: { rows: 2 } }]);
  });

  test('that waits for what never comes is ended, and that is said', async () => {
    const { entries } = await run('hour4.json', story('waits.html', 1));
    expect(ofKind(entries, 'process.killed').map(({ reason }) => reason)).toEqual([
      'It waited for something that nothing will ever bring about.',
    ]);
    expect(ofKind(entries, 'claim').map(({ claim }) => claim.status)).toEqual(['failed']);
  });

  test('in two tabs with one refresh token: the careful one keeps its session, the naive one races for it', async () => {
    const failed = (scenario: Awaited<ReturnType<typeof run>>['scenario']) =>
      scenario?.findings.filter(({ verdict }) => verdict === 'fail').map(({ check }) => check);
    const careful = await run('careful.yaml', join(ROOT, 'examples', 'page'));
    expect(failed(careful.scenario)).toEqual([]);
    expect(careful.result.totals.pass).toBeGreaterThan(8);
    expect(careful.scenario?.claims).toEqual([{ status: 'completed', counts: { rows: 16 } }]);
    const rotated = ofKind(careful.entries, 'token.rotated');
    expect(rotated.map(({ token }) => token)).toEqual(rotated.map((_, nth) => `acme-notes/rt-${nth + 1}`));
    expect(rotated.length).toBeGreaterThan(1);

    const naive = await run('naive.yaml', join(ROOT, 'examples', 'page'));
    // It loses the session, and asks nobody for a new one.
    expect(failed(naive.scenario)).toEqual(['session-survives', 'signals-reauth']);
    const again = await run('naive.yaml', join(ROOT, 'examples', 'page'));
    expect(again.text).toBe(naive.text);
  });
});
