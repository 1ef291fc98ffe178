// What the processes of the refresh measurement tell each other.

import type { RefreshRequest } from './refresh-request.ts';

/** One account as the load generator needs it. */
export interface LoadAccount {
  readonly request: RefreshRequest;
  readonly refreshToken: string;
}

/** What a server is asked: to start with so many accounts at a service, or what it has used so far. */
export type ServerQuestion =
  | { readonly start: { readonly service: string; readonly accounts: number } }
  | { readonly usage: true }
  | { readonly memory: true };

/** Where a started server is. */
export interface Started {
  readonly port: number;
  readonly accounts: readonly LoadAccount[];
}

/** Processor time of a process since its start, in microseconds. */
export interface Usage {
  readonly cpuMicros: number;
}

/** What a process holds, in bytes, after its garbage was collected. */
export interface Memory {
  readonly heapBytes: number;
  readonly residentBytes: number;
}

/** What the load generator is asked: one connection per account, bounded in time and in count. */
export interface LoadOrder extends Started {
  readonly answers: number;
  readonly longestMs: number;
}

/** What came of a load. */
export interface LoadReport {
  readonly answers: number;
  readonly elapsedMs: number;
  /** Processor time that the generator used, in microseconds. */
  readonly cpuMicros: number;
  /** How many signed tokens the last answer held. */
  readonly signatures: number;
  /** The tokens to go on with. */
  readonly accounts: readonly LoadAccount[];
}

/** What this process holds; it must have been started with `--expose-gc`. */
export function ownMemory(): Memory {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return { heapBytes: heapUsed, residentBytes: rss };
}

/** The processor time of this process so far. */
export function ownUsage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpuMicros: user + system };
}
