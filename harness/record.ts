// One recorded run: a fresh clock, a fresh world, the subject in it, and what remains afterwards.

import { join } from 'node:path';
import type { Account, Service } from '../mocks/index.ts';
import type { SubjectKind } from './check.ts';
import type { Config, Limits } from './config/config.ts';
import type { KeyFound } from './entry.ts';
import { intercept } from './intercept/intercept.ts';
import type { Ledger } from './ledger.ts';
import { asksPeople } from './person/asked.ts';
import type { People } from './person/people.ts';
import type { Job, Scenario } from './scenario.ts';
import { foldersIn } from './subjects/environment.ts';
import { dismissAll, type House } from './subjects/house.ts';
import type { Program } from './subjects/program.ts';
import { CONSENT_TAKES_MS } from './subjects/reauthorization.ts';
import { DRIVERS, type SubjectOutcome } from './subjects/subject.ts';
import { compressed, intoPlan, intoRun } from './time/compress.ts';
import type { ClockDriver } from './time/driver.ts';
import { watchStandstill } from './time/standstill.ts';
import type { Latency } from './world/context.ts';
import { GIVE_UP_MS } from './world/gates.ts';
import { createWorld } from './world/world.ts';

/** Everything that decides a run: the same plan and the same subject give the same ledger. */
export interface RunPlan {
  readonly kind: SubjectKind;
  /** The story; its twin keeps everything of it but what goes wrong. */
  readonly scenario: Scenario;
  readonly variant: string | null;
  readonly seed: number;
  /** Epoch ms of the virtual start. */
  readonly startMs: number;
  readonly mode: ClockDriver['mode'];
  readonly services: readonly Service[];
  readonly accounts: readonly {
    readonly id: string;
    readonly service: string;
    readonly tenant: string;
    /** Virtual ms of the consent; absent = the start. */
    readonly consentAtMs?: number;
    /** Absent = a service's. */
    readonly owner?: 'personal';
    /** Absent = what the service grants when nothing else is asked for. */
    readonly scopes?: readonly string[];
  }[];
  readonly job: Job;
  /** Looks through the subject's folder for keys; null where nobody asks. */
  readonly searchFolder: (() => Promise<readonly KeyFound[]>) | null;
  readonly latency: Latency;
  /** By what durations are divided in compressed time. */
  readonly timeFactor: number;
}

/** What a run needs besides its plan. */
export interface RunSetting {
  /** The subject's program; templates are expanded for every start. */
  program(accounts: readonly Account[], store: string): Program;
  /** What the config says of the subject. */
  readonly subject: Config['subject'];
  /** Where it takes place. */
  readonly house: House;
  /** Who is asked for new consents, where a service has pages for that. */
  readonly people: People;
  readonly limits: Limits;
  /** The folder under which the subject's own folders are made, and removed again. */
  readonly workDir: string;
  readonly signal: AbortSignal;
  /** Told the virtual moment every now and then. */
  onMoment(virtualMs: number): void;
}

/** What remains of a run. */
export interface Recorded {
  readonly ledger: Ledger;
  readonly outcome: SubjectOutcome;
  readonly virtualMs: number;
  readonly realMs: number;
}

/** A subject may go on for so long after the end of its job. */
const GRACE_AFTER_JOB_MS = 3_600_000;
const PROGRESS_EVERY_MS = 100;

/** Runs the subject once and records everything. Leaves no process and no file of its own behind. */
export async function record(plan: RunPlan, setting: RunSetting): Promise<Recorded> {
  if (plan.mode !== 'compressed') return recordAsPlanned(plan, setting);
  const { timeFactor: factor } = plan;
  const onMoment = (atMs: number) => setting.onMoment(atMs * factor);
  const standstill = watchStandstill();
  const recorded = await recordAsPlanned(smaller(plan, factor), { ...setting, onMoment });
  const stoodStillMs = standstill();
  const { ledger } = recorded;
  const world =
    stoodStillMs === null ? ledger.world : { ...ledger.world, stoodStillMs: stoodStillMs * factor };
  return { ...recorded, ledger: { ...ledger, world }, virtualMs: recorded.virtualMs * factor };
}

