// The append-only record of one run. Nothing here judges.

import type { Draft, Entry, EntryOf, WorldLine } from './entry.ts';

/** A finished or growing record. */
export interface Ledger {
  readonly world: WorldLine;
  readonly entries: readonly Entry[];
}

/** A ledger that can still grow. */
export interface LedgerWriter extends Ledger {
  /**
   * Takes a record over and appends it at the present virtual moment; returns it with its number. A record that has a place
   * for both (`seq: 0, at: 0`) is kept in one piece of memory, one that has not in two.
   */
  append(draft: Draft): Entry;
}

/** An empty ledger; `nowMs` tells the virtual moment, `onEntry` is told of every record. */
export function createLedger(
  world: WorldLine,
  nowMs: () => number,
  onEntry: (entry: Entry) => void = () => {},
): LedgerWriter {
  const entries: Entry[] = [];
  return {
    world,
    entries,
    // In place: under load there are thousands of records a second, and every copy shows.
    append: (draft) => {
      const entry = draft as Entry & { seq: number; at: number };
      entry.seq = entries.length + 1;
      entry.at = Math.floor(nowMs());
      entries.push(entry);
      onEntry(entry);
      return entry;
    },
  };
}

/** A function of a ledger that is computed once: judges ask the same again and again. A ledger that has grown is looked at anew. */
export function oncePerLedger<Result>(compute: (ledger: Ledger) => Result): (ledger: Ledger) => Result {
  const known = new WeakMap<Ledger, { readonly length: number; readonly result: Result }>();
  return (ledger) => {
    const { length } = ledger.entries;
    const before = known.get(ledger);
    if (before?.length === length) return before.result;
    const result = compute(ledger);
    known.set(ledger, { length, result });
    return result;
  };
}

/** The same for a function of a run and its twin. */
export function oncePerPair<Twin extends Ledger | null, Result>(
  compute: (run: Ledger, twin: Twin) => Result,
): (run: Ledger, twin: Twin) => Result {
  const ofRun = oncePerLedger((run) => ({
    alone: oncePerLedger(() => compute(run, null as Twin)),
    beside: oncePerLedger((twin) => compute(run, twin as Twin)),
  }));
  return (run, twin) => (twin === null ? ofRun(run).alone(run) : ofRun(run).beside(twin));
}

const byKind = oncePerLedger(
  ({ entries }): ReadonlyMap<Entry['kind'], readonly Entry[]> => Map.groupBy(entries, ({ kind }) => kind),
);

/** The entries of one kind, in order. */
export function entriesOf<K extends Entry['kind']>(ledger: Ledger, kind: K): readonly EntryOf<K>[] {
  return (byKind(ledger).get(kind) ?? []) as readonly Entry[] as readonly EntryOf<K>[];
}

/** The virtual moment up to which something is known. */
export const lastMomentMs = ({ entries }: Ledger): number => entries.at(-1)?.at ?? 0;

/** The ledger as JSON lines, each entry with its number and its moment in front. */
export function formatLedger(ledger: Ledger): string {
  const entries = ledger.entries.map(({ seq, at, ...rest }) => ({ seq, at, ...rest }));
  return `${[ledger.world, ...entries].map((line) => JSON.stringify(line)).join('\n')}\n`;
}

/** Reads what `formatLedger` wrote. */
export function parseLedger(text: string): Ledger {
  const [world, ...entries] = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  if (world?.schema !== 'hour4/ledger@1')
    throw new Error('not a ledger: line 1 must carry schema "hour4/ledger@1"');
  return { world, entries };
}
