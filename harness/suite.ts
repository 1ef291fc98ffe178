// Runs a subject through scenarios: the twin first, then the story, then the judges, then the files.

import { existsSync } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { neverExpiring, SERVICES, type Service } from '../mocks/index.ts';
import { boundariesOf } from './boundaries.ts';
import type { Check, Run } from './check.ts';
import type { Config } from './config/config.ts';
import { configureService } from './config/services.ts';
import { expand } from './config/template.ts';
import { costOf } from './cost.ts';
import { formatDuration } from './duration.ts';
import { UsageError } from './errors.ts';
import { grade } from './grade.ts';
import { judge, scenarioVerdict } from './judge.ts';
import { formatLedger, type Ledger } from './ledger.ts';
import { type Recorded, type RunPlan, type RunSetting, record } from './record.ts';
import type { Finding, Loss, Result, ScenarioResult, Verdict } from './result.ts';
import type { Job, Scenario } from './scenario.ts';
import type { AgentProgram } from './subjects/agent.ts';
import { twinLoss } from './twin-loss.ts';
import { VERSION } from './version.ts';

/** What a suite needs. */
export interface SuiteOptions {
  readonly config: Config;
  readonly scenarios: readonly Scenario[];
  /** Every check there is; scenarios name theirs by id. */
  readonly checks: readonly Check[];
  /** The job of agents whose config brings none of its own. */
  readonly defaultJob: JobMaker;
  /** An integer; the same seed gives the same ledgers. */
  readonly seed: number;
  /** Where ledgers and logs go; made if it is missing. */
  readonly outDir: string;
  readonly time: Config['subject']['time'];
  readonly onProgress?: (progress: Progress) => void;
  /** Ends the suite early, and everything it started. */
  readonly signal?: AbortSignal;
}

/** Makes the default job for a world, or says which services it needs. */
export interface JobMaker {
  readonly needsServices: readonly string[];
  make(seed: number, startMs: number, accountOf: (service: string) => string): Job;
}

/** Where a suite is. */
export interface Progress {
  readonly scenario: string;
  /** From 0. */
  readonly index: number;
  readonly of: number;
  readonly phase: 'twin' | 'run' | 'judged';
  readonly virtualMs: number;
  readonly untilMs: number;
  /** Only when judged. */
  readonly verdict?: Verdict;
}

const TENANT = 'acme';
const LATENCY = { minMs: 20, maxMs: 80 };
/** What a twin's tokens live, and say that they live. */
const TWIN_LIFETIME_MS = 30 * 24 * 3_600_000;

/**
 * Runs every scenario that applies and returns the whole result. Ledgers and logs are written below `outDir`.
 * @throws UsageError when the time mode is not to be had or the output folder cannot be written
 */
export async function runSuite(options: SuiteOptions): Promise<Result> {
  const { config, scenarios } = options;
  const startedAt = new Date().toISOString();
  const suite = await prepare(options);
  const results: Judged[] = [];
  for (const [index, scenario] of scenarios.entries()) {
    const report = (phase: Progress['phase'], virtualMs: number, verdict?: Verdict) =>
      options.onProgress?.({
        scenario: scenario.id,
        index,
        of: scenarios.length,
        phase,
        virtualMs,
        untilMs: scenario.untilMs,
        ...(verdict === undefined ? {} : { verdict }),
      });
    const judged = await runScenario(suite, scenario, report);
    report('judged', judged.result.virtualMs, judged.result.verdict);
    results.push(judged);
    if (suite.signal.aborted) break;
  }
  await rm(suite.workDir, { recursive: true, force: true });
  return assemble(options, startedAt, results, config.subject.kind);
}

/** The inside of a suite. */
interface Suite extends SuiteOptions {
  readonly signal: AbortSignal;
  readonly workDir: string;
  readonly services: readonly Service[];
  readonly accounts: RunPlan['accounts'];
  readonly job: Job;
  readonly mode: RunPlan['mode'];
  readonly startMs: number;
  readonly twins: Map<string, Promise<Recorded>>;
  /** Set once a subject's clock could not be taken: no further run can conclude anything. */
  unverified: string | null;
}

interface Judged {
  readonly result: ScenarioResult;
  readonly ledger: Ledger | null;
}

