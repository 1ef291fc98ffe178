// A program that is not Node runs in compressed time: found out by itself, told of its factor, judged in true time.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../harness/config/load.ts';
import { entriesOf, parseLedger } from '../harness/ledger.ts';
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

describe.skipIf(python === null)('a careful agent in Python', () => {
  test('gets the letter A, its tokens die in seconds, and the record tells of hours', {
    timeout: 180_000,
  }, async () => {
    const config = await loadConfig(
      join(import.meta.dirname, '..', 'examples', 'python', 'careful.yaml'),
      '.',
      SERVICES,
    );
    const result = await runSuite({
      config,
      scenarios: [SHORT_NIGHT],
      checks: CHECKS,
      defaultJob: { needsServices: OVERNIGHT_SERVICES, make: overnightJob },
      seed: 1,
      outDir,
      time: 'auto',
    });
    expect(result.subject.time).toBe('compressed');
    expect(result.scenarios[0]?.findings.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(result.grade.letter).toBe('A');
    const { world, entries } = parseLedger(readFileSync(join(outDir, 'short-night.jsonl'), 'utf8'));
    expect(world).toMatchObject({ mode: 'compressed', timeFactor: 360, start: '2026-03-02T22:00:00.000Z' });
    const [first] = entriesOf({ world, entries }, 'token.expired').filter(
      ({ account }) => account === 'acme-hubspot',
    );
    expect(first?.at).toBeGreaterThanOrEqual(30 * MINUTE);
    expect(first?.at).toBeLessThan(40 * MINUTE);
    const ledger = { world, entries };
    const [held] = entriesOf(ledger, 'gate.held');
    const [released] = entriesOf(ledger, 'gate.released');
    // A second one never comes; half a minute is a twelfth of a second here.
    expect(released?.reason).toBe('gave-up');
    expect((released?.at ?? 0) - (held?.at ?? 0)).toBeLessThan(10 * MINUTE);
    expect(new Set(entriesOf(ledger, 'exchange.opened').map(({ party }) => party))).toEqual(
      new Set(['agent']),
    );
    expect(result.scenarios[0]?.realMs).toBeLessThan(60_000);
  });
});
