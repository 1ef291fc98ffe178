/**
 * A test for each check of each scenario, for whoever keeps a subject honest with vitest.
 * @module
 */

import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { completed } from '../harness/commands/own-scenario.ts';
import { selectScenarios } from '../harness/commands/select.ts';
import type { Config } from '../harness/config/config.ts';
import { loadConfig } from '../harness/config/load.ts';
import type { Finding, Result, ScenarioResult } from '../harness/result.ts';
import { type Scenario, tellingsOf } from '../harness/scenario.ts';
import { runSuite } from '../harness/suite.ts';
import { SERVICES } from '../mocks/index.ts';
import { CHECKS } from './checks/index.ts';
import { SCENARIOS } from './index.ts';
import { OVERNIGHT_SERVICES, overnightJob } from './overnight-job.ts';

/** What is asked of a subject. */
export interface ConformanceOptions {
  /** Path of the config file, or of a folder with one; by default the working directory. */
  readonly config?: string;
  /** Ids or globs of scenarios; by default those of the config. */
  readonly scenarios?: readonly string[];
  /** A whole number; the same seed gives the same ledgers. 1 by default. */
  readonly seed?: number;
  /** Where ledgers and logs go; `.hour4` by default. */
  readonly outDir?: string;
  /** Real milliseconds that all scenarios together may take; ten minutes by default. */
  readonly timeoutMs?: number;
  /** What becomes of a check that could not conclude anything; by default its test is skipped, with the reason. */
  readonly inconclusive?: 'skip' | 'fail';
}

const TIMEOUT_MS = 600_000;

/**
 * Registers a test for each check of each scenario that applies to the subject of a config. To be called in a test file.
 * @param options what is asked, or the path of a config
 * @throws UsageError inside the tests, for a config that is not right or a scenario that is not there
 */
export function conformance(options: ConformanceOptions | string = {}): void {
  const asked = typeof options === 'string' ? { config: options } : options;
  const path = resolve(asked.config ?? '.');
  describe(`hour4: ${asked.config ?? '.'}`, async () => {
    const config = await loadConfig(path, process.cwd(), SERVICES);
    const scenarios = scenariosOf(config, asked);
    let result: Result | null = null;
    beforeAll(async () => {
      result = await runSuite({
        config,
        scenarios,
        checks: CHECKS,
        defaultJob: { needsServices: OVERNIGHT_SERVICES, make: overnightJob },
        seed: asked.seed ?? 1,
        outDir: resolve(asked.outDir ?? '.hour4'),
        time: config.subject.time,
      });
    }, asked.timeoutMs ?? TIMEOUT_MS);
    for (const scenario of scenarios) register(scenario, config, asked, () => result?.scenarios ?? []);
  });
}

function scenariosOf(config: Config, { scenarios: wanted }: ConformanceOptions): readonly Scenario[] {
  const catalogue = { scenarios: SCENARIOS, checks: CHECKS };
  const own = config.ownScenarios.map((scenario) => completed(scenario, config, catalogue));
  const chosen =
    wanted === undefined
      ? [...selectScenarios(SCENARIOS, config.scenarios, `${config.file}: scenarios`), ...own]
      : selectScenarios([...SCENARIOS, ...own], wanted, 'conformance: scenarios');
  return chosen.filter(({ kinds }) => kinds.includes(config.subject.kind));
}

function register(
  scenario: Scenario,
  { subject }: Config,
  asked: ConformanceOptions,
  results: () => readonly ScenarioResult[],
): void {
  for (const telling of tellingsOf(scenario, subject.kind)) {
    const { id, variant } = telling;
    describe(variant === null ? id : `${id} (${variant})`, () => {
      const checks = CHECKS.filter(
        (check) => telling.checks.includes(check.id) && check.kinds.includes(subject.kind),
      );
      for (const check of checks) {
        test(check.id, ({ skip }) => {
          const told = results().find((result) => result.id === id && result.variant === variant);
          const finding = told?.findings.find((each) => each.check === check.id);
          if (finding === undefined) throw new Error(`${check.id} said nothing in ${id}`);
          const isOpen = finding.verdict === 'inconclusive' && asked.inconclusive !== 'fail';
          if (isOpen || finding.verdict === 'not-applicable') skip(finding.message);
          if (finding.verdict !== 'pass') expect.fail(sentences(finding, told?.ledger ?? null));
        });
      }
    });
  }
}

function sentences({ message, fix, evidence }: Finding, ledger: string | null): string {
  const place =
    ledger === null || evidence.length === 0 ? [] : [`Evidence: ${ledger}, seq ${evidence.join(', ')}`];
  return [message, ...(fix === null ? [] : [`Fix: ${fix}`]), ...place].join('\n');
}
