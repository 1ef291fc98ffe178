// Runs a subject through scenarios: the twins and the stories, then the judges, then the files.

import { rm } from 'node:fs/promises';
import { boundariesOf } from './boundaries.ts';
import { whyNoBrowser } from './browser.ts';
import type { Check, Run } from './check.ts';
import { withBestClock } from './clock-probe.ts';
import { costOf } from './cost.ts';
import { grade } from './grade.ts';
import { judge, notForKind, scenarioVerdict } from './judge.ts';
import { inLanes, type Task } from './lanes.ts';
import type { Ledger } from './ledger.ts';
import { drivesMockTool } from './mock-tool/tool-job.ts';
import { asksPeople } from './person/asked.ts';
import type { Recorded } from './record.ts';
import type { Finding, Loss, Result, ScenarioResult, Verdict } from './result.ts';
import { rubric53Of } from './rubric/rubric.ts';
import { type Telling, type TimelineStep, tellingsOf } from './scenario.ts';
import {
  castOf,
  nameOf,
  type Progress,
  runStory,
  runTwin,
  type Stage,
  type SuiteOptions,
  save,
  setStage,
  twinNameOf,
} from './stage.ts';
import { twinLoss } from './twin-loss.ts';
import { unmodelledOf } from './unmodelled.ts';
import { VERSION } from './version.ts';
import { writes } from './workload/workload.ts';
import { isServed } from './world/provider.ts';

/** What a start is worth, and from where on a story takes no longer, in the virtual ms by which runs are shared out. */
const START_MS = 3_600_000;
const LONG_MS = 6 * 3_600_000;

/**
 * Runs every scenario that applies and returns the whole result. Ledgers and logs are written below `outDir`.
 * @throws UsageError when the time mode is not to be had or the output folder cannot be written
 */
export async function runSuite(options: SuiteOptions): Promise<Result> {
  const { config } = options;
  const stories = options.scenarios.flatMap((story) => tellingsOf(story, config.subject.kind));
  const startedAt = new Date().toISOString();
  const set = setStage(options);
  const stage = options.time === 'auto' ? await withBestClock(set) : set;
  const told = (index: number, telling: Told) => {
    const scenario = stories[index] as Telling;
    const { untilMs } = scenario;
    options.onProgress?.({ scenario: nameOf(scenario), index, of: stories.length, untilMs, ...telling });
  };
  const results: Judged[] = [];
  let isOver = false;
  const { plans, recordings } = begin(stage, stories, told, () => !isOver);
  try {
    for (const [index, scenario] of stories.entries()) {
      const judged = await outcomeOf(stage, scenario, plans[index] as Plan, recordings);
      const { virtualMs, verdict } = judged.result;
      if (!stage.signal.aborted) told(index, { phase: 'judged', virtualMs, verdict });
      results.push(judged);
    }
  } finally {
    isOver = true;
    await Promise.allSettled(recordings);
  }
  const own = options.houses === undefined ? stage.houses : [];
  await Promise.all([...own, stage.people].map((each) => each.close()));
  await rm(stage.workDir, { recursive: true, force: true });
  return assemble(stage, startedAt, results);
}

interface Judged {
  readonly result: ScenarioResult;
  readonly ledger: Ledger | null;
}

type Told = Pick<Progress, 'phase' | 'virtualMs' | 'verdict'>;

/** Why a story is not told, or where its recordings are found. */
type Plan =
  | { readonly verdict: Verdict; readonly message: string }
  | { readonly own: number; readonly twin: number | null };

type Recordings = readonly Promise<Recorded | null>[];

