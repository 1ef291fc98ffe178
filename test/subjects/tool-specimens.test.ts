// Every check of tools proved both ways through the real runner, and every tool at its own score.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHECKS } from '../../scenarios/checks/index.ts';
import { TOOL_SPECIMENS } from '../specimens/tool/index.ts';
import { examineTool, failedChecks, mockRun } from './tool-run.ts';

const FOUR_STORIES_MS = 120_000;

let outDir = '';
beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'tools-'));
});
afterAll(() => rm(outDir, { recursive: true, force: true }));

describe('a tool gets its score, fails what it is sick of, and nothing else', () => {
  test.each(TOOL_SPECIMENS)(
    '$id: $score $fails',
    async ({ id, knobs, score, fails, named }) => {
      const result = await examineTool({ outDir: join(outDir, id), ...mockRun(knobs), time: 'exact' });
      expect(failedChecks(result)).toEqual(fails);
      const findings = result.scenarios.flatMap((scenario) => scenario.findings);
      expect(findings.find(({ verdict }) => verdict === 'fail')?.check ?? null).toBe(named);
      expect(findings.filter(({ verdict }) => verdict === 'error')).toEqual([]);
      expect(result.rubric53?.score ?? null).toBe(score);
    },
    FOUR_STORIES_MS,
  );
});

test('every check that only tools know has a specimen that fails it', () => {
  const proved = new Set(TOOL_SPECIMENS.flatMap(({ fails }) => fails));
  const own = CHECKS.filter(({ kinds }) => kinds.length === 1 && kinds[0] === 'tool').map(({ id }) => id);
  expect(own.filter((id) => !proved.has(id))).toEqual([]);
});

test('the same seed writes the same bytes', async () => {
  const run = (name: string) =>
    examineTool({
      outDir: join(outDir, name),
      ...mockRun({}),
      time: 'exact',
      scenarios: ['reauth-and-retry'],
    });
  await Promise.all([run('once'), run('twice')]);
  const { readFile } = await import('node:fs/promises');
  const ledgers = await Promise.all(
    ['once', 'twice'].map((name) => readFile(join(outDir, name, 'reauth-and-retry.jsonl'), 'utf8')),
  );
  expect(ledgers[0]).toBe(ledgers[1]);
});
