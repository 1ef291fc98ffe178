// The door for CI users: what is healthy passes under vitest, what is sick fails by name and with its fix.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'hour4-conformance-'));
const EXAMPLE = join(ROOT, 'examples', 'conformance');
afterAll(() => {
  for (const left of [folder, join(EXAMPLE, '.hour4'), join(EXAMPLE, 'node_modules')])
    rmSync(left, { recursive: true, force: true });
});

interface Told {
  readonly status: string;
  readonly fullName: string;
  readonly failureMessages: readonly string[];
}

function vitest(pattern: string, root: string): { code: number | null; tests: readonly Told[] } {
  const report = join(folder, 'report.json');
  rmSync(report, { force: true });
  const options = ['run', '--root', root, '--reporter=json', `--outputFile=${report}`];
  const bin = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const { status, stderr } = spawnSync(process.execPath, [bin, ...options, pattern], {
    cwd: root,
    encoding: 'utf8',
  });
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
    return {
      code: status,
      tests: testResults.flatMap(({ assertionResults }: { assertionResults: Told[] }) => assertionResults),
    };
  } catch {
    throw new Error(`vitest left no report: ${stderr}`);
  }
}

const named = (tests: readonly Told[], name: string) => tests.find(({ fullName }) => fullName.endsWith(name));

test('the example passes, with a test for each check', { timeout: 240_000 }, () => {
  const { code, tests } = vitest('conformance', EXAMPLE);
  expect(code).toBe(0);
  expect(named(tests, 'overnight-run no-silent-skip')?.status).toBe('passed');
  expect(named(tests, 'overnight-run stops-on-terminal')?.status).toMatch(/skipped|pending/);
  expect(tests.length).toBeGreaterThan(15);
});

test('what is sick fails by the name of its check, with the fix', { timeout: 240_000 }, () => {
  const file = join(folder, 'naive.test.ts');
  const lines = [
    `import { conformance } from ${JSON.stringify(join(ROOT, 'scenarios', 'vitest.ts'))};`,
    `conformance({ config: ${JSON.stringify(join(ROOT, 'examples/own-job/naive.yaml'))}, scenarios: ['overnight-run'], outDir: ${JSON.stringify(join(folder, 'out'))} });`,
  ];
  writeFileSync(file, lines.join('\n'));
  const { code, tests } = vitest('naive', folder);
  expect(code).toBe(1);
  const sick = named(tests, 'overnight-run no-silent-skip');
  expect(sick?.status).toBe('failed');
  expect(sick?.failureMessages.join('\n')).toContain('Fix: ');
});

test('a scenario that is not there is told', { timeout: 60_000 }, () => {
  const file = join(folder, 'unknown.test.ts');
  const lines = [
    `import { conformance } from ${JSON.stringify(join(ROOT, 'scenarios', 'vitest.ts'))};`,
    `conformance({ config: ${JSON.stringify(join(ROOT, 'examples/own-job/naive.yaml'))}, scenarios: ['hour-fur'] });`,
  ];
  writeFileSync(file, lines.join('\n'));
  const options = ['run', '--root', folder, 'unknown'];
  const bin = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...options], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(`${stdout}${stderr}`).toContain('no scenario "hour-fur": did you mean "hour-four"?');
});
