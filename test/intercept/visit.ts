// Runs one program whose calls to real hosts are intercepted, and tells what it printed and what the ledger says.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entry } from '../../harness/entry.ts';
import { type InterceptMode, intercept } from '../../harness/intercept/intercept.ts';
import type { Job, TimelineStep } from '../../harness/scenario.ts';
import { accountVariables } from '../../harness/subjects/environment.ts';
import type { RunEnd } from '../../harness/time/driver.ts';
import { exactClock } from '../../harness/time/exact-clock.ts';
import { realClock } from '../../harness/time/real-clock.ts';
import { createWorld, type World } from '../../harness/world/world.ts';
import { SERVICES, type Service } from '../../mocks/index.ts';

const START_MS = Date.parse('2026-03-02T22:00:00.000Z');

/** What is run, and how. */
export interface Visit {
  readonly argv: readonly string[];
  readonly clock: 'exact' | 'real';
  readonly intercept: InterceptMode;
  /** Where; absent = beside this file. */
  readonly cwd?: string;
  /** Each has one account, `acme-<service>`, told in the `HOUR4_*` variables. */
  readonly services?: readonly (string | Service)[];
  /** What the accounts are granted; absent = what each service grants when nothing else is asked for. */
  readonly scopes?: readonly string[];
  readonly timeline?: readonly TimelineStep[];
  /** How long tokens are watched for their end, in virtual ms. */
  readonly untilMs?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly data?: Job['data'];
  /** Runs before the program does. */
  prepare?(world: World, home: string): void;
}

/** What came of it. */
export interface Visited {
  readonly end: RunEnd;
  readonly exit: number | NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly entries: readonly Entry[];
  readonly virtualMs: number;
}

/** Runs it to its end. */
export async function visit(asked: Visit): Promise<Visited> {
  const clock =
    asked.clock === 'exact' ? exactClock({ startMs: START_MS, seed: 1, idleLimitMs: 60_000 }) : realClock();
  const home = mkdtempSync(join(tmpdir(), 'hour4-visit-'));
  const services = (asked.services ?? ['hubspot']).map(serviceOf);
  const granted = asked.scopes === undefined ? {} : { scopes: asked.scopes };
  await clock.listen();
  const world = await createWorld({
    ...{ clock, scenario: 'visit', variant: null, seed: 1, timeline: asked.timeline ?? [] },
    untilMs: asked.untilMs ?? 3_600_000,
    ...{ services, data: asked.data ?? {}, bodyBytes: 1_000_000, connections: 100 },
    accounts: services.map(({ id }) => ({ ...granted, id: `acme-${id}`, service: id, tenant: 'acme' })),
    latency: { minMs: 20, maxMs: 80 },
  });
  const own = { PATH: process.env.PATH ?? '', HOME: home, ...told(world), ...asked.env };
  const interception = await intercept(asked.intercept, {
    ...{ world, clock, env: own, bodyBytes: 1_000_000 },
    certificateFile: join(home, 'ca.pem'),
  });
  try {
    asked.prepare?.(world, home);
    const variables = interception.variables(own);
    const { child, printed } = start(asked, { ...variables, ...clock.envFor('agent', variables) });
    const pid = child.pid ?? 0;
    clock.expectProcess('agent', pid);
    child.on('exit', () => clock.processExited(pid));
    const closed = new Promise((resolve) => child.on('close', resolve));
    const end = await clock.run();
    if (end !== 'all-exited') child.kill('SIGKILL');
    await closed;
    const exit = child.signalCode ?? child.exitCode;
    return { end, exit, ...printed, entries: world.ledger.entries, virtualMs: clock.nowMs };
  } finally {
    await interception.close();
    await world.close();
    await clock.close();
    rmSync(home, { recursive: true, force: true });
  }
}

function start({ argv: [command = '', ...args], cwd }: Visit, env: Record<string, string>) {
  const child: ChildProcess = spawn(command, args, {
    env,
    cwd: cwd ?? import.meta.dirname,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    printed.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    printed.stderr += text;
  });
  return { child, printed };
}

function serviceOf(wanted: string | Service): Service {
  const found = typeof wanted === 'string' ? SERVICES.find(({ id }) => id === wanted) : wanted;
  if (found === undefined) throw new Error(`no service ${wanted}`);
  return found;
}

const told = ({ accounts }: World): Record<string, string> =>
  Object.assign(
    {},
    ...accounts.map((account) => ({
      ...accountVariables(account),
      [`HOUR4_${account.service.toUpperCase()}_INSTALLATION`]: account.installation ?? '',
    })),
  );
