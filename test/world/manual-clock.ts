// A clock that tests move by hand: the world's own events, and nobody attached.

import type { ClockDriver } from '../../harness/time/driver.ts';

/** A driver without parties; `settle` runs everything that is due up to a moment, or up to where somebody holds time. */
export interface ManualClock extends ClockDriver {
  settle(untilMs: number): void;
}

const unused = (what: string) => () => {
  throw new Error(`${what} has no meaning for a clock without parties`);
};

/** A clock at moment 0. */
export function manualClock(startMs: number): ManualClock {
  const events: { dueMs: number; order: string; nth: number; run: () => void }[] = [];
  const hooks: ((nextDueMs: number | null) => boolean)[] = [];
  let nowMs = 0;
  let nth = 0;
  let holds = 0;
  const sort = () =>
    events.sort(
      (a, b) => a.dueMs - b.dueMs || (a.order < b.order ? -1 : a.order > b.order ? 1 : a.nth - b.nth),
    );
  return {
    mode: 'exact',
    get nowMs() {
      return nowMs;
    },
    startMs,
    listen: async () => {},
    close: async () => {},
    envFor: () => ({}),
    expectProcess: unused('expectProcess'),
    processExited: unused('processExited'),
    attached: () => false,
    paused: unused('paused'),
    resumed: unused('resumed'),
    nudge: unused('nudge'),
    setWallOffset: unused('setWallOffset'),
    watchServer: () => {},
    watchSocket: unused('watchSocket'),
    partyOf: () => null,
    schedule: (dueMs, order, run) => {
      const event = { dueMs, order, nth: nth++, run };
      events.push(event);
      return () => {
        const index = events.indexOf(event);
        if (index >= 0) events.splice(index, 1);
      };
    },
    hold: () => {
      holds++;
      return () => void holds--;
    },
    onQuiescent: (hook) => {
      hooks.push(hook);
      return () => {};
    },
    run: unused('run'),
    stop: () => {},
    busyReport: () => [],
    reset: unused('reset'),
    settle: (untilMs) => {
      for (;;) {
        if (holds > 0) return;
        if (hooks.map((hook) => hook(sort()[0]?.dueMs ?? null)).includes(true)) continue;
        const next = sort()[0];
        if (next === undefined || next.dueMs > untilMs) break;
        events.shift();
        nowMs = Math.max(nowMs, next.dueMs);
        next.run();
      }
      nowMs = untilMs;
    },
  };
}
