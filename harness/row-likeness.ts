// When two rows that are not equal are still the same row: by what identifies it, not by what many rows share.

import type { EntryOf } from './entry.ts';

/** A sink entry with its trimmed cells; an empty cell counts as absent. */
export interface Row {
  readonly sink: EntryOf<'sink'>;
  readonly cells: ReadonlyMap<string, string>;
}

/** How the rows of one place compare. */
export interface Likeness {
  /** The twin's rows that share an identifying cell with a row of the run. */
  alike(run: Row): Row[];
  overlap(run: Row, twin: Row): Overlap;
}

/** How many cells agree and disagree; a cell that is empty in the run does neither. */
export interface Overlap {
  readonly equal: number;
  readonly different: number;
  readonly sameRow: boolean;
}

const cellKey = (column: string, value: string) => `${column}\u0000${value}`;

/** Learns from all rows of a place which cells identify a row. */
export function likenessOf(runRows: readonly Row[], twinRows: readonly Row[]): Likeness {
  const volatile = volatileColumns(runRows, twinRows);
  const holders = holdersOf(twinRows);
  // A cell identifies its row when few rows hold it: a deal's id does, an industry does not.
  const few = Math.max(1, Math.floor(Math.sqrt(twinRows.length)));
  const overlap = (run: Row, twin: Row): Overlap => {
    let equal = 0;
    let different = 0;
    let rarestEqual = Number.POSITIVE_INFINITY;
    let rarestDifferent = Number.POSITIVE_INFINITY;
    for (const [column, value] of twin.cells) {
      const other = run.cells.get(column);
      if (other === undefined || volatile.has(column)) continue;
      const rarity = holders.get(cellKey(column, value))?.length ?? 0;
      if (other === value) {
        equal++;
        rarestEqual = Math.min(rarestEqual, rarity);
      } else {
        different++;
        rarestDifferent = Math.min(rarestDifferent, rarity);
      }
    }
    // Rows that disagree on something rarer than all they agree on are two rows with a common background.
    return { equal, different, sameRow: equal >= different && rarestEqual <= rarestDifferent };
  };
  const alike = (run: Row): Row[] => {
    const found = [...run.cells].flatMap(([column, value]) => {
      const rows = volatile.has(column) ? [] : (holders.get(cellKey(column, value)) ?? []);
      return rows.length <= few ? rows : [];
    });
    return [...new Set(found)];
  };
  return { alike, overlap };
}

// A column in which run and twin never once agree holds something of the run itself, such as the moment of writing:
// it says nothing about which row is which.
function volatileColumns(runRows: readonly Row[], twinRows: readonly Row[]): ReadonlySet<string> {
  const runHolders = holdersOf(runRows);
  const agreeing = new Set<string>();
  const columns = new Set<string>();
  for (const { cells } of twinRows) {
    for (const [column, value] of cells) {
      columns.add(column);
      if (runHolders.has(cellKey(column, value))) agreeing.add(column);
    }
  }
  return new Set([...columns].filter((column) => !agreeing.has(column)));
}

function holdersOf(rows: readonly Row[]): Map<string, Row[]> {
  const holders = new Map<string, Row[]>();
  for (const row of rows) {
    for (const [column, value] of row.cells) {
      const key = cellKey(column, value);
      const known = holders.get(key);
      if (known === undefined) holders.set(key, [row]);
      else known.push(row);
    }
  }
  return holders;
}
