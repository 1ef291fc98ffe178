// `npm run nightly`: the long repetitions. Their result is written to docs/nightly.md; CI runs a small part of each.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Repetition, repeatNight, withBusyCore } from './repetition.ts';

const TIMES = 100;
const SERIES = [
  { name: 'careful, one seed, quiet machine', example: 'overnight/careful.yaml', busy: false },
  { name: 'careful, one seed, one core kept busy', example: 'overnight/careful.yaml', busy: true },
];
const SCENARIOS = ['hour-four'];
const HISTORIES = 1000;

const rows: string[] = [];
let failed = false;
for (const { name, example, busy } of SERIES) {
  const work = () => repeatNight(example, { times: TIMES, scenarios: SCENARIOS, seed: 1 });
  const series = busy ? await withBusyCore(work) : await work();
  const good = series.passed === series.runs && series.ledgers === series.scenarios;
  failed ||= !good;
  rows.push(row(name, series, good));
  console.log(rows.at(-1));
  writeFileSync(join(import.meta.dirname, '..', 'docs', 'nightly.md'), page());
}

const histories = differential();
failed ||= !histories;
writeFileSync(join(import.meta.dirname, '..', 'docs', 'nightly.md'), page(histories));

process.exitCode = failed ? 1 : 0;

// Our own authorization server against oidc-provider, over many more histories than CI has time for.
function differential(): boolean {
  const argv = ['run', 'test/oidc/differential.test.ts', '--maxWorkers=1'];
  const env = { ...process.env, HOUR4_DIFFERENTIAL_RUNS: String(HISTORIES) };
  return spawnSync(join('node_modules', '.bin', 'vitest'), argv, { env, stdio: 'inherit' }).status === 0;
}

function row(name: string, { runs, passed, ledgers, scenarios }: Repetition, good: boolean): string {
  return `| ${name} | ${runs} | ${passed} | ${ledgers} of ${scenarios} | ${good ? 'good' : 'NOT GOOD'} |`;
}

function page(histories: boolean | null = null): string {
  return `# Nightly repetitions

Written by \`npm run nightly\`. Every run must get the letter A without a failing check, and all ledgers of a scenario must be
the same, byte for byte. Scenarios: ${SCENARIOS.join(', ')}.

| series | runs | passed | different ledgers (one for each scenario) | |
|---|---|---|---|---|
${rows.join('\n')}
${histories === null ? '' : `\n\`plain\` and oidc-provider over ${HISTORIES} generated histories: ${histories ? 'they agree' : 'THEY PART'}.\n`}`;
}
