// The cells of one sheet: reading a rectangle, writing one, and finding the tables that an append looks for.

import type { Json } from '../../http.ts';
import type { Box, OpenBox } from './a1.ts';

/** The rows of a sheet from the top. A cell beyond a row's end, and `''`, are empty. */
export type Rows = readonly (readonly Json[])[];

// The size of a new sheet. Data that was seeded or appended beyond it makes the sheet grow.
const NEW_SHEET = { rowCount: 1000, columnCount: 26 };

/** How many rows and columns a sheet has. */
export function gridSize(rows: Rows): { readonly rowCount: number; readonly columnCount: number } {
  return {
    rowCount: Math.max(NEW_SHEET.rowCount, rows.length),
    columnCount: rows.reduce((widest, row) => Math.max(widest, row.length), NEW_SHEET.columnCount),
  };
}

/** A box with its open ends, and what lies outside the sheet, cut to the sheet's size. */
export function clip(box: OpenBox, rows: Rows): Box {
  const { rowCount, columnCount } = gridSize(rows);
  return {
    top: box.top,
    left: box.left,
    bottom: Math.min(box.bottom ?? rowCount, rowCount),
    right: Math.min(box.right ?? columnCount, columnCount),
  };
}

/** The cells in a box, without the empty ones at the end of a row and the empty rows at the end. */
export function readBox(rows: Rows, box: Box): Rows {
  const inside = rows
    .slice(box.top, box.bottom)
    .map((row) => trimEnd(row.slice(box.left, box.right), isEmpty));
  return trimEnd(inside, (row) => row.length === 0);
}

/** Rows with `values` put down at a corner. A null leaves the cell as it is. */
export function writeAt(rows: Rows, top: number, left: number, values: Rows): Rows {
  const written = [...rows];
  values.forEach((line, index) => {
    const row = [...(written[top + index] ?? [])];
    line.forEach((value, column) => {
      if (value !== null) row[left + column] = value;
    });
    written[top + index] = Array.from(row, (cell) => cell ?? '');
  });
  return Array.from(written, (row) => row ?? []);
}

/** Rows with the cells of a box emptied. */
export function clearBox(rows: Rows, box: Box): Rows {
  const blank = (cell: Json, column: number) => (column >= box.left && column < box.right ? '' : cell);
  return rows.map((row, index) => (index >= box.top && index < box.bottom ? row.map(blank) : row));
}

/** Rows with `count` empty ones inserted before the row `at`. */
export function insertRows(rows: Rows, at: number, count: number): Rows {
  return [...rows.slice(0, at), ...Array.from({ length: count }, () => []), ...rows.slice(at)];
}

/** Columns for rows, rows for columns; missing cells become null. */
export function transpose(rows: Rows): Rows {
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0);
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? null));
}

/** The last table that touches a box: cells that hang together, with an empty border around them. */
export function lastTable(rows: Rows, box: Box): Box | null {
  const touching = tables(rows).filter(
    (table) =>
      table.top < box.bottom && table.bottom > box.top && table.left < box.right && table.right > box.left,
  );
  return touching.sort((a, b) => a.bottom - b.bottom || a.right - b.right).at(-1) ?? null;
}

function tables(rows: Rows): readonly Box[] {
  const found: Box[] = [];
  rows.forEach((row, top) => {
    row.forEach((cell, left) => {
      if (isEmpty(cell) || found.some((table) => contains(table, top, left))) return;
      found.push(growTable(rows, { top, left, bottom: top + 1, right: left + 1 }));
    });
  });
  return found;
}

// Grows a box until the ring of cells around it is empty. Rows go first: tables are taller than they are wide.
function growTable(rows: Rows, seed: Box): Box {
  let { top, left, bottom, right } = seed;
  for (;;) {
    if (filled(rows, { top: bottom, bottom: bottom + 1, left: left - 1, right: right + 1 })) bottom++;
    else if (filled(rows, { top: top - 1, bottom: top, left: left - 1, right: right + 1 })) top--;
    else if (filled(rows, { top: top - 1, bottom: bottom + 1, left: right, right: right + 1 })) right++;
    else if (filled(rows, { top: top - 1, bottom: bottom + 1, left: left - 1, right: left })) left--;
    else return { top, left, bottom, right };
  }
}

function filled(rows: Rows, { top, left, bottom, right }: Box): boolean {
  for (let row = Math.max(0, top); row < Math.min(bottom, rows.length); row++) {
    for (let column = Math.max(0, left); column < right; column++) {
      if (!isEmpty(rows[row]?.[column])) return true;
    }
  }
  return false;
}

const contains = (box: Box, row: number, column: number) =>
  row >= box.top && row < box.bottom && column >= box.left && column < box.right;

const isEmpty = (cell: Json | undefined) => cell === undefined || cell === null || cell === '';

function trimEnd<T>(list: readonly T[], drop: (item: T) => boolean): readonly T[] {
  const last = list.findLastIndex((item) => !drop(item));
  return list.slice(0, last + 1);
}
