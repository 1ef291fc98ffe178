// The rows of docs/bench.md, and the page around them.

import { cpus } from 'node:os';
import type { BrokerDay } from './broker.ts';
import type { CatalogueReport, CatalogueSubject } from './catalogue.ts';
import type { CohortReport } from './cohort.ts';
import type { Ratios } from './pairs.ts';
import type { ServicePlan } from './services.ts';

/** A control beyond this says that the machine was too restless. */
const CONTROL_SPREAD = 0.1;

/** A row of the ratios. */
export function ratioRow({ name, goal, median, min, max, pairs, control, met }: Ratios): string {
  const restless = Math.abs(control - 1) > CONTROL_SPREAD ? 'on a restless machine' : null;
  const verdict = met === null ? null : met ? 'met' : 'not met';
  const remark = [verdict, restless].filter((part) => part !== null).join(', ');
  const spread = `${min.toFixed(2)} .. ${max.toFixed(2)}`;
  return `| ${name} | ${goal} | ${median.toFixed(2)} | ${spread} | ${pairs} | ${control.toFixed(2)} | ${remark} |`;
}

/** A row of the cohorts; `goal` is null where there is none. */
export function cohortRow(
  { accounts, hours }: { readonly accounts: number; readonly hours: number },
  report: CohortReport,
  goal: { readonly ms: number; readonly bytes: number } | null,
): string {
  const { elapsedMs, residentBytes, refreshes, peakPerSecond, uniformPerSecond } = report;
  const met = goal === null ? null : elapsedMs < goal.ms && residentBytes < goal.bytes ? 'met' : 'not met';
  const cells = [
    `${accounts} accounts, ${hours} virtual hours, ${refreshes} refreshes`,
    goal === null ? 'none' : `< ${goal.ms / 1000} s, < ${goal.bytes / 1e6} MB`,
    `${(elapsedMs / 1000).toFixed(1)} s`,
    `${(residentBytes / 1e6).toFixed(0)} MB`,
    `${peakPerSecond} at most, ${uniformPerSecond.toFixed(1)} if spread evenly`,
    met ?? '',
  ];
  return `| ${cells.join(' | ')} |`;
}

/** A row of the catalogues. */
export function catalogueRow(
  subject: CatalogueSubject,
  { elapsedMs, runs, exchanges, aloneMs }: CatalogueReport,
  goalMs: number,
): string {
  const cells = [
    `one careful agent, a ${subject}: ${runs} runs and their twins`,
    `< ${goalMs / 1000} s`,
    `${(elapsedMs / 1000).toFixed(1)} s`,
    elapsedMs < goalMs ? 'met' : 'not met',
    `${exchanges} exchanges, alone ${(aloneMs / 1000).toFixed(1)} s`,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** A row of the brokers; `goalMs` is null where there is none. */
export function brokerRow(
  { accounts, hours }: { readonly accounts: number; readonly hours: number },
  { elapsedMs, letter }: BrokerDay,
  goalMs: number | null,
): string {
  const met = goalMs === null ? '' : elapsedMs < goalMs && letter === 'A' ? 'met' : 'not met';
  const cells = [
    `${accounts} accounts, ${hours} virtual hours`,
    goalMs === null ? 'letter A' : `letter A, < ${goalMs / 1000} s`,
    letter,
    `${(elapsedMs / 1000).toFixed(1)} s`,
    met,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** What the page is made of. */
export interface Tables {
  readonly ratios: readonly string[];
  readonly absolutes: readonly string[];
  readonly cohorts: readonly string[];
  readonly catalogues: readonly string[];
  readonly brokers: readonly string[];
  readonly services: readonly string[];
  readonly pairs: number;
  readonly servicePlan: ServicePlan;
}

/** The page. */
export function page({
  ratios,
  absolutes,
  cohorts,
  catalogues,
  brokers,
  services,
  pairs,
  servicePlan,
}: Tables): string {
  const machine = `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
  return `# Measurements

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)} (${machine}). Ratios against a baseline in the same run, since absolute
numbers say more about the machine than about the code. Each subject stands between two runs of its baseline; the control is the one
baseline against the other, and the verdict says so where it strays from 1 by more than ${CONTROL_SPREAD}.

| what | goal | median | spread | pairs | control | |
|---|---|---|---|---|---|---|
${ratios.join('\n')}

Absolute figures, without a goal, medians of ${pairs} where they are times:

| what | |
|---|---|
${absolutes.join('\n')}

Cohorts of accounts with one-hour tokens, renewed ahead of their ends by function calls, in a process of their own: real time from its
start, the most memory that it ever held, and how many refreshes fell into one virtual second.

| cohort | goal | real time | memory | refreshes in a second | |
|---|---|---|---|---|---|
${cohorts.join('\n')}

The whole catalogue, judged, with as many runs at the same time as there are cores. Beside it what no way of running it can undercut: as
many exchanges by \`fetch\` with bare node:http, each on a connection of its own as after a sleep, by a client for each core, without clock,
ledger, stories or judges.

| subject | goal | real time | | |
|---|---|---|---|---|
${catalogues.join('\n')}

The reference broker, three replicas of it, with accounts of one-hour tokens that are each called every ninety minutes: real time from its
start to its grade.

| accounts | goal | letter | real time | |
|---|---|---|---|---|
${brokers.join('\n')}

New tokens at each service that hands them out for old ones, over HTTP, ${servicePlan.connections} connections, medians of ${servicePlan.processes * servicePlan.pairs} pairs of short
loads, on ${servicePlan.processes} pairs of servers one after the other, each warm. Opaque tokens: refreshes per second against bare node:http that parses the same request and
answers the same, once and for all, goal 0.65 or more; beside it the same by the processor time of the server process, its garbage collector's threads included, which holds still on a
restless machine. Signed tokens: processor time against that of the signatures alone, goal 1.3 or less. Without a goal: \`aws\`, whose
calls are signed, and \`mcp\`.

| service | tokens | against bare node:http | control | by processor time | against signing | |
|---|---|---|---|---|---|---|
${services.join('\n')}
`;
}
