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

/** A meter with windows of `windowMs`; a window opens with the first call after the last one closed. */
export function createMeter(windowMs: number): Meter {
  const windows = new Map<string, { openedAtMs: number; calls: number }>();
  return (who, nowMs) => {
    const open = windows.get(who);
    if (open === undefined || nowMs >= open.openedAtMs + windowMs) {
      windows.set(who, { openedAtMs: nowMs, calls: 1 });
      return { calls: 1, resetsAtMs: nowMs + windowMs };
    }
    open.calls++;
    return { calls: open.calls, resetsAtMs: open.openedAtMs + windowMs };
  };
}
