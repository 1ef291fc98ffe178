// Runs one fixture under the exact clock against a small server, and tells what each of them saw of time.
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { BusyParty, ClockDriver, RunEnd } from '../../harness/time/driver.ts';
import { exactClock } from '../../harness/time/exact-clock.ts';

const repository = new URL('../../', import.meta.url);

/** The Nodes a subject may run on, by major version. */
export const runtimes: Record<string, string> = {
  20: fileURLToPath(new URL('test/runtimes/node20/node_modules/.bin/node', repository)),
  22: fileURLToPath(new URL('test/runtimes/node22/node_modules/.bin/node', repository)),
  24: fileURLToPath(new URL('node_modules/.bin/node', repository)),
};

export const START_MS = Date.parse('2026-03-02T22:00:00.000Z');

/** One request `GET /mark?name=..&date=..&elapsed=..` of a fixture; all in virtual ms since start. */
export interface Mark {
  name: string;
  serverMs: number;
  dateMs: number;
  elapsedMs: number;
}

export interface Observed {
  end: RunEnd;
  marks: Mark[];
  stdout: string;
  stderr: string;
  exit: number | NodeJS.Signals | null;
  busy: BusyParty[];
  endMs: number;
}

/** A world with one server whose answers take virtual time. */
export interface World {
  clock: ClockDriver;
  url: string;
  marks: Mark[];
  /** Looks at every request, before it is answered. */
  onRequest(look: (request: IncomingMessage) => void): void;
  start(node: string, argv: string[], party?: string): Started;
  close(): Promise<void>;
}

export interface Started {
  child: ChildProcess;
  output: { stdout: string; stderr: string };
}

/** `/slow?ms=N` answers after N virtual ms, `/never` not at all, `/half` never ends, `/mark` is noted, anything else gets `{}` at once. */
function answers(clock: ClockDriver, marks: Mark[]): RequestListener {
  return (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://world');
    const number = (name: string) => Number(searchParams.get(name));
    const reply = () => {
      response.setHeader('content-type', 'application/json');
      response.end('{}');
    };
    request.resume();
    request.on('end', () => {
      if (pathname === '/never') return;
      if (pathname === '/half') return void response.write('half of it');
      if (pathname === '/large') return void response.end('x'.repeat(5_000_000));
      if (pathname === '/mark') {
        const name = searchParams.get('name') ?? '';
        marks.push({
          name,
          serverMs: clock.nowMs,
          dateMs: number('date') - START_MS,
          elapsedMs: number('elapsed'),
        });
      }
      if (pathname === '/slow') clock.schedule(clock.nowMs + number('ms'), request.url ?? '', reply);
      else reply();
    });
  };
}

export async function openWorld(options: { idleLimitMs?: number } = {}): Promise<World> {
  const clock = exactClock({ startMs: START_MS, seed: 7, idleLimitMs: 20_000, ...options });
  const marks: Mark[] = [];
  const server: Server = createServer(answers(clock, marks));
  clock.watchServer(server);
  await Promise.all([clock.listen(), new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))]);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const children: ChildProcess[] = [];
  return {
    clock,
    url,
    marks,
    onRequest: (look) => server.on('request', look),
    start(node, argv, party = 'agent') {
      const { VITEST: _, NODE_OPTIONS: __, ...rest } = process.env;
      const env = { ...rest, TZ: 'UTC', WORLD: url, NODE: node };
      const child = spawn(
        argv[0]?.endsWith('.mjs') ? node : (argv[0] ?? ''),
        argv[0]?.endsWith('.mjs') ? argv : argv.slice(1),
        {
          cwd: fileURLToPath(new URL('./fixtures/', import.meta.url)),
          env: { ...env, ...clock.envFor(party, env) },
          stdio: ['pipe', 'pipe', 'pipe'],
          detached: true,
        },
      );
      children.push(child);
      const output = { stdout: '', stderr: '' };
      child.stdout.on('data', (text) => {
        output.stdout += text;
      });
      child.stderr.on('data', (text) => {
        output.stderr += text;
      });
      if (child.pid !== undefined) clock.expectProcess(party, child.pid);
      child.on('exit', () => clock.processExited(child.pid ?? 0));
      return { child, output };
    },
    async close() {
      for (const { pid, exitCode, signalCode } of children) {
        if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL');
      }
      server.closeAllConnections();
      await Promise.all([clock.close(), new Promise((resolve) => server.close(resolve))]);
    },
  };
}

/** Runs one program to its end. */
export async function observe(
  node: string,
  argv: string[],
  options: { idleLimitMs?: number } = {},
): Promise<Observed> {
  const world = await openWorld(options);
  try {
    const { child, output } = world.start(node, argv);
    const closed = new Promise((resolve) => child.on('close', resolve));
    const end = await world.clock.run();
    const busy = world.clock.busyReport();
    if (end === 'all-exited') await closed;
    const exit = child.signalCode ?? child.exitCode;
    return { end, marks: world.marks, ...output, exit, busy, endMs: world.clock.nowMs };
  } finally {
    await world.close();
  }
}
