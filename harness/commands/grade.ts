// `hour4 grade`: the score of a command-line tool on the rubric of challenge 53, without a config.

import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { configureService } from '../config/services.ts';
import type { SuiteOptions } from '../stage.ts';
import type { Catalogue } from './catalogue.ts';
import { deliver } from './deliver.ts';
import { type Graded, gradedConfig } from './graded-config.ts';
import { outcomeOf } from './outcome.ts';
import { progressTeller } from './progress.ts';
import { reportTargets } from './report-target.ts';
import { INTERRUPTED, type RunSurroundings } from './run.ts';
import { amongAll, amongOne, isUndirected } from './undirected.ts';

/** The flags of `grade`, as they are typed. */
export interface GradeFlags extends Graded {
  readonly report: readonly string[];
  readonly out: string;
  readonly seed: number;
  readonly minScore: number;
  readonly quiet: boolean;
}

/**
 * Runs the command.
 * @returns the exit code: 1 when a check failed, the least score was not reached, or nothing could be concluded
 * @throws UsageError before anything was started
 */
export async function grade(
  flags: GradeFlags,
  catalogue: Catalogue,
  surroundings: RunSurroundings,
): Promise<number> {
  const { cwd, terminal, signal, runSuite } = surroundings;
  const targets = reportTargets(flags.report, catalogue.reports, cwd);
  const common = {
    scenarios: catalogue.scenarios.filter(({ kinds, tool }) => kinds.includes('tool') && tool !== undefined),
    checks: catalogue.checks,
    defaultJob: catalogue.defaultJob,
    seed: flags.seed,
    outDir: resolve(cwd, flags.out),
    time: flags.time,
    jobs: availableParallelism(),
    signal,
  };
  const said = gradedConfig(flags, cwd);
  const config = isUndirected(flags) ? await directed(said, common, surroundings) : said;
  for (const [id, knobs] of Object.entries(config.services)) configureService(id, knobs, catalogue.services);
  const progress = progressTeller(flags.quiet ? null : terminal.stderr);
  const result = await runSuite({ config, ...common, onProgress: progress.tell }).finally(progress.done);
  if (signal.aborted) return INTERRUPTED;
  deliver(result, targets, terminal, common.outDir, cwd);
  const { exitCode, reasons } = outcomeOf(result, { failOn: 'fail', require: [], minGrade: null });
  const score = result.rubric53?.score ?? null;
  const missed =
    score === null
      ? ['There is no score: it takes a failure by expiry and a denial, and not both were seen.']
      : score < flags.minScore
        ? [`The score is ${score}, and at least ${flags.minScore} is demanded.`]
        : [];
  for (const reason of [...reasons, ...missed]) terminal.stderr.write(`hour4: ${reason}\n`);
  return missed.length > 0 ? Math.max(exitCode, 1) : exitCode;
}

// Where nothing is said, one good call shows which service the tool calls; the plain one stands where it calls none.
async function directed(
  config: Config,
  common: Omit<SuiteOptions, 'config'>,
  { terminal, firstServiceCalled }: RunSurroundings,
): Promise<Config> {
  const service = await firstServiceCalled({ ...common, config: amongAll(config) });
  if (service === null || service === config.subject.tool?.service) return config;
  terminal.stderr.write(`hour4: the tool calls ${service}, which is mocked under its real hosts.\n`);
  return amongOne(config, service);
}
