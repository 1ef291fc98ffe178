// Interception under exact time: every call costs its virtual latency and nothing else, in every run alike.

import { describe, expect, test } from 'vitest';
import type { Entry } from '../../harness/entry.ts';
import { runtimes } from '../time/subject.ts';
import { type Visited, visit } from './visit.ts';

const HOUR_MS = 3_600_000;
const night = (node: string | undefined, intercept: 'proxy' | 'msw') =>
  visit({ argv: [node ?? '', 'fixtures/night.mjs'], clock: 'exact', intercept });

const statuses = ({ stdout }: Visited) =>
  stdout
    .split('\n')
    .filter((line) => !line.startsWith('telemetry'))
    .map((line) => line.split(' ').slice(0, -1).join(' '))
    .filter((line) => line !== '');
const ROUND = (status: number) => [
  `fetch ${status}`,
  `https ${status}`,
  `named ${status}`,
  `both ${status} ${status}`,
];
const opened = ({ entries }: Visited) => entries.filter(({ kind }) => kind === 'exchange.opened');
const unclaimed = ({ entries }: Visited) => entries.filter(({ kind }) => kind === 'host.unclaimed');

function expectNight(seen: Visited) {
  expect(seen).toMatchObject({ end: 'all-exited', exit: 0, stderr: '' });
  expect(statuses(seen)).toEqual([...ROUND(200), ...ROUND(200), ...ROUND(401)]);
  expect(seen.virtualMs).toBeGreaterThan(HOUR_MS);
  expect(seen.virtualMs).toBeLessThan(HOUR_MS + 3 * 5 * 80);
  expect(opened(seen)).toHaveLength(15);
  for (const entry of opened(seen))
    expect(entry).toMatchObject({ party: 'agent', via: 'https://api.hubapi.com' });
  expect(unclaimed(seen)).toMatchObject(
    Array.from({ length: 3 }, () => ({ party: 'agent', host: 'telemetry.example', chained: false })),
  );
}

describe('the proxy', { timeout: 60_000 }, () => {
  test('fetch and node:https of Node 24, twice with the same record', async () => {
    const seen = await night(runtimes[24], 'proxy');
    expectNight(seen);
    const again = await night(runtimes[24], 'proxy');
    expect(again.entries).toEqual<readonly Entry[]>(seen.entries);
    expect(again.stdout).toBe(seen.stdout);
  });

  test('an answer that nobody reads yet does not hold the clock', async () => {
    const deals = Array.from({ length: 100 }, (_, id) => ({
      id: `${id}`,
      properties: { dealname: 'x'.repeat(20_000) },
    }));
    const seen = await visit({
      argv: [runtimes[24] ?? '', 'fixtures/slow-reader.mjs'],
      ...{ clock: 'exact', intercept: 'proxy', data: { hubspot: { deals } } },
    });
    expect(seen).toMatchObject({ end: 'all-exited', exit: 0, stderr: '' });
    expect(Number(seen.stdout)).toBeGreaterThan(2_000_000);
  });
});

describe('msw', { timeout: 60_000 }, () => {
  for (const [version, node] of Object.entries(runtimes)) {
    test(`fetch and node:https of Node ${version}`, async () => {
      const seen = await night(node, 'msw');
      expectNight(seen);
      expect(seen.stdout).toContain('telemetry 502 hour4: no mock service answers at telemetry.example');
    });
  }
});

test.each([
  ['proxy', 24],
  ['msw', 20],
  ['msw', 24],
] as const)('an answer that is cancelled, by %s on Node %i', async (intercept, version) => {
  const argv = [runtimes[version] ?? '', 'fixtures/cancel.mjs'];
  const seen = await visit({ argv, clock: 'exact', intercept });
  expect(seen).toMatchObject({ end: 'all-exited', exit: 0, stderr: '', stdout: 'cancelled 401\n' });
});

test.each([
  ['proxy', 24],
  ['msw', 20],
  ['msw', 24],
] as const)(
  'connections that break and answers that never come, by %s on Node %i',
  { timeout: 60_000 },
  async (intercept, version) => {
    const seen = await visit({
      argv: [runtimes[version] ?? '', 'fixtures/broken.mjs'],
      ...{ clock: 'exact', intercept },
      prepare: ({ faults }) => {
        faults.add({ id: 'reset', match: {}, count: 1, do: 'reset', when: 'after-commit' });
        faults.add({ id: 'drop', match: {}, count: 1, do: 'drop', when: 'before-commit' });
        faults.add({ id: 'stall', match: {}, count: 1, do: 'stall' });
      },
    });
    expect(seen).toMatchObject({ end: 'all-exited', exit: 0, stderr: '' });
    expect(seen.stdout).toBe('fetch broke 0\nhttps broke 0\nTimeoutError 5\nfetch 401 5\n');
    const lost = seen.entries.filter(({ kind }) => kind === 'exchange.lost');
    expect(lost).toMatchObject([{ by: 'fault' }, { by: 'fault' }, { by: 'subject' }]);
  },
);

test.each([
  ['proxy', 24, 502, 'CERT_HAS_EXPIRED'],
  ['msw', 20, 'TypeError', 'TypeError'],
  ['msw', 24, 'TypeError', 'TypeError'],
] as const)(
  'a name that is not found and a certificate that has expired, by %s on Node %i',
  { timeout: 60_000 },
  async (intercept, version, notFound, expired) => {
    const seen = await visit({
      argv: [runtimes[version] ?? '', 'fixtures/unreachable.mjs'],
      ...{ clock: 'exact', intercept },
      timeline: [
        { atMs: 5 * 60_000, fault: { id: 'name', match: { service: 'hubspot' }, count: 1, do: 'dns' } },
        { atMs: 11 * 60_000, fault: { id: 'certificate', match: {}, count: 1, do: 'tls' } },
      ],
    });
    expect(seen).toMatchObject({ end: 'all-exited', exit: 0, stderr: '' });
    expect(seen.stdout).toBe(`200 0\n${notFound} 6\n${expired} 12\n200 18\n`);
    expect(seen.entries.filter(({ kind }) => kind === 'fault.applied')).toMatchObject([
      { party: 'agent', fault: 'name', exchange: null, service: 'hubspot' },
      { party: 'agent', fault: 'certificate', exchange: null, service: 'hubspot' },
    ]);
    expect(opened(seen)).toHaveLength(2);
  },
);
