// The same night again and again: every run must pass, and every ledger must be the first one, byte for byte.

import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { loadConfig } from '../harness/config/load.ts';
import type { Result } from '../harness/result.ts';
import type { Scenario } from '../harness/scenario.ts';
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

/** Runs an example's night `times` times with the same seed, beside one twin. */
export async function repeatNight(
  example: string,
  options: { readonly times: number; readonly scenarios: readonly string[]; readonly seed: number },
): Promise<Repetition> {
  const folder = mkdtempSync(join(tmpdir(), 'hour4-repeat-'));
  const times = Array.from({ length: options.times }, (_none, index) => ({ id: `time-${index + 1}` }));
  const stories = storiesOf(options.scenarios).map((story) => ({ ...story, variants: times }));
  try {
    const { scenarios, grade } = await runNight(example, stories, options.seed, folder);
    const isGood = (time: string) =>
      scenarios.every(({ variant, verdict }) => variant !== time || verdict === 'pass');
    const ledgers = scenarios.map(({ id, ledger }) => `${id} ${digest(join(folder, ledger ?? ''))}`);
    return {
      runs: times.length,
      passed: grade.letter === 'A' ? times.filter(({ id }) => isGood(id)).length : 0,
      ledgers: new Set(ledgers).size,
      scenarios: stories.length,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Scenarios by their ids. */
export const storiesOf = (ids: readonly string[]): readonly Scenario[] =>
  SCENARIOS.filter(({ id }) => ids.includes(id));

/** Runs some scenarios of an example. */
export async function runNight(
  example: string,
  scenarios: readonly Scenario[],
  seed: number,
  outDir: string,
): Promise<Result> {
  const config = await loadConfig(join(import.meta.dirname, '..', 'examples', example), '.', SERVICES);
  return runSuite({
    config,
    scenarios,
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

// Its first line says which time it was.
const digest = (path: string) => {
  const [, ...entries] = readFileSync(path, 'utf8').split('\n');
  return createHash('sha256').update(entries.join('\n')).digest('hex');
};
