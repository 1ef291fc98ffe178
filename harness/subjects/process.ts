// One started program: its own process group, its output line by line, its true end.

import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { Ending } from '../check.ts';
import { readLines } from './output.ts';
import { endStrays } from './strays.ts';

/** What to start. Always an argument vector, never a shell string. */
export interface Program {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** The HOUR4_RUN of this run, by which strays are found; null = they are left to whoever started several programs. */
  readonly run: string | null;
  readonly outputBytes: number;
  /** Whether it is told things on its descriptor 3 while it runs; absent = it is not. */
  readonly orders?: true;
}

/** What the starter is told. */
export interface ProcessHandler {
  line(stream: 'stdout' | 'stderr', text: string): void;
  flooded(stream: 'stdout' | 'stderr'): void;
}

/** A running program. */
export interface RunningProcess {
  readonly pid: number;
  /** Resolves when the process has exited and its output was read to the end. */
  readonly ended: Promise<Ending>;
  /** Ends it and everything it started: SIGTERM, then SIGKILL. `why` becomes its ending. */
  kill(why: string): Promise<void>;
  /** Asks it to end, as an operator would; what it makes of that is its own affair. */
  stop(): void;
  /** Sends a signal to it and everything it started. */
  signal(name: NodeJS.Signals): void;
  /** Tells it something, as one line. */
  order(line: string): void;
  /** Whether there is a process for another life once this one has ended. */
  stays(): boolean;
}

/** How long a process may take over SIGTERM, in real ms. */
const TERM_MS = 2000;
/** How long output may go on after the exit, while some stray still holds the pipe, in real ms. */
const DRAIN_MS = 500;

/** Starts a program. Rejects with the system's reason when it cannot be started. */
export async function startProcess(program: Program, handler: ProcessHandler): Promise<RunningProcess> {
  const [command = '', ...args] = program.argv;
  const child = spawn(command, args, {
    cwd: program.cwd,
    env: program.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', ...(program.orders ? ['pipe' as const] : [])],
    windowsHide: true,
  });
  await started(child);
  const pid = child.pid as number;
  let killedWhy: string | null = null;
  for (const stream of ['stdout', 'stderr'] as const) {
    readLines(child[stream] as Readable, program.outputBytes, {
      line: (text) => handler.line(stream, text),
      flooded: () => handler.flooded(stream),
    });
  }
  const ended = endingOf(child).then((ending): Ending => {
    signalGroup(pid, 'SIGKILL');
    if (program.run !== null) endStrays(program.run);
    return killedWhy === null ? ending : { kind: 'killed', why: killedWhy };
  });
  const kill = async (why: string) => {
    killedWhy ??= why;
    signalGroup(pid, 'SIGTERM');
    const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), TERM_MS);
    await ended;
    clearTimeout(timer);
  };
  const orders = child.stdio[3] as Writable | undefined;
  // Whoever is gone hears nothing.
  orders?.on('error', () => {});
  return {
    pid,
    ended,
    kill,
    stop: () => signalGroup(pid, 'SIGTERM'),
    signal: (name) => signalGroup(pid, name),
    order: (line) => void orders?.write(`${line}\n`),
    stays: () => false,
  };
}

function started(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
}

// A process killed by a signal has no exit code; that is never a success.
function endingOf(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      const ending: Ending =
        signal === null ? { kind: 'exited', code: code ?? 0 } : { kind: 'signalled', signal };
      const drained = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, DRAIN_MS);
      child.once('close', () => {
        clearTimeout(drained);
        resolve(ending);
      });
    });
  });
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}
