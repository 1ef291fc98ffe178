// What a suite's runs have in common: the services as configured, the accounts, the job, the clock's mode, the twins.

import { join } from 'node:path';
import { neverExpiring, type Service } from '../mocks/index.ts';
import { accountAt, TENANT } from './accounts.ts';
import type { Check } from './check.ts';
import type { Config } from './config/config.ts';
import { configureService, turnKnobs } from './config/services.ts';
import { expand } from './config/template.ts';
import { formatDuration } from './duration.ts';
import type { KeyFound } from './entry.ts';
import { UsageError } from './errors.ts';
import { formatLedger } from './ledger.ts';
import { drivesMockTool, withMockTool } from './mock-tool/tool-job.ts';
import type { Onlooker } from './person/browser.ts';
import { type People, waitingPeople } from './person/people.ts';
import { type Recorded, type RunPlan, type RunSetting, record } from './record.ts';
import type { Verdict } from './result.ts';
import type { AgentStory, Job, Scenario, Telling, TimelineStep } from './scenario.ts';
import { SERVICES } from './services.ts';
import { type House, openHouse } from './subjects/house.ts';
import { keysInFiles } from './subjects/keys-in-files.ts';
import type { Program } from './subjects/program.ts';
import { DEFAULT_TIME_FACTOR } from './time/compress.ts';
import { makeFolder, writeWholeFile } from './whole-file.ts';
import { accountsOfStory } from './workload/workload.ts';
import { mustBeStartable } from './world/provider.ts';

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
  /**
   * How many runs there are at most at the same time; 1 by default. Only those in exact time and not at a page can stand
   * beside each other.
   */
  readonly jobs?: number;
  /** Where runs take place, for whoever runs several suites: left open. Absent = in houses of the suite's own. */
  readonly houses?: readonly House[];
  /** Shown each page that a person comes to, before it is left. */
  readonly onlooker?: Onlooker;
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

const LATENCY = { minMs: 20, maxMs: 80 };
/** What a twin's tokens live, and say that they live. */
const TWIN_LIFETIME_MS = 30 * 24 * 3_600_000;

/** The check for which the subject's folder is looked through. */
const SEARCHING_CHECK = 'no-key-in-files';

/** A suite that is set up. */
export interface Stage extends SuiteOptions {
  readonly signal: AbortSignal;
  readonly workDir: string;
  readonly services: readonly Service[];
  readonly accounts: RunPlan['accounts'];
  readonly job: Job;
  readonly mode: RunPlan['mode'];
  readonly startMs: number;
  /** Where the runs of each lane take place. */
  readonly houses: readonly House[];
  readonly people: People;
  /** Looks through the subject's folder, once for all runs. */
  readonly searchFolder: () => Promise<readonly KeyFound[]>;
  /** Set once a subject's clock could not be taken: no further run can conclude anything. */
  unverified: string | null;
}

/**
 * Sets a suite up.
 * @throws UsageError when the output folder cannot be made, or a configured service cannot be started here
 */
export function setStage(options: SuiteOptions): Stage {
  const { config, seed, outDir, defaultJob, jobs = 1 } = options;
  const services = Object.entries(config.services).map(([id, knobs]) =>
    configureService(id, knobs, SERVICES),
  );
  services.forEach(mustBeStartable);
  const accounts = accountsOf(services);
  const has = (id: string) => services.some((service) => service.id === id);
  const own: Job = { description: config.job, data: config.data };
  const standard = config.job === null && defaultJob.needsServices.every(has);
  const mode = modeOf(options.time);
  const { startMs } = config;
  const job = standard ? defaultJob.make(seed, startMs, accountAt) : own;
  try {
    makeFolder(outDir);
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
    houses: options.houses ?? Array.from({ length: jobs }, openHouse),
    people: waitingPeople(options.onlooker),
    searchFolder: searchOnce(config.subject.cwd, outDir),
    unverified: null,
  };
}

function searchOnce(folder: string, outDir: string): Stage['searchFolder'] {
  let found: ReturnType<Stage['searchFolder']> | null = null;
  return () => {
    found ??= keysInFiles(folder, outDir);
    return found;
  };
}

/** The accounts of a run: one at each service, all of one tenant. */
export function accountsOf(services: readonly Service[]): RunPlan['accounts'] {
  return services.map(({ id }) => ({ id: accountAt(id), service: id, tenant: TENANT }));
}

/** The clock's mode for what a user asked for. */
export function modeOf(time: SuiteOptions['time']): RunPlan['mode'] {
  return time === 'auto' ? 'exact' : time;
}

/** The same stage under another clock. */
export const inTime = (stage: Stage, mode: RunPlan['mode']): Stage => ({ ...stage, mode });

/** Who is told how far a run is, and in which lane it is. */
export interface Running {
  readonly lane?: number;
  onMoment?(virtualMs: number): void;
}

/** Runs a scenario's story. */
export function runStory(stage: Stage, scenario: Telling, running: Running = {}): Promise<Recorded> {
  return record(planOf(stage, scenario), settingOf(stage, running));
}

