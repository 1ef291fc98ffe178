// Threads in public as cases: the specimen fails as was reported, the careful one comes through the same story.
//
// That a specimen fails exactly what it pins in the stories that it is told, and a careful one nothing, is run in the tests of
// specimens; here each thread is held to lie within that. At night each thread is run by itself, both ways.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CHECKS } from '../scenarios/checks/index.ts';
import { SCENARIOS } from '../scenarios/index.ts';
import { CASES, type Case } from './incidents/cases.ts';
import { examine } from './specimens/examine.ts';
import type { Specimen } from './specimens/index.ts';

const isNight = process.env.HOUR4_NIGHTLY === '1';
const RUN_MS = 600_000;

const outDir = mkdtempSync(join(tmpdir(), 'hour4-incidents-'));
afterAll(() => rmSync(outDir, { recursive: true, force: true }));

const named = CASES.map((one) => ({ name: one.incident.id, ...one }));

test('there are at least 25, each with a thread of its own', () => {
  const ids = CASES.map(({ incident }) => incident.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThanOrEqual(25);
  for (const id of ids) expect(id).toMatch(/^[\w.-]+\/[\w.-]+#\d+$/);
});

test.each(named)('$name lies within what its specimens pin', ({ incident, sick, healthy }) => {
  expect(CHECKS.map(({ id }) => id)).toContain(incident.check);
  expect(sick.stories.map(({ id }) => id)).toContain(incident.scenario);
  expect(sick.fails).toContain(incident.check);
  expect(healthy.stories.map(({ id }) => id)).toContain(incident.scenario);
  expect(healthy.fails).toEqual([]);
});

describe.runIf(isNight)('run both ways', () => {
  // Threads share what they share: a specimen hears a story once.
  const heard = new Map<string, Promise<readonly string[]>>();

  test.each(named)(
    '$name',
    async ({ incident, sick, healthy }) => {
      expect(await failuresOf(sick, incident)).toContain(incident.check);
      expect(await failuresOf(healthy, incident)).toEqual([]);
    },
    RUN_MS,
  );

  function failuresOf(specimen: Specimen, incident: Case['incident']): Promise<readonly string[]> {
    const key = `${specimen.id} in ${incident.scenario}`;
    const known = heard.get(key) ?? failuresIn(specimen, incident.scenario, key);
    heard.set(key, known);
    return known;
  }
});

async function failuresIn(specimen: Specimen, story: string, key: string): Promise<readonly string[]> {
  const { scenarios } = await examine(specimen, {
    outDir: join(outDir, key.replaceAll(/\W+/g, '-')),
    stories: SCENARIOS.filter(({ id }) => id === story),
  });
  const findings = scenarios.flatMap((scenario) => scenario.findings);
  expect(findings.filter(({ verdict }) => verdict === 'error')).toEqual([]);
  return [...new Set(findings.filter(({ verdict }) => verdict === 'fail').map(({ check }) => check))];
}
