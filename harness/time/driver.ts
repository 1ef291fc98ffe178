// The one small interface behind which every kind of clock stands, so that the runner never asks which one it drives.
import type { Server, Socket } from 'node:net';
import type { Reach } from './agenda.ts';

/**
 * Why a run of the clock came to its end.
 * `all-exited`: every expected process is gone. `waits-for-nothing`: everybody is idle, nothing is due anywhere, and
 * somebody still lives. `never-idle`: no progress within the idle limit, `busyReport` names who and why.
 * `stopped`: the harness asked for it.
 */
export type RunEnd = 'all-exited' | 'waits-for-nothing' | 'never-idle' | 'stopped';

/** Somebody who is not idle, and what holds it. */
export interface BusyParty {
  party: string;
  pid: number;
  /** Real milliseconds since its last word. */
  silentForMs: number;
  /** Each in words that a user understands: "FSReqCallback", "child process 4711", "no word since attach: ...". */
  busyWith: string[];
}

/** What a warm process still had pending when its clock was put back to the start of a new world. */
export interface Leftover {
  party: string;
  pid: number;
  /** Timers that hold its event loop: work of the old world that would leak into the new one. */
  refdTimers: number;
}

/** A clock that the harness reads, hangs its own events on, and lets run. All moments are virtual ms since start. */
export interface ClockDriver {
  readonly mode: 'exact' | 'compressed' | 'real' | 'hand';
  /** Virtual milliseconds since start. */
  readonly nowMs: number;
  /** Epoch milliseconds of the virtual start. */
  readonly startMs: number;

  /** Opens what the driver needs; must be awaited before `envFor`. */
  listen(): Promise<void>;
  /** Closes everything that `listen` opened. Ends a run as `stopped`. */
  close(): Promise<void>;

  /**
   * The variables that make a process of this party follow the clock.
   * @param party name of the party; processes of one party may come and go
   * @param base the environment they are added to; its NODE_OPTIONS is kept and appended to
   */
  envFor(party: string, base?: Record<string, string | undefined>): Record<string, string>;
  /** A root process was started: time stands until it attaches, or exits. */
  expectProcess(party: string, pid: number): void;
  /** The harness saw the real exit of a root process. */
  processExited(pid: number): void;
  /** True when a process of this party has ever followed the clock: otherwise its clock is unverified. */
  attached(party: string): boolean;
  /**
   * A process was stopped (SIGSTOP), to be called at once: until `resumed` it counts as idle, whatever is due or on its way
   * to it.
   */
  paused(pid: number): void;
  /** To be called before SIGCONT, so that the process finds the present time when it wakes. */
  resumed(pid: number): void;
  /**
   * The harness did something to a process on a way the clock cannot see (a signal, stdin, an IPC message).
   * Call it after the deed: time stands until the process was looked at again.
   */
  nudge(pid: number): void;
  /** From now on the wall clock of this party is that far ahead of the world's; elapsed time is not touched. */
  setWallOffset(party: string, offsetMs: number): void;

  /** A server of the world: its connections take part in the accounting of bytes. */
  watchServer(server: Server): void;
  /** A connection that the harness itself opened to a server inside a party; may be said at each use of a kept one. */
  watchSocket(socket: Socket): void;
  /**
   * Whose connection this is, also after it closed; null for a stranger. Sure one turn of the event loop after the first
   * bytes of the connection came, and in every scheduled event and hook.
   */
  partyOf(socket: Socket): string | null;

  /**
   * Hangs an event of the world on the clock. Events due at the same moment run in the order of `order` (then of
   * scheduling), each only after everything the one before caused has come to rest.
   * @param reach whom it may reach, who is to read its moment then: `nobody` but the world, a `caller` on the connection on
   * which it waits for an answer, or `anybody`; absent = anybody
   * @returns takes the event back; harmless once it ran
   */
  schedule(dueMs: number, order: string, run: () => void, reach?: Reach): () => void;
  /** Real work that the world owes (a file, a promise that needs the event loop): time stands until it is released. */
  hold(reason: string): () => void;
  /**
   * Asked when everybody is idle, before time moves. `exact`: at every quiescent moment. `real`: as soon as something
   * arrived, since order there is order of arrival.
   * @param hook gets the next due moment of anyone (null: none, or unknown in `real`); true means "I did something"
   * @param mayReach whether what the hook would do now may reach anybody who did not ask for it; absent = it may. It is asked
   * first, and before such a deed every clock of the subject is set
   * @returns takes the hook back
   */
  onQuiescent(hook: (nextDueMs: number | null) => boolean, mayReach?: () => boolean): () => void;

  /** Lets time pass. May be called again after it resolved. */
  run(): Promise<RunEnd>;
  /** Ends the present run as `stopped`. */
  stop(): void;
  /** Everybody who is not idle now; empty when all are. */
  busyReport(): BusyParty[];

  /**
   * Starts a new world with the processes that live: the clock goes back to 0, events and hooks are forgotten, Math.random
   * is seeded anew. To be called between runs, with everybody idle.
   * @returns what each process still had pending; a process with a `refdTimers` above 0 is better started again
   */
  reset(startMs: number, seed: number): Promise<Leftover[]>;
}
