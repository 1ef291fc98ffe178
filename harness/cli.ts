#!/usr/bin/env node
// The composition root: the one place where services, scenarios, checks, reports and commands meet.

import { SERVICES } from '../mocks/index.ts';
import { REPORTS } from '../reports/index.ts';
import { CHECKS } from '../scenarios/checks/index.ts';
import { SCENARIOS } from '../scenarios/index.ts';
import { OVERNIGHT_SERVICES, overnightJob } from '../scenarios/overnight-job.ts';
import type { Catalogue } from './commands/catalogue.ts';
import { main } from './commands/main.ts';
import { processTerminal } from './commands/terminal.ts';
import { runSuite } from './suite.ts';

const catalogue: Catalogue = {
  services: SERVICES,
  scenarios: SCENARIOS,
  checks: CHECKS,
  reports: REPORTS,
  defaultJob: { needsServices: OVERNIGHT_SERVICES, make: overnightJob },
};
const interruption = new AbortController();

// A code that says "no verdict" until there is one: whatever ends the process early has not passed.
process.exitCode = 3;
process.stdout.on('error', ignoreLostReader);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interruption.abort());
const surroundings = {
  cwd: process.cwd(),
  terminal: processTerminal(process.env),
  signal: interruption.signal,
  runSuite,
};
const exitCode = await main(process.argv.slice(2), catalogue, surroundings);
// A pipe may still hold the end of a report.
await new Promise((written) => process.stdout.write('', written));
process.exit(exitCode);

// The reader may have gone, as in `hour4 list checks | head -1`.
function ignoreLostReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
