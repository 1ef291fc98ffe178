// `npm start`: the half-hour test that everybody passes, then the night that not everybody survives.

import { dirname, join } from 'node:path';
import { loadConfig } from '../harness/config/load.ts';
import type { Result } from '../harness/result.ts';
import type { Progress } from '../harness/stage.ts';
import { runSuite } from '../harness/suite.ts';
import { SERVICES } from '../mocks/index.ts';
import { compare } from '../reports/index.ts';
import { CHECKS } from '../scenarios/checks/index.ts';
import { SCENARIOS } from '../scenarios/index.ts';
import { OVERNIGHT_SERVICES, overnightJob } from '../scenarios/overnight-job.ts';

const FOLDER = import.meta.dirname;
const OUT = join(dirname(FOLDER), '.hour4', 'demo');
const NIGHT = ['overnight-run', 'hour-four'];
const AGENTS = ['overnight/naive.yaml', 'overnight/careful.yaml', 'overnight-sdks/hour4.yaml'];

const color = process.stdout.isTTY === true && !process.env.NO_COLOR;
const say = (text: string) => process.stdout.write(`${text}\n`);

say(
  'The half-hour integration test, with an agent that refreshes before each call and returns {} on any error:\n',
);
const staging = await runExample('overnight/naive.yaml', ['half-hour-staging']);
say(summary(staging));
say(
  'Nothing to see: every token of the start outlives the test. Now six hours of the same job, three agents:\n',
);
const nights = await Promise.all(AGENTS.map((agent) => runExample(agent, NIGHT)));
say(compare(nights, { color }));
say(headline(nights[0]));
say('Ledgers, line by line what really happened: .hour4/demo/');
say('One agent in full:   npm run -s hour4 -- run examples/overnight/naive.yaml');
say('Why a check matters: npm run -s hour4 -- explain no-silent-skip');

async function runExample(path: string, scenarios: readonly string[]): Promise<Result> {
  const config = await loadConfig(join(FOLDER, path), FOLDER, SERVICES);
  const result = await runSuite({
    config,
    scenarios: SCENARIOS.filter(({ id }) => scenarios.includes(id)),
    checks: CHECKS,
    defaultJob: { needsServices: OVERNIGHT_SERVICES, make: overnightJob },
    seed: 1,
    outDir: join(OUT, config.subject.name),
    time: config.subject.time,
    onProgress: (progress) => tell(config.subject.name, progress),
  });
  return result;
}

function tell(subject: string, { phase, scenario, verdict }: Progress): void {
  if (phase === 'judged') process.stderr.write(`  ${subject}: ${scenario}: ${verdict}\n`);
}

function summary({ scenarios, totals }: Result): string {
  const claim = scenarios[0]?.claims[0]?.status ?? 'nothing';
  return `\n  claimed: ${claim}; ${totals.pass} checks passed, ${totals.fail} failed\n`;
}

function headline(naive: Result | undefined): string {
  const night = naive?.scenarios.find(({ id }) => id === 'hour-four');
  const lost = night?.loss ?? { rowsMissing: 0, rowsIncomplete: 0 };
  return `At hour 4 the ${naive?.subject.name} agent claimed "${night?.claims[0]?.status}" with ${lost.rowsMissing} rows missing and ${lost.rowsIncomplete} incomplete.\n`;
}
