#!/usr/bin/env node
// The composition root: the one place where services, scenarios, checks, reports and commands meet.

import { enableCompileCache } from 'node:module';
import type { LoadCatalogue } from './commands/catalogue.ts';
import { main } from './commands/main.ts';
import type { RunSurroundings } from './commands/run.ts';
import { processTerminal } from './commands/terminal.ts';

// Most of a short command is the reading of its sources: what Node has compiled once, it finds again.
enableCompileCache();

const catalogue: LoadCatalogue = async () => {
  const [{ SERVICES }, { REPORTS }, { CHECKS }, { SCENARIOS }, { INCIDENTS }, job] = await Promise.all([
    import('./services.ts'),
    import('../reports/index.ts'),
    import('../scenarios/checks/index.ts'),
    import('../scenarios/index.ts'),
    import('../scenarios/incidents/index.ts'),
    import('../scenarios/overnight-job.ts'),
  ]);
  return {
    services: SERVICES,
    scenarios: SCENARIOS,
    checks: CHECKS,
    incidents: INCIDENTS,
    reports: REPORTS,
    defaultJob: { needsServices: job.OVERNIGHT_SERVICES, make: job.overnightJob },
  };
};
const interruption = new AbortController();

// A code that says "no verdict" until there is one: whatever ends the process early has not passed.
process.exitCode = 3;
process.stdout.on('error', ignoreLostReader);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interruption.abort());
const surroundings: RunSurroundings = {
  cwd: process.cwd(),
  terminal: processTerminal(process.env),
  signal: interruption.signal,
  runSuite: async (options) => (await import('./suite.ts')).runSuite(options),
  firstServiceCalled: async (options) => (await import('./first-call.ts')).firstServiceCalled(options),
};
/** What nobody caught: the run is interrupted, so that what it started is ended and what it learned is told. */
let isBroken = false;
const END_MS = 10_000;
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (reason: unknown) => {
    const told = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
    process.stderr.write(`hour4: hour4 itself failed: ${told}\n`);
    isBroken = true;
    interruption.abort();
    setTimeout(() => process.exit(3), END_MS).unref();
  });
}
const exitCode = await main(process.argv.slice(2), catalogue, surroundings);
// A pipe may still hold the end of a report.
await new Promise((written) => process.stdout.write('', written));
process.exit(isBroken ? 3 : exitCode);

// The reader may have gone, as in `hour4 list checks | head -1`.
function ignoreLostReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
