// Runs a tool through its stories, for tests.

import { join } from 'node:path';
import type { Check } from '../../harness/check.ts';
import { type Config, DEFAULT_LIMITS, DEFAULT_START_MS, type Limits } from '../../harness/config/config.ts';
import type { Behaviour } from '../../harness/mock-tool/behaviour.ts';
import type { Result } from '../../harness/result.ts';
import type { Scenario } from '../../harness/scenario.ts';
import type { StepArguments } from '../../harness/subjects/tool/steps.ts';
import { runSuite } from '../../harness/suite.ts';
import { CHECKS } from '../../scenarios/checks/index.ts';
import { SCENARIOS } from '../../scenarios/index.ts';

/** Stories in which tools have a part. */
export const TOOL_STORIES: readonly Scenario[] = SCENARIOS.filter(({ tool }) => tool !== undefined);

/** What a test says of its tool; the rest is usual. */
export interface ToolTest {
  readonly outDir: string;
  readonly run: readonly string[];
  readonly steps?: Partial<StepArguments>;
  readonly env?: Readonly<Record<string, string>>;
  readonly time?: Config['subject']['time'];
  readonly scenarios?: readonly string[];
  readonly limits?: Partial<Limits>;
  readonly cwd?: string;
  readonly checks?: readonly Check[];
  readonly seed?: number;
}

const STEPS: StepArguments = {
  call: ['items'],
  more: [['whoami']],
  denied: ['items'],
  notFound: ['item', 'no-such-item'],
  rollback: ['remove', 'item-1'],
};

/** How the mock tool is started with such knobs. */
export function mockRun(knobs: Partial<Behaviour>): Pick<ToolTest, 'run'> {
  const file = join(import.meta.dirname, '..', '..', 'harness', 'mock-tool', 'program.ts');
  return { run: [process.execPath, file, JSON.stringify(knobs)] };
}

/** Runs a tool called `tool` against `plain`, with tokens of fifteen minutes. */
export function examineTool(test: ToolTest): Promise<Result> {
  const { outDir, run, steps, env = {}, time = 'auto', scenarios, limits, cwd = outDir } = test;
  const { checks = CHECKS, seed = 1 } = test;
  const config: Config = {
    file: 'test',
    subject: {
      name: 'tool',
      kind: 'tool',
      run,
      module: null,
      cwd,
      env,
      time,
      tool: {
        name: 'tool',
        service: 'plain',
        tokenEnv: 'TOOL_TOKEN',
        files: {},
        steps: { ...STEPS, ...steps },
      },
    },
    services: { plain: { accessTtl: '15m' } },
    startMs: DEFAULT_START_MS,
    scenarios: ['*'],
    ownScenarios: [],
    data: {},
    job: null,
    limits: { ...DEFAULT_LIMITS, ...limits },
  };
  return runSuite({
    config,
    scenarios: TOOL_STORIES.filter(({ id }) => scenarios === undefined || scenarios.includes(id)),
    checks,
    defaultJob: { needsServices: ['none'], make: () => ({ description: null, data: {} }) },
    seed,
    outDir,
    time,
  });
}

/** The checks that failed somewhere, in catalogue order. */
export function failedChecks({ scenarios }: Result): readonly string[] {
  const failed = new Set(
    scenarios.flatMap(({ findings }) =>
      findings.filter(({ verdict }) => verdict === 'fail').map(({ check }) => check),
    ),
  );
  return CHECKS.map(({ id }) => id).filter((id) => failed.has(id));
}
