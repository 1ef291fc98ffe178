#!/usr/bin/env node
// The composition root: the one place where services, scenarios, checks, reports and commands meet.

import { CommanderError } from 'commander';
import { SERVICES } from '../mocks/index.ts';
import { REPORTS } from '../reports/index.ts';
import { CHECKS } from '../scenarios/checks/index.ts';
import { SCENARIOS } from '../scenarios/index.ts';
import { OVERNIGHT_SERVICES, overnightJob } from '../scenarios/overnight-job.ts';
import type { Catalogue } from './commands/catalogue.ts';
import { commandLine } from './commands/command-line.ts';
import { processTerminal } from './commands/terminal.ts';
import { UsageError } from './errors.ts';
import { runSuite } from './suite.ts';

const catalogue: Catalogue = {
  services: SERVICES,
  scenarios: SCENARIOS,
  checks: CHECKS,
  reports: REPORTS,
  defaultJob: { needsServices: OVERNIGHT_SERVICES, make: overnightJob },
};
const terminal = processTerminal(process.env);
const interruption = new AbortController();

// A code that says "no verdict" until there is one: whatever ends the process early has not passed.
process.exitCode = 3;
process.stdout.on('error', leaveQuietly);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interruption.abort());
process.exit(await main());

async function main(): Promise<number> {
  const surroundings = { cwd: process.cwd(), terminal, signal: interruption.signal, runSuite };
  try {
    return await commandLine(process.argv.slice(2), catalogue, surroundings);
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError) {
    terminal.stderr.write(`hour4: ${error.message}\n`);
    return 2;
  }
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.stderr.write(`hour4: the harness itself failed: ${reason}\n`);
  return 3;
}

// The reader has gone, as in `hour4 list checks | head -1`.
function leaveQuietly(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}
