// `npm run bench`: every ratio that has a goal, as a table, on the screen and in docs/bench.md.

import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { measureCareful } from './careful.ts';
import { measureCohort } from './cohort.ts';
import { measureJumps } from './jumps.ts';
import { measureMemory } from './memory.ts';
import { measureNight } from './night.ts';
import { type Measurement, measurePairs, medianOf, type Ratios } from './pairs.ts';
import { measureRefreshes, type RefreshPlan } from './refresh.ts';
import { buildForStart, measureStart } from './serve-start.ts';
import { measureService, refreshingServices, serviceRow } from './services.ts';

const PAIRS = 5;
const JUMPS = 2000;
const ACCOUNTS = 1000;
const ROTATIONS = 100_000;
const COHORTS = [1000, 10_000];
const COHORT_HOURS = 3;
/** Of the largest cohort. */
const COHORT_GOAL = { ms: 10_000, bytes: 300_000_000 };
const REFRESHES: RefreshPlan = { connections: 64, warmUpAnswers: 40_000, answers: 60_000, longestMs: 20_000 };
/** Enough for each of many services. */
const SERVICE_REFRESHES: RefreshPlan = { ...REFRESHES, warmUpAnswers: 10_000, answers: 15_000 };
/** A control beyond this says that the machine was too restless. */
const CONTROL_SPREAD = 0.1;

const rate = async (server: 'world' | 'bare') => (await measureRefreshes(server, REFRESHES)).perSecond;
const MEASUREMENTS: readonly Measurement[] = [
  {
    name: 'six virtual hours, one Node process, exact, against the same agent without its sleeps in real time (duration)',
    goal: { atMost: 1.5 },
    baseline: () => measureNight('real', 'kept'),
    subject: () => measureNight('exact', 'kept'),
  },
  {
    name: 'the same by fetch, which connects anew after every sleep: 240 connections against 2 (duration)',
    goal: null,
    baseline: () => measureNight('real', 'fetch'),
    subject: () => measureNight('exact', 'fetch'),
  },
  {
    name: 'refresh with rotation over HTTP, 64 connections, against bare node:http (refreshes per second)',
    goal: { atLeast: 0.65 },
    baseline: () => rate('bare'),
    subject: () => rate('world'),
  },
  {
    name: 'hour4 serve, as published, from its start to its first answer, against bare node:http (duration)',
    goal: { atMost: 1.6 },
    baseline: () => measureStart('bare'),
    subject: () => measureStart('serve'),
  },
];

const results: string[] = [];
const removeBuilt = buildForStart();
for (const measurement of MEASUREMENTS) {
  results.push(row(await measurePairs(measurement, PAIRS)));
  console.log(results.at(-1));
}
removeBuilt();
const absolutes = await measureAbsolutes();
console.log(absolutes.join('\n'));
const services: string[] = [];
for (const service of refreshingServices()) {
  services.push(serviceRow(await measureService(service, SERVICE_REFRESHES, PAIRS)));
  console.log(services.at(-1));
}
writeFileSync(join(import.meta.dirname, '..', 'docs', 'bench.md'), page(results, absolutes, services));

function row({ name, goal, median, min, max, pairs, control, met }: Ratios): string {
  const restless = Math.abs(control - 1) > CONTROL_SPREAD ? 'on a restless machine' : null;
  const verdict = met === null ? null : met ? 'met' : 'not met';
  const remark = [verdict, restless].filter((part) => part !== null).join(', ');
  const spread = `${min.toFixed(2)} .. ${max.toFixed(2)}`;
  return `| ${name} | ${goal} | ${median.toFixed(2)} | ${spread} | ${pairs} | ${control.toFixed(2)} | ${remark} |`;
}

async function measureAbsolutes(): Promise<string[]> {
  const nights = await inTurn(range(PAIRS), measureCareful);
  const jumps = await inTurn(range(PAIRS), () => measureJumps(JUMPS));
  const { heapBytes, residentBytes } = await measureMemory(ACCOUNTS, ROTATIONS);
  return [
    `| one night of examples/overnight/careful.yaml, without its twin | ${medianOf(nights).toFixed(0)} ms |`,
    `| one jump of the exact clock, over ${JUMPS} | ${medianOf(jumps).toFixed(0)} µs |`,
    `| heap kept for each token pair with its ledger, after ${ROTATIONS} rotations over ${ACCOUNTS} accounts | ${heapBytes.toFixed(0)} bytes |`,
    `| resident memory grown by each of them | ${residentBytes.toFixed(0)} bytes |`,
    ...(await inTurn(COHORTS, cohortRow)),
  ];
}

async function cohortRow(accounts: number): Promise<string> {
  const { elapsedMs, residentBytes, refreshes, peakPerSecond, uniformPerSecond } = await measureCohort({
    accounts,
    hours: COHORT_HOURS,
  });
  const met = elapsedMs < COHORT_GOAL.ms && residentBytes < COHORT_GOAL.bytes ? 'met' : 'not met';
  const goal =
    accounts < Math.max(...COHORTS)
      ? ''
      : `; goal below ${COHORT_GOAL.ms / 1000} s and ${COHORT_GOAL.bytes / 1e6} MB: ${met}`;
  const peak = `at most ${peakPerSecond} within a virtual second, ${uniformPerSecond.toFixed(1)} if spread evenly`;
  return `| ${accounts} accounts with one-hour tokens, ${COHORT_HOURS} virtual hours, by function calls | ${(elapsedMs / 1000).toFixed(1)} s, ${(residentBytes / 1e6).toFixed(0)} MB; ${refreshes} refreshes, ${peak}${goal} |`;
}

const range = (count: number) => Array.from({ length: count }, (_none, nth) => nth);

async function inTurn<Of, Value>(all: readonly Of[], measure: (one: Of) => Promise<Value>): Promise<Value[]> {
  const values: Value[] = [];
  for (const one of all) values.push(await measure(one));
  return values;
}

function page(ratios: readonly string[], absolute: readonly string[], services: readonly string[]): string {
  const machine = `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
  return `# Measurements

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)} (${machine}). Ratios against a baseline in the same run, since absolute
numbers say more about the machine than about the code. Each subject stands between two runs of its baseline; the control is the one
baseline against the other, and the verdict says so where it strays from 1 by more than ${CONTROL_SPREAD}.

| what | goal | median | spread | pairs | control | |
|---|---|---|---|---|---|---|
${ratios.join('\n')}

Absolute figures, without a goal, medians of ${PAIRS} where they are times:

| what | |
|---|---|
${absolute.join('\n')}

Refreshes at each service that has refresh tokens, over HTTP, 64 connections, medians of ${PAIRS} pairs. Opaque tokens: refreshes
per second against bare node:http, goal 0.65 or more. Signed tokens: processor time against that of the signatures alone, goal 1.3
or less.

| service | tokens | against bare node:http | against signing | |
|---|---|---|---|---|
${services.join('\n')}
`;
}