async function prepare(options: SuiteOptions): Promise<Suite> {
  const { config, seed, outDir, defaultJob } = options;
  const services = Object.entries(config.services).map(([id, knobs]) =>
    configureService(id, knobs, SERVICES),
  );
  const accounts = accountsOf(services);
  const has = (id: string) => services.some((service) => service.id === id);
  const own: Job = { description: config.job, data: config.data };
  const standard = config.job === null && defaultJob.needsServices.every(has);
  const mode = modeOf(options.time);
  const startMs = mode === 'exact' ? config.startMs : Date.now();
  const job = standard ? defaultJob.make(seed, startMs, (service) => `${TENANT}-${service}`) : own;
  try {
    await makeFolder(outDir);
  } catch (error) {
    throw new UsageError(`cannot write to ${outDir} (${(error as Error).message}): name a folder with --out`);
  }
  return {
    ...options,
    signal: options.signal ?? new AbortController().signal,
    workDir: join(outDir, 'work'),
    services,
    accounts,
    job: standard ? { ...job, data: { ...job.data, ...config.data } } : job,
    mode,
    startMs,
    twins: new Map(),
    unverified: null,
  };
}

/** The accounts of a run: one at each service, all of one tenant. */
export function accountsOf(services: readonly Service[]): RunPlan['accounts'] {
  return services.map(({ id }) => ({ id: `${TENANT}-${id}`, service: id, tenant: TENANT }));
}

// Level by level: Node's own recursive mkdir never returns where the system refuses a name, as below /proc.
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const parent = dirname(path);
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (code !== 'ENOENT' || parent === path || existsSync(parent)) throw error;
    await makeFolder(parent);
    await mkdir(path);
  }
}

function modeOf(time: SuiteOptions['time']): RunPlan['mode'] {
  return time === 'auto' ? 'exact' : time;
}

async function runScenario(
  suite: Suite,
  scenario: Scenario,
  report: (phase: Progress['phase'], virtualMs: number) => void,
): Promise<Judged> {
  const obstacle = obstacleOf(suite, scenario);
  if (obstacle !== null) return notRun(suite, scenario, obstacle.verdict, obstacle.message);
  const twin = await twinOf(suite, scenario, (virtualMs) => report('twin', virtualMs));
  const recorded = scenario.nothingExpires
    ? twin
    : await record(
        planOf(suite, scenario),
        settingOf(suite, (virtualMs) => report('run', virtualMs)),
      );
  if (!recorded.outcome.clockVerified) suite.unverified = unverifiedMessage(suite);
  return judged(suite, scenario, recorded, twin);
}

function obstacleOf(suite: Suite, scenario: Scenario): { verdict: Verdict; message: string } | null {
  const { kind } = suite.config.subject;
  if (!scenario.kinds.includes(kind)) {
    return { verdict: 'not-applicable', message: `This scenario is not for a subject of kind ${kind}.` };
  }
  const missing = (scenario.needsServices ?? []).filter(
    (id) => !suite.services.some((service) => service.id === id),
  );
  if (missing.length > 0) {
    return { verdict: 'not-applicable', message: `This scenario needs the service ${missing.join(', ')}.` };
  }
  return suite.unverified === null ? null : { verdict: 'inconclusive', message: suite.unverified };
}

function unverifiedMessage({ config }: Suite): string {
  return `The clock of ${config.subject.name} was never seen to follow the world's: exact time holds for Node programs.`;
}

// Scenarios with the same job and end share one twin: it does not depend on what goes wrong.
async function twinOf(
  suite: Suite,
  scenario: Scenario,
  onMoment: (virtualMs: number) => void,
): Promise<Recorded> {
  const key = formatDuration(scenario.untilMs);
  const known = suite.twins.get(key);
  if (known !== undefined) return known;
  const plan: RunPlan = {
    ...planOf(suite, scenario),
    scenario: 'twin',
    variant: key,
    services: suite.services.map((service) => ({
      ...service,
      policy: neverExpiring(service.policy, TWIN_LIFETIME_MS),
    })),
    timeline: [],
  };
  const twin = record(plan, settingOf(suite, onMoment));
  suite.twins.set(key, twin);
  await save(suite, `twin--${key}`, await twin);
  return twin;
}

function planOf(suite: Suite, scenario: Scenario): RunPlan {
  const { seed, mode, startMs, services, accounts, job } = suite;
  const { id, untilMs, timeline } = scenario;
  return {
    scenario: id,
    variant: null,
    seed,
    startMs,
    untilMs,
    mode,
    services,
    accounts,
    job,
    timeline,
    latency: LATENCY,
  };
}