/** What a scenario's twin is called: those with the same name are the same, for it does not depend on what goes wrong. */
export function twinNameOf({ config }: Stage, scenario: Telling): string {
  // Only a broker is asked for something else in every story, and only a clock that is wrong changes what a job does by itself.
  const isItsOwn = config.subject.kind === 'broker' || scenario.timeline.some(movesAClock);
  return isItsOwn ? nameOf(scenario) : formatDuration(scenario.untilMs);
}

const movesAClock = (step: TimelineStep) => 'skewMs' in step;

/** Runs a scenario's twin, and saves its ledger. */
export async function runTwin(stage: Stage, scenario: Telling, running: Running = {}): Promise<Recorded> {
  const name = twinNameOf(stage, scenario);
  const { agent: _agent, proxy: _proxy, ...plain } = scenario;
  const story = planOf(stage, { ...plain, id: 'twin', timeline: scenario.timeline.filter(movesAClock) });
  const plan: RunPlan = {
    ...story,
    variant: name,
    services: story.services.map((service) => ({
      ...service,
      policy: neverExpiring(service.policy, TWIN_LIFETIME_MS),
    })),
  };
  const twin = await record(plan, settingOf(stage, running));
  save(stage, `twin--${name}`, twin);
  return twin;
}

/** How a story is called where its ways of telling are told apart. */
export const nameOf = ({ id, variant }: Pick<Telling, 'id' | 'variant'>): string =>
  variant === null ? id : `${id}--${variant}`;

function planOf(stage: Stage, scenario: Telling): RunPlan {
  const { config, seed, mode, startMs } = stage;
  return {
    kind: config.subject.kind,
    scenario,
    variant: scenario.variant,
    seed,
    startMs,
    mode,
    ...castOf(stage, scenario),
    job: jobOf(stage, scenario),
    timeFactor: config.subject.timeFactor ?? DEFAULT_TIME_FACTOR,
    searchFolder:
      scenario.checks.includes(SEARCHING_CHECK) && config.subject.kind !== 'tool' ? stage.searchFolder : null,
    latency: scenario.broker?.latency === 'none' ? { minMs: 0, maxMs: 0 } : LATENCY,
  };
}

// The mock tool behaves as the story wants it, and honestly where that says nothing.
function jobOf({ job }: Stage, { agent }: Telling): Job {
  const { description } = job;
  if (description === null || !drivesMockTool(description)) return job;
  return { ...job, description: withMockTool(description), tool: agent?.tool ?? {} };
}

// A broker's stories bring their own services and accounts, an agent's turn knobs of the configured ones; everybody else
// lives in the configured world.
export function castOf(stage: Stage, { broker, agent }: Telling): Pick<RunPlan, 'services' | 'accounts'> {
  if (stage.config.subject.kind === 'agent' && agent?.services !== undefined)
    return { ...stage, services: turned(stage, agent.services) };
  if (stage.config.subject.kind !== 'broker' || broker === undefined) return stage;
  return {
    services: Object.entries(broker.services).map(([id, knobs]) => configureService(id, knobs, SERVICES)),
    accounts: accountsOfStory(broker, stage.seed),
  };
}

function turned({ config, services }: Stage, knobs: NonNullable<AgentStory['services']>): readonly Service[] {
  return services.map((service) =>
    knobs[service.id] === undefined
      ? service
      : turnKnobs(service.id, { ...config.services[service.id], ...knobs[service.id] }, SERVICES),
  );
}

function settingOf(stage: Stage, { lane = 0, onMoment = () => {} }: Running): RunSetting {
  const { subject, limits } = stage.config;
  const start: Program['start'] =
    subject.module === null ? { run: subject.run ?? [] } : { module: subject.module };
  return {
    program: (accounts, store) => ({
      start,
      cwd: subject.cwd,
      env: Object.fromEntries(
        Object.entries(subject.env).map(([name, text]) => [name, expand(text, accounts, store)]),
      ),
    }),
    subject,
    house: houseOf(stage, lane),
    people: stage.people,
    limits,
    workDir: stage.workDir,
    signal: stage.signal,
    onMoment,
  };
}

function houseOf({ houses }: Stage, lane: number): House {
  const house = houses[lane];
  if (house === undefined) throw new Error(`there is no lane ${lane}`);
  return house;
}

/** Writes a run's ledger and logs into the output folder, and returns the ledger's name there. */
export function save(stage: Stage, name: string, { ledger, outcome }: Recorded): string {
  const file = `${name}.jsonl`;
  write(join(stage.outDir, file), formatLedger(ledger));
  for (const [party, log] of Object.entries(outcome.logs))
    write(join(stage.outDir, `${name}.${party}.log`), log);
  return file;
}

function write(path: string, text: string): void {
  try {
    writeWholeFile(path, text);
  } catch (error) {
    const reason = (error as Error).message;
    throw new UsageError(`cannot write ${path} (${reason}): make room, or name a folder with --out`);
  }
}
