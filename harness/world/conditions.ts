// Steps of a timeline that wait for something to happen: the ledger tells.

import type { Json } from '../../mocks/index.ts';
import type { Entry } from '../entry.ts';

/** Something that happens: an entry of the ledger. */
export interface Condition {
  readonly entry: Entry['kind'];
  /** Fields that the entry must have, with their values. */
  readonly match?: Readonly<Record<string, Json>>;
  /** The nth such entry, from 1; the first by default. */
  readonly nth?: number;
  /** Virtual ms between the entry and the step; 0 by default: at once, when all has come to rest. */
  readonly afterMs?: number;
}

/** Looks at every entry as it is written. */
export interface Conditions {
  add(condition: Condition, met: (afterMs: number, entry: Entry) => void): void;
  see(entry: Entry): void;
}

/** Nothing is waited for yet. */
export function createConditions(): Conditions {
  const waiting = new Set<{
    readonly condition: Condition;
    met(afterMs: number, entry: Entry): void;
    seen: number;
  }>();
  return {
    add: (condition, met) => void waiting.add({ condition, met, seen: 0 }),
    see: (entry) => {
      if (waiting.size === 0) return;
      for (const each of waiting) {
        if (!fits(each.condition, entry)) continue;
        each.seen++;
        if (each.seen < (each.condition.nth ?? 1)) continue;
        waiting.delete(each);
        each.met(each.condition.afterMs ?? 0, entry);
      }
    },
  };
}

function fits({ entry: kind, match = {} }: Condition, entry: Entry): boolean {
  const fields = entry as unknown as Readonly<Record<string, Json>>;
  return entry.kind === kind && Object.entries(match).every(([name, value]) => fields[name] === value);
}
