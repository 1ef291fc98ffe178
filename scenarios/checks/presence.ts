// When each process of the subject was there: not yet ended, not paused, and started long enough ago to be ready.

import type { Ledger } from '../../harness/ledger.ts';

/** Every span of virtual time in which some process was gone. */
export type Presence = readonly Absence[];

interface Absence {
  readonly party: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Within this time a started process takes work. */
const STARTS_WITHIN_MS = 10_000;

/** The absences of every party. */
export function presenceOf({ world, entries }: Ledger): Presence {
  const absences: Absence[] = [];
  const goneSince = new Map<string, number>();
  const back = (party: string, untilMs: number) => {
    const fromMs = goneSince.get(party);
    if (fromMs !== undefined) absences.push({ party, fromMs, untilMs });
    goneSince.delete(party);
  };
  for (const { kind, party, at } of entries) {
    switch (kind) {
      case 'process.killed':
      case 'process.paused':
      case 'process.exited':
        // The end of the story is no absence.
        if (at < world.untilMs && !goneSince.has(party)) goneSince.set(party, at);
        break;
      case 'process.started':
        back(party, at + STARTS_WITHIN_MS);
        break;
      case 'process.resumed':
        back(party, at);
        break;
    }
  }
  for (const party of goneSince.keys()) back(party, Number.POSITIVE_INFINITY);
  return absences;
}

/** Whether a party was there from one moment to another, all the while. */
export function isHere(presence: Presence, party: string, fromMs: number, toMs: number): boolean {
  return !presence.some(
    (absence) => absence.party === party && absence.fromMs <= toMs && absence.untilMs >= fromMs,
  );
}
