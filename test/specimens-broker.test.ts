// Broker specimens through the real runner: the sick fail exactly what they are sick of, the healthy nothing.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openHouse } from '../harness/subjects/house.ts';
import { CHECKS } from '../scenarios/checks/index.ts';
import { SCENARIOS } from '../scenarios/index.ts';
import { BROKER_SPECIMENS, type BrokerSpecimen } from './specimens/broker/index.ts';
import { isOnOidc, onPlain, runBrokerSuite, startOf } from './subjects/broker-suite.ts';

const ALL_STORIES_MS = 300_000;

const outDir = mkdtempSync(join(tmpdir(), 'hour4-brokers-'));
// One for all, whose processes stay warm.
const house = openHouse();
afterAll(async () => {
  await house.close();
  rmSync(outDir, { recursive: true, force: true });
});

/** By night (HOUR4_NIGHTLY=1) the healthy are told every story, with as many seeds. */
const isNight = process.env.HOUR4_NIGHTLY === '1';
const NIGHTLY_SEEDS = 20;
const A_NIGHT_MS = 8 * 3_600_000;

const toldTo = ({ stories }: BrokerSpecimen) =>
  SCENARIOS.filter(
    ({ id, kinds }) =>
      kinds.includes('broker') && (stories === undefined || id === 'healthy-day' || stories.includes(id)),
  );

function folderWith(files: Readonly<Record<string, readonly string[]>>): string {
  const folder = mkdtempSync(join(outDir, 'folder-'));
  for (const [name, pieces] of Object.entries(files)) writeFileSync(join(folder, name), pieces.join(''));
  return folder;
}

describe('a broker fails what it is sick of, and nothing else', () => {
  test.each(BROKER_SPECIMENS)(
    '$id: $fails',
    async (specimen) => {
      const { scenarios, grade } = await runBrokerSuite({
        name: specimen.id,
        start: startOf(specimen),
        scenarios: toldTo(specimen)
          .filter((story) => !isOnOidc(story))
          .map(onPlain),
        outDir: join(outDir, specimen.id),
        house,
        ...(specimen.files === undefined ? {} : { subject: { cwd: folderWith(specimen.files) } }),
      });
      const findings = scenarios.flatMap((scenario) => scenario.findings);
      const failures = findings.filter(({ verdict }) => verdict === 'fail');
      const ids = new Set(failures.map(({ check }) => check));
      expect(CHECKS.map(({ id }) => id).filter((id) => ids.has(id))).toEqual(specimen.fails);
      expect(failures[0]?.check ?? null).toBe(specimen.named);
      expect(findings.filter(({ verdict }) => verdict === 'error')).toEqual([]);
      expect(grade.letter === 'A').toBe(specimen.fails.length === 0);
    },
    ALL_STORIES_MS,
  );
});

describe.runIf(isNight)('a healthy broker has the letter A in every story', () => {
  const healthy = BROKER_SPECIMENS.filter(({ fails }) => fails.length === 0);
  const seeds = Array.from({ length: NIGHTLY_SEEDS }, (_none, index) => index + 1);
  test.each(healthy.flatMap((specimen) => seeds.map((seed) => [specimen.id, seed, specimen] as const)))(
    '%s, seed %i',
    async (id, seed, specimen) => {
      const { scenarios, grade } = await runBrokerSuite({
        name: id,
        start: startOf(specimen),
        scenarios: SCENARIOS.filter(({ kinds }) => kinds.includes('broker')),
        outDir: join(outDir, `${id}-${seed}`),
        seed,
        house,
      });
      const wrong = scenarios.flatMap((told) =>
        told.findings
          .filter(({ verdict }) => verdict === 'fail' || verdict === 'error')
          .map(({ check, message }) => `${told.id} ${told.variant ?? ''}: ${check}: ${message}`),
      );
      expect(wrong).toEqual([]);
      expect(grade.letter).toBe('A');
    },
    A_NIGHT_MS,
  );
});
