// Broker specimens through the real runner: the sick fail exactly what they are sick of, the healthy nothing.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CHECKS } from '../scenarios/checks/index.ts';
import { SCENARIOS } from '../scenarios/index.ts';
import { BROKER_SPECIMENS } from './specimens/broker/index.ts';
import { onPlain, runBrokerSuite, startOf } from './subjects/broker-suite.ts';

const ALL_STORIES_MS = 300_000;

const outDir = mkdtempSync(join(tmpdir(), 'hour4-brokers-'));
afterAll(() => rmSync(outDir, { recursive: true, force: true }));

const isTold = (id: string, stories: readonly string[] | undefined) =>
  stories === undefined || id === 'healthy-day' || stories.includes(id);

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
        scenarios: SCENARIOS.filter(
          ({ id, kinds }) => kinds.includes('broker') && isTold(id, specimen.stories),
        ).map(onPlain),
        outDir: join(outDir, specimen.id),
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
