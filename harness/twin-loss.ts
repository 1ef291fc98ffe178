// What a run failed to write that its healthy twin wrote, cell by cell, for any job: the silent loss without an oracle.

import type { EntryOf } from './entry.ts';
import { entriesOf, type Ledger, oncePerLedger, oncePerPair } from './ledger.ts';
import { type Likeness, likenessOf, type Row } from './row-likeness.ts';

/** One committed write. */
export type Sink = EntryOf<'sink'>;

/** A row of the twin and the row of the run that stands for it, where they are not equal. */
export interface UnequalPair {
  readonly twin: Sink;
  readonly run: Sink;
  /** Columns that the twin filled and the run left empty. */
  readonly missing: readonly string[];
  /** Columns in which the run holds a value that is not the twin's. */
  readonly different: readonly string[];
}

/** The difference of two sinks. Rows are given in the order of their ledgers. */
export interface TwinLoss {
  /** How many rows are the same in both. */
  readonly equalRows: number;
  readonly pairs: readonly UnequalPair[];
  /** Rows of the twin for which the run holds none. */
  readonly missingRows: readonly Sink[];
  /** Rows of the run for which the twin holds none. */
  readonly extraRows: readonly Sink[];
  /** Rows of the run that say once more, in whole or in part, what a row of the twin says. */
  readonly repeatedRows: readonly Sink[];
}

/**
 * Compares what a run wrote with what its twin wrote. Rows are multisets per place: equal rows are matched first,
 * the rest by best overlap, and only with an identifying cell in common.
 */
export const twinLoss = oncePerPair((run, twin: Ledger): TwinLoss => {
  const runPlaces = byPlace(run);
  const twinPlaces = byPlace(twin);
  const places = new Set([...twinPlaces.keys(), ...runPlaces.keys()]);
  const losses = [...places].map((place) =>
    placeLoss(runPlaces.get(place) ?? [], twinPlaces.get(place) ?? []),
  );
  const inOrder = (sinks: readonly Sink[]) => [...sinks].sort((a, b) => a.seq - b.seq);
  return {
    equalRows: losses.reduce((sum, loss) => sum + loss.equalRows, 0),
    pairs: losses.flatMap((loss) => loss.pairs).sort((a, b) => a.twin.seq - b.twin.seq),
    missingRows: inOrder(losses.flatMap((loss) => loss.missingRows)),
    extraRows: inOrder(losses.flatMap((loss) => loss.extraRows)),
    repeatedRows: inOrder(losses.flatMap((loss) => loss.repeatedRows)),
  };
});

const byPlace = oncePerLedger((ledger): ReadonlyMap<string, readonly Row[]> => {
  const places = new Map<string, Row[]>();
  for (const sink of entriesOf(ledger, 'sink')) {
    const place = JSON.stringify([sink.service, sink.account, sink.place]);
    const rows = places.get(place) ?? [];
    rows.push({ sink, cells: trimmed(sink.cells) });
    places.set(place, rows);
  }
  return places;
});

function trimmed(cells: Sink['cells']): Map<string, string> {
  const kept = Object.entries(cells).map(([column, value]) => [column, value.trim()] as const);
  return new Map(kept.filter(([, value]) => value !== '').sort(([a], [b]) => (a < b ? -1 : 1)));
}

function placeLoss(runRows: readonly Row[], twinRows: readonly Row[]): TwinLoss {
  const { equalRows, runRest, twinRest } = matchEqual(runRows, twinRows);
  const likeness = likenessOf(runRows, twinRows);
  const pairs = pairByOverlap(runRest, twinRest, likeness);
  const pairedRuns = new Set(pairs.map(({ run }) => run));
  const pairedTwins = new Set(pairs.map(({ twin }) => twin));
  const unpaired = runRest.filter((row) => !pairedRuns.has(row));
  const repeated = new Set(unpaired.filter((row) => repeatsAny(row, likeness)));
  return {
    equalRows,
    pairs: pairs.map(({ run, twin }) => unequalPair(run, twin)).filter(isUnequal),
    missingRows: twinRest.filter((row) => !pairedTwins.has(row)).map(({ sink }) => sink),
    extraRows: unpaired.filter((row) => !repeated.has(row)).map(({ sink }) => sink),
    repeatedRows: [...repeated].map(({ sink }) => sink),
  };
}

function matchEqual(runRows: readonly Row[], twinRows: readonly Row[]) {
  const waiting = new Map<string, Row[]>();
  for (const row of [...runRows].reverse()) {
    const key = JSON.stringify([...row.cells]);
    const equal = waiting.get(key);
    if (equal === undefined) waiting.set(key, [row]);
    else equal.push(row);
  }
  const matched = new Set<Row>();
  const twinRest = twinRows.filter((row) => {
    const equal = waiting.get(JSON.stringify([...row.cells]))?.pop();
    if (equal !== undefined) matched.add(equal);
    return equal === undefined;
  });
  return { equalRows: matched.size, runRest: runRows.filter((row) => !matched.has(row)), twinRest };
}

function pairByOverlap(
  runRest: readonly Row[],
  twinRest: readonly Row[],
  likeness: Likeness,
): { readonly run: Row; readonly twin: Row }[] {
  const open = new Set(twinRest);
  const candidates = runRest.flatMap((run) =>
    likeness
      .alike(run)
      .filter((twin) => open.has(twin))
      .map((twin) => ({ run, twin, ...likeness.overlap(run, twin) }))
      .filter(({ sameRow }) => sameRow),
  );
  candidates.sort(
    (a, b) =>
      b.equal - a.equal ||
      a.different - b.different ||
      a.twin.sink.seq - b.twin.sink.seq ||
      a.run.sink.seq - b.run.sink.seq,
  );
  const taken = new Set<Row>();
  return candidates.filter(({ run, twin }) => {
    if (taken.has(run) || taken.has(twin)) return false;
    taken.add(run).add(twin);
    return true;
  });
}

function repeatsAny(row: Row, { alike, overlap }: Likeness): boolean {
  return alike(row).some((twin) => overlap(row, twin).different === 0);
}

function unequalPair(
  { sink: run, cells: runCells }: Row,
  { sink: twin, cells: twinCells }: Row,
): UnequalPair {
  return {
    twin,
    run,
    missing: [...twinCells.keys()].filter((column) => !runCells.has(column)),
    different: [...runCells]
      .filter(([column, value]) => twinCells.get(column) !== value)
      .map(([column]) => column),
  };
}

const isUnequal = ({ missing, different }: UnequalPair) => missing.length > 0 || different.length > 0;