// Everything that is to be recorded, each twin before the first story that needs it, is begun as lanes are free.
function begin(
  stage: Stage,
  stories: readonly Telling[],
  told: (index: number, telling: Told) => void,
  isWanted: () => boolean,
): { readonly plans: readonly Plan[]; readonly recordings: Recordings } {
  const tasks: Task<Recorded | null>[] = [];
  const twins = new Map<string, number>();
  let meet = stage.mode !== 'exact' || stage.config.subject.page !== undefined;
  const add = (index: number, scenario: Telling, phase: 'twin' | 'run') => {
    const run = phase === 'twin' ? runTwin : runStory;
    const onMoment = (virtualMs: number) => told(index, { phase, virtualMs });
    tasks.push({
      length: startsIn(scenario) * START_MS + Math.min(scenario.untilMs, LONG_MS),
      run: async (lane) => {
        const recorded = await run(stage, scenario, { lane, onMoment });
        meet ||= recorded.outcome.wroteBesides;
        // What was cut off shows nothing of how it would have ended.
        return stage.signal.aborted ? null : recorded;
      },
    });
    return tasks.length - 1;
  };
  const twinOf = (index: number, scenario: Telling) => {
    const name = twinNameOf(stage, scenario);
    const place = twins.get(name) ?? add(index, scenario, 'twin');
    twins.set(name, place);
    return place;
  };
  const plans = stories.map((scenario, index): Plan => {
    const obstacle = obstacleOf(stage, scenario);
    if (obstacle !== null) return obstacle;
    const twin = needsTwin(stage, scenario) ? twinOf(index, scenario) : null;
    const own = scenario.nothingExpires && twin !== null ? twin : add(index, scenario, 'run');
    return { own, twin };
  });
  const recordings = inLanes(tasks, {
    // In real time, at a port of the page's own, or in the folder into which they write, runs would meet each other.
    width: () => (meet ? 1 : stage.houses.length),
    goesOn: () => isWanted() && stage.unverified === null && !stage.signal.aborted,
  });
  return { plans, recordings };
}

const startsIn = ({ timeline }: Telling): number =>
  1 + timeline.filter((step) => 'blow' in step && 'do' in step.blow && step.blow.do === 'restart').length;

async function outcomeOf(
  stage: Stage,
  scenario: Telling,
  plan: Plan,
  recordings: Recordings,
): Promise<Judged> {
  if ('message' in plan) return notRun(stage, scenario, plan.verdict, plan.message);
  if (stage.unverified !== null) return notRun(stage, scenario, 'inconclusive', stage.unverified);
  const twin = plan.twin === null ? null : await recordings[plan.twin];
  const recorded = await recordings[plan.own];
  if (!recorded || (plan.twin !== null && !twin))
    return notRun(stage, scenario, 'inconclusive', 'The run was interrupted.');
  if (!recorded.outcome.clockVerified) stage.unverified = unverifiedMessage(stage);
  return judged(stage, scenario, recorded, twin ?? null);
}

// A twin shows what should have been written. What a tool should have said does not depend on that.
function needsTwin({ config }: Stage, { broker, nothingExpires = false }: Telling): boolean {
  const { kind } = config.subject;
  if (kind === 'broker') return nothingExpires || (broker !== undefined && writes(broker));
  return kind === 'agent';
}

function obstacleOf(stage: Stage, scenario: Telling): { verdict: Verdict; message: string } | null {
  const { kind } = stage.config.subject;
  if (!scenario.kinds.includes(kind)) {
    return { verdict: 'not-applicable', message: `This scenario is not for a subject of kind ${kind}.` };
  }
  if (kind === 'tool' && scenario.tool === undefined) {
    return { verdict: 'not-applicable', message: 'This scenario has no part for a tool.' };
  }
  if (kind === 'broker' && scenario.broker === undefined) {
    return { verdict: 'not-applicable', message: 'This scenario has no part for a broker.' };
  }
  const { replicas: wanted = 1 } = scenario.broker ?? {};
  const { replicas = 1 } = stage.config.subject;
  if (kind === 'broker' && replicas < wanted) {
    const message = `This scenario needs ${wanted} replicas, and the config starts ${replicas} (subject.replicas).`;
    return { verdict: 'not-applicable', message };
  }
  const missing = (kind === 'broker' ? [] : (scenario.needsServices ?? [])).filter(
    (id) => !stage.services.some((service) => service.id === id),
  );
  if (missing.length > 0) {
    return { verdict: 'not-applicable', message: `This scenario needs the service ${missing.join(', ')}.` };
  }
  if (kind === 'agent' && scenario.agent?.tool !== undefined && !drivesMockTool(stage.job.description)) {
    const message = 'This scenario needs an agent whose job is to drive a tool (job: { kind: tool }).';
    return { verdict: 'not-applicable', message };
  }
  if (stage.mode !== 'exact' && scenario.timeline.some((step) => 'skewMs' in step)) {
    const message = `This scenario moves the wall clock of its subject, which takes exact time; this is ${stage.mode} time.`;
    return { verdict: 'not-applicable', message };
  }
  if (stage.mode !== 'exact' && scenario.timeline.some(spoilsWrites)) {
    const message = `This scenario makes writes to the store of its subject fail, which takes exact time; this is ${stage.mode} time.`;
    return { verdict: 'not-applicable', message };
  }
  if (stage.config.subject.page !== undefined && scenario.timeline.some(hitsAProcess)) {
    const message =
      'This scenario hits the process or the clock of its subject, and a page has none of its own.';
    return { verdict: 'not-applicable', message };
  }
  const away = awayFrom(stage, scenario);
  return away === null ? null : { verdict: 'not-applicable', message: away };
}

