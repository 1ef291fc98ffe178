// Which mutants of the checks the tests in test/checks/ catch: a test that fails is a mutant caught.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mutant } from './mutants.ts';
import { ROOT, testsOf } from './parts.ts';

/** All at once: each test calls the mutants that it comes by, one after the other. */
export function caughtByTests(sleeping: readonly Mutant[]): readonly string[] {
  const tests = new Set([...new Set(sleeping.map(({ file }) => file))].flatMap(testsOf));
  if (tests.size === 0) return [];
  const folder = mkdtempSync(join(tmpdir(), 'hour4-mutants-'));
  const list = join(folder, 'alive.json');
  const caught = join(folder, 'caught');
  writeFileSync(list, JSON.stringify(sleeping.map(({ id }) => id)));
  writeFileSync(caught, '');
  try {
    execFileSync(...vitest([...tests]), {
      cwd: ROOT,
      env: { ...process.env, MUTANTS_ALIVE: list, MUTANTS_CAUGHT: caught },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return readFileSync(caught, 'utf8').split('\n').filter(Boolean);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One that acts while the sources are read needs a run of its own, of the tests that read its file. */
export function isCaughtAtLoad({ id, file }: Mutant): boolean {
  const tests = testsOf(file);
  if (tests.length === 0) return false;
  const env = { ...process.env, __STRYKER_ACTIVE_MUTANT__: id };
  const { status } = spawnSync(...vitest(['--bail=1', ...tests]), { cwd: ROOT, env, stdio: 'ignore' });
  return status !== 0;
}

function vitest(args: readonly string[]): [string, string[]] {
  const program = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  return [process.execPath, [program, 'run', '--config', 'test/mutation/vitest.config.ts', ...args]];
}
