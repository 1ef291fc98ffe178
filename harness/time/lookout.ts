// Looks again at a system that was busy, in case the sign that it has come to rest was missed.

/** First after so many real ms, then doubling up to the longest. */
const SHORTEST_MS = 20;
const LONGEST_MS = 100;

/** A real timer that looks again. */
export interface Lookout {
  /** Looks again a while later. */
  wait(): void;
  /** It is being looked at now. */
  leave(): void;
  /** All was at rest: the next wait is short. */
  rest(): void;
}

/** Nobody waits yet. */
export function newLookout(look: () => void): Lookout {
  let timer: NodeJS.Timeout | undefined;
  let pauseMs = SHORTEST_MS;
  return {
    wait() {
      timer = setTimeout(() => {
        pauseMs = Math.min(pauseMs * 2, LONGEST_MS);
        look();
      }, pauseMs);
    },
    leave: () => clearTimeout(timer),
    rest() {
      pauseMs = SHORTEST_MS;
    },
  };
}