// Only the preload of exact time stands between a program and its files.
const spoilsWrites = (step: TimelineStep): boolean =>
  'blow' in step && 'store' in step.blow && ['read-only', 'full', 'torn'].includes(step.blow.store);

// What a story needs of the machine.
function awayFrom(stage: Stage, scenario: Telling): string | null {
  const { services } = castOf(stage, scenario);
  for (const service of services.filter(isServed)) {
    const why = service.obstacle();
    if (why !== null) return `This scenario needs the service ${service.id}: ${why}.`;
  }
  const alone = asksPeople(stage.config.subject.kind, scenario, services) ? whyNoBrowser() : null;
  return alone === null ? null : `This scenario needs a person at a browser: ${alone}.`;
}

const hitsAProcess = (step: Telling['timeline'][number]) => 'blow' in step || 'skewMs' in step;

function unverifiedMessage({ config }: Stage): string {
  return `The clock of ${config.subject.name} was never seen to follow the world's: exact time holds for Node programs.`;
}

async function judged(
  stage: Stage,
  scenario: Telling,
  recorded: Recorded,
  twin: Recorded | null,
): Promise<Judged> {
  const { outcome, ledger } = recorded;
  const run: Run = {
    kind: stage.config.subject.kind,
    ledger,
    twin: twin !== null && isSound(twin) ? twin.ledger : null,
    claim: outcome.claim,
    printed: outcome.printed,
    ending: outcome.ending,
    clockVerified: outcome.clockVerified,
  };
  const findings = judge(checksOf(stage, scenario), run);
  const file = save(stage, nameOf(scenario), recorded);
  return {
    ledger,
    result: {
      id: scenario.id,
      title: scenario.title,
      variant: scenario.variant,
      verdict: scenarioVerdict(findings),
      virtualMs: recorded.virtualMs,
      realMs: Math.round(recorded.realMs),
      claims: outcome.claim === null ? [] : [outcome.claim],
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
  return outcome.ending.kind === 'exited' && outcome.ending.code === 0 && outcome.claim?.status !== 'failed';
}

function checksOf(stage: Stage, scenario: Telling): readonly Check[] {
  return stage.checks.filter((check) => scenario.checks.includes(check.id));
}

function notRun(stage: Stage, scenario: Telling, verdict: Verdict, message: string): Judged {
  const { kind } = stage.config.subject;
  const finding = (check: Check): Finding => ({
    check: check.id,
    ...(check.kinds.includes(kind) ? { verdict, message } : notForKind(check, kind)),
    fix: null,
    evidence: [],
    at: null,
  });
  const result: ScenarioResult = {
    id: scenario.id,
    title: scenario.title,
    variant: scenario.variant,
    verdict,
    virtualMs: 0,
    realMs: 0,
    claims: [],
    findings: checksOf(stage, scenario).map(finding),
    boundaries: [],
    loss: null,
    ledger: null,
  };
  return { result, ledger: null };
}

// Where a story does not ask how an expiry is told, as when a subject was never told of it, nothing counts for the rubric.
function ledgersAboutExpiry({ checks }: Stage, judgedScenarios: readonly Judged[]): readonly Ledger[] {
  const asking = checks.filter(({ category }) => category === 'expiry').map(({ id }) => id);
  return judgedScenarios.flatMap(({ ledger, result }) =>
    ledger !== null && result.findings.some(({ check }) => asking.includes(check)) ? [ledger] : [],
  );
}

function assemble(stage: Stage, startedAt: string, judgedScenarios: readonly Judged[]): Result {
  const { config, checks, seed, mode } = stage;
  const { name, kind } = config.subject;
  const scenarios = judgedScenarios.map(({ result }) => result);
  const ledgers = judgedScenarios.flatMap(({ ledger }) => (ledger === null ? [] : [ledger]));
  const count = (verdict: Verdict) =>
    scenarios.flatMap(({ findings }) => findings).filter((finding) => finding.verdict === verdict).length;
  return {
    schema: 'hour4/result@1',
    tool: { name: 'hour4', version: VERSION },
    subject: { name, kind, time: mode },
    seed,
    startedAt,
    grade: grade({
      kind,
      scenarios,
      checks,
      cost: costOf(ledgers),
      wasInterrupted: stage.signal.aborted,
    }),
    rubric53: rubric53Of(kind, ledgersAboutExpiry(stage, judgedScenarios)),
    unmodelled: unmodelledOf(ledgers),
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