function settingOf(suite: Suite, onMoment: (virtualMs: number) => void): RunSetting {
  const { subject, limits } = suite.config;
  const start: AgentProgram['start'] =
    subject.module === null ? { run: subject.run ?? [] } : { module: subject.module };
  return {
    program: (accounts, store) => ({
      start,
      cwd: subject.cwd,
      env: Object.fromEntries(
        Object.entries(subject.env).map(([name, text]) => [name, expand(text, accounts, store)]),
      ),
    }),
    limits,
    workDir: suite.workDir,
    signal: suite.signal,
    onMoment,
  };
}

async function judged(suite: Suite, scenario: Scenario, recorded: Recorded, twin: Recorded): Promise<Judged> {
  const { outcome, ledger } = recorded;
  const run: Run = {
    kind: suite.config.subject.kind,
    ledger,
    twin: isSound(twin) ? twin.ledger : null,
    claim: outcome.claim,
    printed: outcome.printed,
    ending: outcome.ending,
    clockVerified: outcome.clockVerified,
  };
  const findings = judge(checksOf(suite, scenario), run);
  const file = await save(suite, scenario.id, recorded);
  return {
    ledger,
    result: {
      id: scenario.id,
      title: scenario.title,
      variant: null,
      verdict: scenarioVerdict(findings),
      virtualMs: recorded.virtualMs,
      realMs: Math.round(recorded.realMs),
      claims: [outcome.claim],
      findings,
      boundaries: boundariesOf(ledger),
      loss: run.twin === null ? null : lossOf(ledger, run.twin),
      ledger: file,
    },
  };
}

function lossOf(ledger: Ledger, twin: Ledger): Loss {
  const { missingRows, pairs } = twinLoss(ledger, twin);
  return {
    rowsMissing: missingRows.length,
    rowsIncomplete: pairs.filter(({ missing }) => missing.length > 0).length,
  };
}

// A twin that failed by itself shows nothing of what should have happened.
function isSound({ outcome }: Recorded): boolean {
  return outcome.ending.kind === 'exited' && outcome.ending.code === 0 && outcome.claim.status !== 'failed';
}

function checksOf(suite: Suite, scenario: Scenario): readonly Check[] {
  return suite.checks.filter((check) => scenario.checks.includes(check.id));
}

function notRun(suite: Suite, scenario: Scenario, verdict: Verdict, message: string): Judged {
  const finding = (check: Check): Finding => ({
    check: check.id,
    verdict,
    message,
    fix: null,
    evidence: [],
    at: null,
  });
  const result: ScenarioResult = {
    id: scenario.id,
    title: scenario.title,
    variant: null,
    verdict,
    virtualMs: 0,
    realMs: 0,
    claims: [],
    findings: checksOf(suite, scenario).map(finding),
    boundaries: [],
    loss: null,
    ledger: null,
  };
  return { result, ledger: null };
}

async function save(suite: Suite, name: string, { ledger, outcome }: Recorded): Promise<string> {
  const file = `${name}.jsonl`;
  await writeWhole(join(suite.outDir, file), formatLedger(ledger));
  await writeWhole(join(suite.outDir, `${name}.agent.log`), outcome.log);
  return file;
}

// Renamed into place: a reader never meets half a file, and a full disk leaves the old one.
async function writeWhole(path: string, text: string): Promise<void> {
  const part = `${path}.part`;
  try {
    await writeFile(part, text);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw new UsageError(
      `cannot write ${path} (${(error as Error).message}): make room, or name a folder with --out`,
    );
  }
}

function assemble(
  options: SuiteOptions,
  startedAt: string,
  judgedScenarios: readonly Judged[],
  kind: Config['subject']['kind'],
): Result {
  const scenarios = judgedScenarios.map(({ result }) => result);
  const ledgers = judgedScenarios.flatMap(({ ledger }) => (ledger === null ? [] : [ledger]));
  const count = (verdict: Verdict) =>
    scenarios.flatMap(({ findings }) => findings).filter((finding) => finding.verdict === verdict).length;
  return {
    schema: 'hour4/result@1',
    tool: { name: 'hour4', version: VERSION },
    subject: { name: options.config.subject.name, kind, time: modeOf(options.time) },
    seed: options.seed,
    startedAt,
    grade: grade({ kind, scenarios, checks: options.checks, cost: costOf(ledgers) }),
    rubric53: null,
    scenarios,
    totals: {
      pass: count('pass'),
      fail: count('fail'),
      inconclusive: count('inconclusive'),
      notApplicable: count('not-applicable'),
      error: count('error'),
    },
  };
}
