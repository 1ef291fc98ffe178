// The whole catalogue against one careful agent, as `hour4 run` tells it: as a process, and as a module.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../harness/config/load.ts';
import type { Result } from '../harness/result.ts';
import type { Scenario } from '../harness/scenario.ts';
import { runSuite } from '../harness/suite.ts';
import { SERVICES } from '../mocks/index.ts';
import { CHECKS } from '../scenarios/checks/index.ts';
import { SCENARIOS } from '../scenarios/index.ts';
import { OVERNIGHT_SERVICES, overnightJob } from '../scenarios/overnight-job.ts';
import { measureExchanges } from './exchanges.ts';

const ROOT = join(import.meta.dirname, '..');
const SUBJECTS = {
  process: { file: join(ROOT, 'examples', 'overnight', 'careful.yaml') },
  module: { module: join(ROOT, 'test', 'specimens', 'agent', 'careful.ts') },
} as const;

export type CatalogueSubject = keyof typeof SUBJECTS;

/** What it took. */
export interface CatalogueReport {
  readonly elapsedMs: number;
  /** How many runs there were, twins aside. */
  readonly runs: number;
  /** How many requests the services of all runs were sent, those of the twins included. */
  readonly exchanges: number;
  /** Real milliseconds that as many exchanges take with nothing else, by a client for each core. */
  readonly aloneMs: number;
}

/**
 * Tells stories, by default all there are, and checks that nothing failed.
 * @throws Error when something did
 */
export async function measureCatalogue(
  subject: CatalogueSubject,
  scenarios: readonly Scenario[] = SCENARIOS,
): Promise<CatalogueReport> {
  const lanes = availableParallelism();
  const { result, elapsedMs, exchanges } = await tell(subject, scenarios, lanes);
  const { scenarios: told, totals } = result;
  if (totals.fail + totals.error > 0) throw new Error(`the careful ${subject} failed ${totals.fail} checks`);
  return {
    elapsedMs,
    runs: told.filter(({ ledger }) => ledger !== null).length,
    exchanges,
    aloneMs: await measureExchanges(exchanges, lanes),
  };
}

/** Real milliseconds of one night of the process alone, without its twin. */
export async function measureCareful(): Promise<number> {
  const nights = SCENARIOS.filter(({ id }) => id === 'overnight-run');
  const [night] = (await tell('process', nights, 1)).result.scenarios;
  if (night?.verdict !== 'pass') throw new Error(`the careful night came to "${night?.verdict}"`);
  return night.realMs;
}

async function tell(
  subject: CatalogueSubject,
  scenarios: readonly Scenario[],
  jobs: number,
): Promise<{ readonly result: Result; readonly elapsedMs: number; readonly exchanges: number }> {
  const begunMs = performance.now();
  const outDir = mkdtempSync(join(tmpdir(), 'hour4-bench-'));
  try {
    const result = await runSuite({
      config: await loadConfig(configOf(subject, outDir), outDir, SERVICES),
      scenarios,
      checks: CHECKS,
      defaultJob: { needsServices: OVERNIGHT_SERVICES, make: overnightJob },
      seed: 1,
      outDir: join(outDir, 'out'),
      time: 'exact',
      jobs,
    });
    return { result, elapsedMs: performance.now() - begunMs, exchanges: exchangesIn(join(outDir, 'out')) };
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

function exchangesIn(folder: string): number {
  const ledgers = readdirSync(folder).filter((file) => file.endsWith('.jsonl'));
  const lines = ledgers.flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'));
  return lines.filter((line) => line.includes('"kind":"exchange.opened"')).length;
}

function configOf(name: CatalogueSubject, folder: string): string {
  const subject = SUBJECTS[name];
  if ('file' in subject) return subject.file;
  const file = join(folder, 'hour4.json');
  const services = Object.fromEntries(OVERNIGHT_SERVICES.map((service) => [service, {}]));
  writeFileSync(file, JSON.stringify({ subject: { name, kind: 'agent', ...subject }, services }));
  return file;
}
