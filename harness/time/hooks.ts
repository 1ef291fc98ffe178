// Who is asked whenever all is at rest, and whether what they would do now may reach somebody who did not ask for it.

type Hook = (nextDueMs: number | null) => boolean;

/** The hooks of a clock, in the order in which they came; see `ClockDriver.onQuiescent`. */
export interface Hooks {
  /** @returns takes it back */
  add(hook: Hook, mayReach?: () => boolean): () => void;
  /** Asks all; true when any did something. */
  ask: Hook;
  mayReach(): boolean;
  clear(): void;
}

/** No hooks. */
export function newHooks(): Hooks {
  const hooks = new Map<Hook, () => boolean>();
  return {
    add: (hook, mayReach = () => true) => {
      hooks.set(hook, mayReach);
      return () => hooks.delete(hook);
    },
    ask: (nextDueMs) => [...hooks.keys()].map((hook) => hook(nextDueMs)).includes(true),
    mayReach: () => [...hooks.values()].some((mayReach) => mayReach()),
    clear: () => hooks.clear(),
  };
}
