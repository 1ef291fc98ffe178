// The way from one party to others, past the world: whoever takes it for the first time waits until their clocks are set.

import type { Party } from './party.ts';

/** Where parties wait. */
export interface Door {
  /** A party is about to go to others. It waits, its thread blocked, until it is told the time. */
  knock(party: Party): void;
  /** A clock was set, or a party has gone. */
  look(): void;
  leave(party: Party): void;
}

/**
 * Nobody waits yet.
 * @param others those that are heard from, but for one
 * @param setClocks sets those of them that do not show the present moment
 * @param setTime sets a clock
 */
export function newDoor(
  others: (party: Party) => readonly Party[],
  setClocks: (parties: readonly Party[]) => void,
  setTime: (party: Party) => void,
): Door {
  const waiting = new Set<Party>();
  const look = () => {
    for (const party of waiting) {
      if (others(party).some(({ acksDue }) => acksDue > 0)) continue;
      waiting.delete(party);
      setTime(party);
    }
  };
  return {
    knock: (party) => {
      party.unseen = true;
      waiting.add(party);
      setClocks(others(party));
      look();
    },
    look,
    leave: (party) => {
      waiting.delete(party);
      look();
    },
  };
}
