// `npm run bench`: every ratio that has a goal, as a table, on the screen and in docs/bench.md.

import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { measureNight } from './night.ts';
import { type Measurement, measurePairs, type Ratios } from './pairs.ts';
import { measureRefreshes, type RefreshPlan } from './refresh.ts';

const PAIRS = 5;
const REFRESHES: RefreshPlan = { connections: 64, warmUpAnswers: 40_000, answers: 60_000, longestMs: 20_000 };
/** A control beyond this says that the machine was too restless. */
const CONTROL_SPREAD = 0.1;

const rate = async (server: 'world' | 'bare') => (await measureRefreshes(server, REFRESHES)).perSecond;
const MEASUREMENTS: readonly Measurement[] = [
  {
    name: 'six virtual hours, one Node process, exact, against the same agent without its sleeps in real time (duration)',
    goal: { atMost: 1.5 },
    baseline: () => measureNight('real'),
    subject: () => measureNight('exact'),
  },
  {
    name: 'refresh with rotation over HTTP, 64 connections, against bare node:http (refreshes per second)',
    goal: { atLeast: 0.65 },
    baseline: () => rate('bare'),
    subject: () => rate('world'),
  },
];

const results: Ratios[] = [];
for (const measurement of MEASUREMENTS) {
  results.push(await measurePairs(measurement, PAIRS));
  console.log(row(results.at(-1) as Ratios));
}
writeFileSync(join(import.meta.dirname, '..', 'docs', 'bench.md'), page(results));

function row({ name, goal, median, min, max, pairs, control, met }: Ratios): string {
  const restless = Math.abs(control - 1) > CONTROL_SPREAD;
  const verdict = `${met ? 'met' : 'not met'}${restless ? ', on a restless machine' : ''}`;
  const spread = `${min.toFixed(2)} .. ${max.toFixed(2)}`;
  return `| ${name} | ${goal} | ${median.toFixed(2)} | ${spread} | ${pairs} | ${control.toFixed(2)} | ${verdict} |`;
}

function page(all: readonly Ratios[]): string {
  const machine = `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
  return `# Measurements

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)} (${machine}). Ratios against a baseline in the same run, since absolute
numbers say more about the machine than about the code. Each subject stands between two runs of its baseline; the control is the one
baseline against the other, and the verdict says so where it strays from 1 by more than ${CONTROL_SPREAD}.

| what | goal | median | spread | pairs | control | |
|---|---|---|---|---|---|---|
${all.map(row).join('\n')}
`;
}