// Latencies are real ones here: those of the subject's own connections.
function smaller(plan: RunPlan, factor: number): RunPlan {
  const { scenario, services, accounts, job } = plan;
  return {
    ...plan,
    scenario: compressed(scenario, factor),
    services: services.map((service) => compressed(service, factor)),
    accounts: compressed(accounts, factor),
    job: { ...job, description: compressed(job.description, factor) },
    latency: { minMs: 0, maxMs: 0 },
  };
}

async function recordAsPlanned(plan: RunPlan, setting: RunSetting): Promise<Recorded> {
  const begunMs = performance.now();
  const { seed, startMs, scenario } = plan;
  const { untilMs } = scenario;
  const { ci = false, timeZone } = (plan.kind === 'broker' ? scenario.broker : undefined) ?? {};
  const surroundings = { ...(ci ? { CI: 'true' } : {}), ...(timeZone === undefined ? {} : { TZ: timeZone }) };
  const drive = DRIVERS[plan.kind];
  if (drive === undefined) throw new Error(`nothing drives a subject of kind ${plan.kind}`);
  const keys = (await plan.searchFolder?.()) ?? null;
  // Before time begins: a browser takes its time to start.
  const asked = asksPeople(plan.kind, scenario, plan.services);
  const person = asked ? await setting.people.somebody() : null;
  const { intercept: wanted = 'none' } = setting.subject;
  // A subject whose calls are intercepted anyhow has no network of its own.
  const network = wanted === 'none' ? scenario.proxy : undefined;
  const mode = network === undefined ? wanted : 'network';
  // Programs read at their start where the proxy is and whom to trust: nobody stays from before, or for another.
  const lodging = await setting.house.enter({ ...plan, isNew: mode !== 'none' });
  const { clock, run } = lodging;
  const factor = plan.mode === 'compressed' ? plan.timeFactor : 1;
  const inPlace = plan.mode === 'exact';
  const projection = { plannedMs: startMs, startedMs: clock.startMs, factor };
  const job = inPlace ? plan.job : intoRun(plan.job, projection);
  const progress = setInterval(() => setting.onMoment(clock.nowMs), PROGRESS_EVERY_MS);
  try {
    const folders = foldersIn(join(setting.workDir, run));
    const world = await createWorld({
      ...plan,
      ...(network === undefined ? {} : { proxy: network }),
      clock,
      scenario: scenario.id,
      untilMs,
      ci,
      timeline: scenario.timeline,
      gatesGiveUpMs: GIVE_UP_MS / factor,
      data: job.data,
      bodyBytes: setting.limits.bodyBytes,
      connections: setting.limits.connections,
      neutralNames: new Map([[folders.root, '/work']]),
      ...(setting.subject.events === undefined ? {} : { events: setting.subject.events }),
    });
    if (keys !== null) world.ledger.append({ kind: 'folder.searched', party: 'world', keys });
    const { bodyBytes } = setting.limits;
    const { env } = setting.program(world.accounts, folders.store);
    const certificateFile = `${folders.root}-ca.pem`;
    const interception = await intercept(mode, { world, clock, certificateFile, bodyBytes, env });
    const programFor = (accounts: readonly Account[]): Program => {
      const program = setting.program(accounts, folders.store);
      return { ...program, env: { ...surroundings, ...interception.variables(program.env) } };
    };
    try {
      const outcome = await drive({
        scenario,
        person,
        subject: setting.subject,
        program: programFor(world.accounts),
        programFor,
        drivenTool: job.tool ?? null,
        clock,
        world,
        folders,
        run,
        lodging,
        limits: setting.limits,
        consentTakesMs: CONSENT_TAKES_MS / factor,
        endByMs: untilMs + GRACE_AFTER_JOB_MS / factor,
        signal: setting.signal,
        worldFile: {
          schema: 'hour4/world@1',
          scenario: scenario.id,
          seed,
          start: new Date(clock.startMs).toISOString(),
          until: new Date(clock.startMs + untilMs).toISOString(),
          store: folders.store,
          eventsUrl: world.eventsUrl,
          resume: false,
          reauthorized: [],
          accounts: world.accounts,
          job: job.description,
        },
      });
      const ledger = inPlace ? world.ledger : intoPlan(world.ledger, projection);
      return { ledger, outcome, virtualMs: clock.nowMs, realMs: performance.now() - begunMs };
    } finally {
      if (mode !== 'none') await dismissAll(lodging.hosts);
      await interception.close();
      await world.close();
    }
  } finally {
    clearInterval(progress);
    await setting.house.leave(lodging);
  }
}
