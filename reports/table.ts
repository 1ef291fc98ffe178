// Columns of text that stand below each other, also when their cells are coloured.

import { stripVTControlCharacters } from 'node:util';

const widthOf = (cell: string) => stripVTControlCharacters(cell).length;

/** Rows of cells as lines: every column as wide as its widest cell, two spaces between them. */
export function table(rows: readonly (readonly string[])[], indent = 0): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ''))),
  );
  return rows.map((row) => {
    const cells = row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)));
    return (' '.repeat(indent) + cells.join('  ')).trimEnd();
  });
}
