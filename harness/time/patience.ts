// How long nothing has happened. A machine that slept, or a harness that got no processor time, has not waited.

/** Runs out when it is not renewed. */
export interface Patience {
  /** Something happened. */
  renew(): void;
  /** Whether it has run out; to be asked every now and then, for only what passes between two questions counts. */
  isOver(): boolean;
}

/** The most that counts between two questions: many times what should pass. */
const STEP_MS = 500;

/**
 * Patience for `limitMs` of real time.
 * @param presentMs a clock that only goes forward
 */
export function newPatience(limitMs: number, presentMs: () => number = () => performance.now()): Patience {
  let waitedMs = 0;
  let askedAtMs = presentMs();
  return {
    renew() {
      waitedMs = 0;
      askedAtMs = presentMs();
    },
    isOver() {
      const nowMs = presentMs();
      waitedMs += Math.min(nowMs - askedAtMs, STEP_MS);
      askedAtMs = nowMs;
      return waitedMs > limitMs;
    },
  };
}
