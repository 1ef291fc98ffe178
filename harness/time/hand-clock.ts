// The clock of `hour4 serve`: it goes at a rate that may be changed, jumps when told, and stands still between looks.
//
// Its moment moves only when something comes in, an event is due, or somebody asks; what was due on the way happens
// first, each at its own moment. So a jump of hours leaves the same record as hours that were waited for.
import { newAgenda } from './agenda.ts';
import type { ClockDriver, RunEnd } from './driver.ts';
import { unattended } from './unattended.ts';

/** Longer waits than Node's timers know are taken in steps. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** A clock that is moved by hand; no process follows it, and its run ends only when it is stopped. */
export interface HandClock extends ClockDriver {
  /** Virtual ms for each real ms; 0 = it stands. */
  readonly rate: number;
  /** The next moment at which anything is due; null = nothing is. */
  readonly nextDueMs: number | null;
  setRate(rate: number): void;
  /** Moves to the present, lets happen what is due, and takes in what has arrived. */
  catchUp(): void;
  /** Jumps so far ahead. When it returns, everything that was due on the way has happened. */
  advance(byMs: number): void;
  /** Told each time the clock has come to rest after something may have happened; returns how to end that. */
  onRest(told: () => void): () => void;
}

/** Starts at `startMs` (epoch ms) and goes at real time. */
export function handClock(options: { readonly startMs: number }): HandClock {
  const agenda = newAgenda();
  const hooks = new Set<(nextDueMs: number | null) => boolean>();
  const resting = new Set<() => void>();
  let { startMs } = options;
  let nowMs = 0;
  let rate = 1;
  /** Where the pace was last changed: a virtual moment, and the real one that goes with it. */
  let pace = { virtualMs: 0, realMs: performance.now() };
  let end: ((why: RunEnd) => void) | null = null;
  let timer: NodeJS.Timeout | undefined;
  let looking = false;
  let moving = false;

  const presentMs = () => Math.floor(pace.virtualMs + (performance.now() - pace.realMs) * rate);

  function arrived(): void {
    if (looking || end === null) return;
    looking = true;
    setImmediate(() => {
      looking = false;
      if (end !== null) catchUp();
    });
  }

  function catchUp(): void {
    // Whoever asks from within an event is at that event's moment.
    if (moving) return;
    moving = true;
    try {
      moveTo(Math.max(presentMs(), nowMs));
    } finally {
      moving = false;
    }
    arm();
    for (const told of resting) told();
  }

  function moveTo(targetMs: number): void {
    runDue(targetMs);
    nowMs = targetMs;
    while ([...hooks].map((hook) => hook(null)).includes(true)) runDue(targetMs);
  }

  function runDue(untilMs: number): void {
    for (;;) {
      const dueMs = agenda.nextDueMs();
      if (dueMs === null || dueMs > untilMs) return;
      nowMs = Math.max(nowMs, dueMs);
      agenda.runNext(nowMs);
    }
  }

  function arm(): void {
    clearTimeout(timer);
    const dueMs = agenda.nextDueMs();
    if (end === null || dueMs === null) return;
    const restMs = Math.max(dueMs - presentMs(), 0);
    if (restMs > 0 && rate === 0) return;
    const realMs = restMs === 0 ? 0 : Math.ceil(restMs / rate);
    timer = setTimeout(catchUp, Math.min(realMs, LONGEST_WAIT_MS));
  }

  function repace(virtualMs: number): void {
    pace = { virtualMs, realMs: performance.now() };
  }

  function stop(): void {
    clearTimeout(timer);
    end?.('stopped');
    end = null;
  }

  const noProcess = () => {
    throw new Error('no process follows a clock that is moved by hand');
  };

  return {
    ...unattended(arrived),
    mode: 'hand',
    get nowMs() {
      return nowMs;
    },
    get startMs() {
      return startMs;
    },
    get rate() {
      return rate;
    },
    get nextDueMs() {
      return agenda.nextDueMs();
    },
    setRate(newRate) {
      catchUp();
      repace(nowMs);
      rate = newRate;
      arm();
    },
    catchUp,
    advance(byMs) {
      catchUp();
      repace(Math.max(presentMs(), nowMs) + byMs);
      catchUp();
    },
    onRest(told) {
      resting.add(told);
      return () => resting.delete(told);
    },
    async listen() {
      repace(nowMs);
    },
    async close() {
      stop();
    },
    attached: () => false,
    expectProcess: noProcess,
    processExited: noProcess,
    schedule(dueMs, order, run) {
      const cancel = agenda.add(dueMs, order, run);
      if (!moving) arm();
      return cancel;
    },
    onQuiescent(hook) {
      hooks.add(hook);
      return () => hooks.delete(hook);
    },
    run() {
      if (end !== null) throw new Error('the clock is running already');
      return new Promise((resolve) => {
        end = resolve;
        arrived();
      });
    },
    stop,
    async reset(newStartMs) {
      if (end !== null) throw new Error('the clock is running: stop it before a new world begins');
      startMs = newStartMs;
      nowMs = 0;
      rate = 1;
      repace(0);
      agenda.clear();
      hooks.clear();
      return [];
    },
  };
}
