// `hour4 run`: load, select, run, report, and end with a code that a pipeline can use.

import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { Config, TimeChoice } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import { nearest } from '../config/nearest.ts';
import { UsageError } from '../errors.ts';
import type { Result } from '../result.ts';
import type { Scenario } from '../scenario.ts';
import type { SuiteOptions } from '../stage.ts';
import type { Catalogue } from './catalogue.ts';
import { deliver } from './deliver.ts';
import { type Demands, differences, outcomeOf } from './outcome.ts';
import { completed } from './own-scenario.ts';
import { progressTeller } from './progress.ts';
import { reportTargets } from './report-target.ts';
import { selectStories } from './select.ts';
import type { Terminal } from './terminal.ts';

/** The flags of `run`, as they are typed. */
export interface RunFlags extends Demands {
  /** Path of the config; null to look for one. */
  readonly config: string | null;
  /** Ids or globs; empty for those of the config. */
  readonly scenario: readonly string[];
  readonly seed: number;
  /** Null for as many as there are cores. */
  readonly jobs: number | null;
  readonly repeat: number;
  readonly report: readonly string[];
  readonly out: string;
  readonly time: TimeChoice | null;
  readonly quiet: boolean;
}

/** What `run` is given besides its flags. */
export interface RunSurroundings {
  readonly cwd: string;
  readonly terminal: Terminal;
  /** Ends the run early. */
  readonly signal: AbortSignal;
  readonly runSuite: (options: SuiteOptions) => Promise<Result>;
  /** Which service a tool calls. */
  readonly firstServiceCalled: (options: SuiteOptions) => Promise<string | null>;
}

/**
 * Runs the command.
 * @returns the exit code
 * @throws UsageError before anything was started
 */
export async function run(
  flags: RunFlags,
  catalogue: Catalogue,
  surroundings: RunSurroundings,
): Promise<number> {
  const { cwd, terminal, signal } = surroundings;
  const targets = reportTargets(flags.report, catalogue.reports, cwd);
  mustKnow(flags.require, catalogue);
  const config = await loadConfig(flags.config, cwd, catalogue.services);
  const scenarios = scenariosOf(flags, config, catalogue);
  const results = await runAll(flags, config, scenarios, catalogue, surroundings);
  const last = results.at(-1);
  if (last === undefined) throw new Error('a run without a single pass is no run');
  const outDir = resolve(cwd, flags.out);
  deliver(last, targets, terminal, outDir, cwd);
  if (signal.aborted) {
    terminal.stderr.write('hour4: interrupted: what was not judged by then is told as inconclusive.\n');
    return INTERRUPTED;
  }
  const unsteady = results.slice(1).flatMap((result, index) => differences(results[index] ?? result, result));
  const { exitCode, reasons } = outcomeOf(last, flags);
  for (const reason of [...reasons, ...unsteady]) terminal.stderr.write(`hour4: ${reason}\n`);
  return unsteady.length > 0 ? Math.max(exitCode, 1) : exitCode;
}

/** What a shell reports for a program that Ctrl-C ended. */
export const INTERRUPTED = 130;

function mustKnow(required: readonly string[], { checks }: Catalogue): void {
  const ids = checks.map(({ id }) => id);
  const unknown = required.find((id) => !ids.includes(id));
  if (unknown !== undefined)
    throw new UsageError(`--require: no check "${unknown}": ${nearest(unknown, ids)}`);
}

function scenariosOf(flags: RunFlags, config: Config, catalogue: Catalogue): readonly Scenario[] {
  const own = config.ownScenarios.map((scenario) => completed(scenario, config, catalogue));
  const selected = (scenarios: readonly Scenario[], patterns: readonly string[], where: string) =>
    selectStories(scenarios, catalogue.incidents, patterns, where);
  return flags.scenario.length > 0
    ? selected([...catalogue.scenarios, ...own], flags.scenario, '--scenario')
    : [...selected(catalogue.scenarios, config.scenarios, `${config.file}: scenarios`), ...own];
}

async function runAll(
  flags: RunFlags,
  config: Config,
  scenarios: readonly Scenario[],
  { checks, defaultJob }: Catalogue,
  { cwd, terminal, signal, runSuite }: RunSurroundings,
): Promise<readonly Result[]> {
  const progress = progressTeller(flags.quiet ? null : terminal.stderr);
  const results: Result[] = [];
  try {
    while (results.length < flags.repeat && !signal.aborted) {
      const options: SuiteOptions = {
        config,
        scenarios,
        checks,
        defaultJob,
        seed: flags.seed,
        outDir: resolve(cwd, flags.out),
        time: flags.time ?? config.subject.time,
        jobs: flags.jobs ?? availableParallelism(),
        onProgress: progress.tell,
        signal,
      };
      results.push(await runSuite(options));
    }
  } finally {
    progress.done();
  }
  return results;
}
