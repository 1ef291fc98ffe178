// `npm run nightly [PART...]`: the long repetitions. Their results are sections of docs/nightly.md; CI runs a small part of each.

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { table } from '../docs/pages/table.ts';
import { repeatNight, withBusyCore } from './repetition.ts';
import { type AtSeed, atSeed } from './seeds.ts';
import { SPECIMENS, type Specimen } from './specimens/index.ts';

const PAGE = join(import.meta.dirname, '..', 'docs', 'nightly.md');
const TIMES = 100;
const SEEDS = Array.from({ length: Number(process.env.HOUR4_SEEDS ?? 20) }, (_, index) => index + 1);

/** A part of the night: its section, and whether all of it was good. */
interface Part {
  readonly heading: string;
  run(): Promise<{ readonly text: string; readonly isGood: boolean }>;
}

const PARTS: Readonly<Record<string, Part>> = {
  repetitions: { heading: 'The same night again and again', run: repetitions },
  seeds: { heading: 'Every healthy specimen at many seeds', run: seeds },
  tests: { heading: 'Tests at their full length', run: longTests },
  languages: { heading: 'Specimens in other languages', run: languages },
};

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(PARTS);
let isGood = true;
for (const name of wanted) {
  const part = PARTS[name];
  if (part === undefined) throw new Error(`no part "${name}": ${Object.keys(PARTS).join(', ')}`);
  const result = await part.run();
  isGood &&= result.isGood;
  writeSection(part.heading, result.text);
}
process.exitCode = isGood ? 0 : 1;

async function repetitions() {
  const SERIES = [
    { name: 'careful, one seed, quiet machine', busy: false },
    { name: 'careful, one seed, one core kept busy', busy: true },
  ];
  const scenarios = ['hour-four'];
  const rows: string[][] = [];
  for (const { name, busy } of SERIES) {
    const work = () => repeatNight('overnight/careful.yaml', { times: TIMES, scenarios, seed: 1 });
    const series = busy ? await withBusyCore(work) : await work();
    const isGood = series.passed === series.runs && series.ledgers === series.scenarios;
    const counts = [String(series.runs), String(series.passed), `${series.ledgers} of ${series.scenarios}`];
    rows.push(say([name, ...counts, good(isGood)]));
  }
  const head = ['series', 'runs', 'passed', 'different ledgers (one for each scenario)', ''];
  const text = `Every run must get the letter A without a failing check, and all ledgers of a scenario must be the same, byte for byte.
Scenarios: ${scenarios.join(', ')}.

${table(head, rows)}`;
  return { text, isGood: rows.every((row) => row.at(-1) === good(true)) };
}

async function seeds() {
  const healthy = SPECIMENS.filter(({ fails, start }) => fails.length === 0 && start.sort !== 'program');
  const rows: string[][] = [];
  for (const specimen of healthy) {
    const nights = await nightsOf(specimen, SEEDS);
    const failing = nights.filter(({ failed }) => failed.length > 0).length;
    const letters = [...new Set(nights.map(({ letter }) => letter ?? 'none'))];
    const isGood = failing === 0 && ['A', 'N'].includes(letters.join());
    const counts = [String(specimen.stories.length), String(nights.length), String(failing)];
    rows.push(say([specimen.id, ...counts, letters.join(', '), good(isGood)]));
  }
  const text = `No check may fail a healthy specimen, whatever the seed, and its letter is A; or N, for none, where the stories that it is
told cannot show all that a letter speaks of: an agent with a key that never expires says nothing about expiry.

${table(['specimen', 'stories', 'seeds', 'with a failure', 'letter', ''], rows)}`;
  return { text, isGood: rows.every((row) => row.at(-1) === good(true)) };
}

async function longTests() {
  const TESTS = [
    {
      name: '`plain` and oidc-provider agree over 1,000 generated histories',
      file: 'test/oidc/differential.test.ts',
      env: { HOUR4_DIFFERENTIAL_RUNS: '1000' },
    },
    {
      name: 'Every sick specimen is healthy once it is healed',
      file: 'test/specimens-healed.test.ts',
      env: {},
    },
    {
      name: 'The healthy brokers in every story, 20 seeds',
      file: 'test/specimens-broker.test.ts',
      env: {},
    },
    { name: 'Every thread in public, both ways', file: 'test/incidents.test.ts', env: {} },
    { name: 'The careful example in every story', file: 'test/examples.test.ts', env: {} },
    { name: 'Agents drive the mock tool in all sixteen ways', file: 'test/ambiguous-tool.test.ts', env: {} },
  ];
  const rows = TESTS.map(({ name, file, env }) => {
    const argv = ['run', file, '--maxWorkers=1'];
    const own = { ...process.env, HOUR4_NIGHTLY: '1', ...env };
    const { status } = spawnSync(join('node_modules', '.bin', 'vitest'), argv, {
      env: own,
      stdio: 'inherit',
    });
    return say([name, `\`${file}\``, good(status === 0)]);
  });
  return { text: table(['what', 'test', ''], rows), isGood: rows.every((row) => row.at(-1) === good(true)) };
}

async function languages() {
  const rows: string[][] = [];
  for (const specimen of SPECIMENS.filter(({ start }) => start.sort === 'program')) {
    const [night] = await nightsOf(specimen, [1]);
    const isAsPinned = night?.failed.join() === specimen.fails.join();
    const failed = night?.failed.map((id) => `\`${id}\``).join(', ') || 'nothing';
    rows.push(
      say([specimen.id, String(specimen.stories.length), failed, night?.letter ?? '', good(isAsPinned)]),
    );
  }
  const text = `Programs that no preload can hold: agents in compressed time, tools in real time. Each must fail what is pinned, and nothing else.

${table(['specimen', 'stories', 'failed', 'letter', ''], rows)}`;
  return { text, isGood: rows.every((row) => row.at(-1) === good(true)) };
}

async function nightsOf(specimen: Specimen, seeds: readonly number[]): Promise<readonly AtSeed[]> {
  const nights: AtSeed[] = [];
  for (const seed of seeds) {
    const night = await atSeed(specimen, seed);
    for (const words of night.said) console.log(`  ${specimen.id}, seed ${seed}: ${words}`);
    nights.push(night);
  }
  return nights;
}

function good(isGood: boolean): string {
  return isGood ? 'good' : 'NOT GOOD';
}

function say(row: string[]): string[] {
  console.log(row.join(' | '));
  return row;
}

/** The other sections stay as they are. */
function writeSection(heading: string, text: string): void {
  const [intro = '', ...sections] = readFileSync(PAGE, 'utf8').split(/^## /m);
  const own = `${heading}\n\n${text}\n\n`;
  const index = sections.findIndex((section) => section.startsWith(`${heading}\n`));
  if (index === -1) sections.push(own);
  else sections[index] = own;
  writeFileSync(PAGE, `${[intro, ...sections].join('## ').trimEnd()}\n`);
}
