// When each process of the subject was there: not yet ended, not paused, and started long enough ago to be ready.

import type { Ledger } from '../../harness/ledger.ts';

/** By party, the spans of virtual time in which it was gone. */
export type Presence = ReadonlyMap<string, readonly Absence[]>;

interface Absence {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Within this time a started process takes work. */
const STARTS_WITHIN_MS = 10_000;

/** The absences of every party. */
export function presenceOf(ledger: Ledger): Presence {
  const spans = new Map<string, Absence[]>();
  const goneSince = new Map<string, number>();
  for (const { kind, party, at } of ledger.entries) {
    // The end of the story is no absence.
    const isAtWork = at < ledger.world.untilMs;
    if (kind === 'process.killed' || kind === 'process.paused' || (kind === 'process.exited' && isAtWork)) {
      if (!goneSince.has(party)) goneSince.set(party, at);
    } else if (kind === 'process.started' || kind === 'process.resumed') {
      const fromMs = goneSince.get(party);
      goneSince.delete(party);
      if (fromMs === undefined) continue;
      const untilMs = kind === 'process.started' ? at + STARTS_WITHIN_MS : at;
      spans.set(party, [...(spans.get(party) ?? []), { fromMs, untilMs }]);
    }
  }
  for (const [party, fromMs] of goneSince)
    spans.set(party, [...(spans.get(party) ?? []), { fromMs, untilMs: Number.POSITIVE_INFINITY }]);
  return spans;
}

/** Whether a party was there from one moment to another, all the while. */
export function isHere(presence: Presence, party: string, fromMs: number, toMs: number): boolean {
  return !(presence.get(party) ?? []).some((absence) => absence.fromMs <= toMs && absence.untilMs >= fromMs);
}
