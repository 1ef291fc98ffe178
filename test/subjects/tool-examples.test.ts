// The example tools get exactly the score that their name says.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../harness/config/load.ts';
import { runSuite } from '../../harness/suite.ts';
import { SERVICES } from '../../mocks/index.ts';
import { CHECKS } from '../../scenarios/checks/index.ts';
import { failedChecks, TOOL_STORIES } from './tool-run.ts';

let outDir = '';
beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'tool-examples-'));
});
afterAll(() => rm(outDir, { recursive: true, force: true }));

test.each([0, 1, 2, 3])('level-%i.yaml', { timeout: 120_000 }, async (level) => {
  const folder = join(import.meta.dirname, '..', '..', 'examples', 'tools');
  const config = await loadConfig(`level-${level}.yaml`, folder, SERVICES);
  const result = await runSuite({
    config,
    scenarios: TOOL_STORIES,
    checks: CHECKS,
    defaultJob: { needsServices: ['none'], make: () => ({ description: null, data: {} }) },
    seed: 1,
    outDir: join(outDir, String(level)),
    time: config.subject.time,
  });
  expect(result.subject.time).toBe('exact');
  expect(result.rubric53?.score).toBe(level);
  expect(failedChecks(result).length === 0).toBe(level === 3);
});
