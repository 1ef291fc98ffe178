// Counts calls in fixed windows, for limits, and for the headers in which services tell how much of a quota is used.

/** What a meter reads. */
export interface Reading {
  /** The calls in the present window, this one included. */
  readonly calls: number;
  /** When the present window closes. */
  readonly resetsAtMs: number;
}

/** Counts a call of somebody at `nowMs` and reads their meter. */
export type Meter = (who: string, nowMs: number) => Reading;

interface Window {
  readonly openedAtMs: number;
  calls: number;
}

/** A meter with windows of `windowMs`; a window opens with the first call after the last one closed. */
export function createMeter(windowMs: number): Meter {
  let windows = new Map<string, Window>();
  /** Opened before the last turn, and at the next one closed, all of them: who comes once is not kept for ever. */
  let older = windows;
  let turnsAtMs = Number.NEGATIVE_INFINITY;

  return (who, nowMs) => {
    if (nowMs >= turnsAtMs) {
      older = windows;
      windows = new Map();
      turnsAtMs = nowMs + windowMs;
    }
    const open = windows.get(who) ?? older.get(who);
    if (open === undefined || nowMs >= open.openedAtMs + windowMs) {
      windows.set(who, { openedAtMs: nowMs, calls: 1 });
      return { calls: 1, resetsAtMs: nowMs + windowMs };
    }
    open.calls++;
    return { calls: open.calls, resetsAtMs: open.openedAtMs + windowMs };
  };
}
