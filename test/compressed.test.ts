// A program that is not Node runs in compressed time: found out by itself, told of its factor, judged in true time.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../harness/config/load.ts';
import { entriesOf, type Ledger, parseLedger } from '../harness/ledger.ts';
import { runSuite } from '../harness/suite.ts';
import { SERVICES } from '../mocks/index.ts';
import { CHECKS } from '../scenarios/checks/index.ts';
import { OVERNIGHT_SERVICES, overnightJob } from '../scenarios/overnight-job.ts';
import { systemProgram } from './debian.ts';

const MINUTE = 60_000;
const python = systemProgram({ package: 'python3', names: ['python3'] });
const outDir = mkdtempSync(join(tmpdir(), 'hour4-compressed-'));
afterAll(() => rmSync(outDir, { recursive: true, force: true }));

const HUBSPOT_REFRESH = { account: 'acme-hubspot', route: 'token' };

/** The first hour and a half of the night, with a revocation in it: fifteen real seconds, and as many for the twin. */
const SHORT_NIGHT = {
  id: 'short-night',
  title: 'An hour and a half, and a grant that ends in it',
  why: 'compressed time',
  kinds: ['agent'],
  untilMs: 90 * MINUTE,
  timeline: [
    {
      atMs: 0,
      gate: { id: 'for-two', match: HUBSPOT_REFRESH, phase: 'before-commit', arrive: 2, release: 'all' },
    },
    { atMs: 45 * MINUTE, account: 'acme-salesforce', act: 'revoke' },
  ],
  checks: CHECKS.map(({ id }) => id),
} as const;

/** Paused for a new consent, and later killed: its last start is the last thing that is planned. */
const THREE_STARTS = {
  id: 'three-starts',
  title: 'A new consent, and a kill',
  why: 'compressed time',
  kinds: ['agent'],
  untilMs: 40 * MINUTE,
  agent: { reauthorizes: true },
  timeline: [
    { atMs: 5 * MINUTE, account: 'acme-hubspot', act: 'revoke' },
    { atMs: 25 * MINUTE, blow: { do: 'kill', party: 'agent' } },
    { atMs: 30 * MINUTE, blow: { do: 'restart', party: 'agent' } },
  ],
  checks: CHECKS.map(({ id }) => id),
} as const;

const recorded = (id: string) => parseLedger(readFileSync(join(outDir, `${id}.jsonl`), 'utf8'));

describe.skipIf(python === null)('a careful agent in Python', () => {
  test('gets the letter A, its tokens die in seconds, and the record tells of hours', {
    timeout: 180_000,
  }, async () => {
    const yaml = join(import.meta.dirname, '..', 'examples', 'python', 'careful.yaml');
    const result = await runSuite({
      config: await loadConfig(yaml, '.', SERVICES),
      scenarios: [SHORT_NIGHT, THREE_STARTS],
      checks: CHECKS,
      defaultJob: { needsServices: OVERNIGHT_SERVICES, make: overnightJob },
      seed: 1,
      outDir,
      time: 'auto',
    });
    expect(result.subject.time).toBe('compressed');
    const findings = result.scenarios.flatMap((told) => told.findings);
    expect(findings.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(result.grade.letter).toBe('A');
    expect(result.scenarios[0]?.realMs).toBeLessThan(60_000);
    tellsOfHours(recorded(SHORT_NIGHT.id));
    isStartedAgain(recorded(THREE_STARTS.id));
  });
});

function tellsOfHours(ledger: Ledger): void {
  expect(ledger.world).toMatchObject({
    mode: 'compressed',
    timeFactor: 360,
    start: '2026-03-02T22:00:00.000Z',
  });
  const [first] = entriesOf(ledger, 'token.expired').filter(({ account }) => account === 'acme-hubspot');
  expect(first?.at).toBeGreaterThanOrEqual(30 * MINUTE);
  expect(first?.at).toBeLessThan(40 * MINUTE);
  const [held] = entriesOf(ledger, 'gate.held');
  const [released] = entriesOf(ledger, 'gate.released');
  // A second one never comes; half a minute is a twelfth of a second here.
  expect(released?.reason).toBe('gave-up');
  expect((released?.at ?? 0) - (held?.at ?? 0)).toBeLessThan(10 * MINUTE);
  expect(new Set(entriesOf(ledger, 'exchange.opened').map(({ party }) => party))).toEqual(new Set(['agent']));
}

/** A minute after it has asked for a consent, and by the last blow. */
function isStartedAgain(ledger: Ledger): void {
  const starts = entriesOf(ledger, 'process.started');
  expect(starts.map(({ resume }) => resume)).toEqual([false, true, true]);
  const [paused] = entriesOf(ledger, 'claim');
  const waitedMs = (starts[1]?.at ?? 0) - (paused?.at ?? 0);
  expect(waitedMs).toBeGreaterThanOrEqual(MINUTE);
  expect(waitedMs).toBeLessThan(10 * MINUTE);
}
