// Threads that are told to begin a new world, and what each still had pending of the old one.

import type { Leftover } from './driver.ts';
import { type Party, tell } from './party.ts';

/** Restarts that are under way. */
export interface Restarts {
  /** Tells a thread, and waits for what it says. */
  begin(party: Party, world: { readonly startMs: number; readonly random: string }): Promise<Leftover>;
  /** It has said how many timers hold its event loop; one that is gone has none. */
  answered(party: Party, refdTimers: number): void;
}

/** None yet. */
export function newRestarts(): Restarts {
  const waiting = new Map<Party, (refdTimers: number) => void>();
  return {
    begin(party, world) {
      tell(party, { kind: 'reset', ...world });
      const { name, pid } = party;
      return new Promise((resolve) => {
        waiting.set(party, (refdTimers) => resolve({ party: name, pid, refdTimers }));
      });
    },
    answered: (party, refdTimers) => waiting.get(party)?.(refdTimers),
  };
}
