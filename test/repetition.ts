// The same night again and again: every run must pass, and every ledger must be the first one, byte for byte.

import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { loadConfig } from '../harness/config/load.ts';
import type { Result } from '../harness/result.ts';
import { runSuite } from '../harness/suite.ts';
import { SERVICES } from '../mocks/index.ts';
import { CHECKS } from '../scenarios/checks/index.ts';
import { SCENARIOS } from '../scenarios/index.ts';
import { OVERNIGHT_SERVICES, overnightJob } from '../scenarios/overnight-job.ts';

/** What came of a series of runs. */
export interface Repetition {
  readonly runs: number;
  readonly passed: number;
  /** How many different ledgers were written, over all scenarios; as many as there are scenarios when all agree. */
  readonly ledgers: number;
  readonly scenarios: number;
}

/** Runs an example's night `times` times with the same seed. */
export async function repeatNight(
  example: string,
  options: { readonly times: number; readonly scenarios: readonly string[]; readonly seed: number },
): Promise<Repetition> {
  const folder = mkdtempSync(join(tmpdir(), 'hour4-repeat-'));
  const seen = new Set<string>();
  let passed = 0;
  try {
    for (let run = 0; run < options.times; run++) {
      const result = await runNight(example, options.scenarios, options.seed, folder);
      if (result.totals.fail === 0 && result.totals.error === 0 && result.grade.letter === 'A') passed++;
      for (const { id, ledger } of result.scenarios) seen.add(`${id} ${digest(join(folder, ledger ?? ''))}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { runs: options.times, passed, ledgers: seen.size, scenarios: options.scenarios.length };
}

/** Runs some scenarios of an example. */
export async function runNight(
  example: string,
  scenarios: readonly string[],
  seed: number,
  outDir: string,
): Promise<Result> {
  const config = await loadConfig(join(import.meta.dirname, '..', 'examples', example), '.', SERVICES);
  return runSuite({
    config,
    scenarios: SCENARIOS.filter(({ id }) => scenarios.includes(id)),
    checks: CHECKS,
    defaultJob: { needsServices: OVERNIGHT_SERVICES, make: overnightJob },
    seed,
    outDir,
    time: config.subject.time,
  });
}

/** Keeps one core busy while `work` runs. */
export async function withBusyCore<T>(work: () => Promise<T>): Promise<T> {
  const busy = new Worker('for (;;);', { eval: true });
  try {
    return await work();
  } finally {
    await busy.terminate();
  }
}

const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
