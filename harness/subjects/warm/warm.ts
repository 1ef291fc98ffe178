// A process that hosts a module life after life, as long as each leaves nothing behind.

import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Ending } from '../../check.ts';
import { type ProcessHandler, type Program, type RunningProcess, startProcess } from '../process.ts';

/** What the host is told at the start of a life. */
export interface LifeOrder {
  readonly kind: 'agent' | 'broker';
  readonly url: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** The line on both streams with which the life is over. */
  readonly end: string;
}

/** What the host is told: to live, or to bring the present life to its end. */
export type Order = LifeOrder | { readonly stop: true };

/** A host. */
export interface WarmHost {
  readonly pid: number;
  /** False once its process is gone. */
  alive(): boolean;
  /** Resolves when its process is gone, be it in a life or between two. */
  readonly gone: Promise<unknown>;
  /** Starts a life; to be called when none is. */
  live(order: Omit<LifeOrder, 'end'>, handler: ProcessHandler): RunningProcess;
  /** Ends the process. */
  dismiss(): Promise<void>;
}

// Next to this file, as source or as built.
const HOST = fileURLToPath(new URL(`./warm-host${import.meta.url.slice(-3)}`, import.meta.url));

/** Starts a host: `program` is what its process is started with, but for its arguments. */
export async function startWarmHost(program: Omit<Program, 'argv' | 'orders'>): Promise<WarmHost> {
  let handler: ProcessHandler = { line: () => {}, flooded: () => {} };
  let isGone = false;
  const argv = [process.execPath, HOST];
  const host = await startProcess(
    { ...program, argv, orders: true },
    { line: (stream, text) => handler.line(stream, text), flooded: (stream) => handler.flooded(stream) },
  );
  const gone = host.ended.then(() => {
    isGone = true;
  });
  const order = (words: Order) => host.order(JSON.stringify(words));
  return {
    pid: host.pid,
    alive: () => !isGone,
    gone,
    live: (life, heard) => {
      const end = randomBytes(16).toString('hex');
      const finished = new Promise<Ending>((resolve) => {
        const open = new Set(['stdout', 'stderr']);
        handler = {
          ...heard,
          line: (stream, text) => {
            const isOver = text.endsWith(end);
            const rest = isOver ? text.slice(0, -end.length) : text;
            if (!isOver || rest !== '') heard.line(stream, rest);
            if (isOver && open.delete(stream) && open.size === 0) resolve({ kind: 'exited', code: 0 });
          },
        };
      });
      order({ ...life, end });
      return {
        ...host,
        ended: Promise.race([finished, host.ended]),
        stop: () => order({ stop: true }),
        stays: () => !isGone,
      };
    },
    dismiss: () => host.kill('It is no longer needed.'),
  };
}
