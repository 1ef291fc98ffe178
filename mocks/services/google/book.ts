// A spreadsheet as it is stored, `{ spreadsheetId, properties: { title }, sheets: { "Report": [[...], ...] } }`.

import { isJsonObject, type Json, type JsonObject } from '../../http.ts';
import type { Call, Handled, Write } from '../../service.ts';
import { type Box, columnName, formatRange, isSingleCell, parseRange, type SheetRange } from './a1.ts';
import { gridSize, type Rows, writeAt } from './grid.ts';

/** A spreadsheet. The sheets are in the order in which they were written down. */
export interface Book {
  readonly id: string;
  readonly title: string;
  readonly sheets: Readonly<Record<string, Rows>>;
}

/** What is wrong with a request, in the service's own words. */
export interface Problem {
  readonly problem: string;
}

/** Cells put into a sheet: the book after it, where they stand, how many they are, and the record of it. */
export interface Placed {
  readonly book: Book;
  readonly sheet: string;
  readonly area: Box;
  readonly rows: number;
  readonly columns: number;
  readonly cells: number;
  readonly writes: readonly Write[];
}

/** Handles a call on the spreadsheet that its path names. */
export function withBook(call: Call, handle: (book: Book) => Handled | Problem): Handled {
  const id = call.params.spreadsheetId ?? '';
  const stored = call.data('spreadsheets').get(id);
  if (stored === null) {
    return { refused: call.heldElsewhere('spreadsheets', id) ? 'other-tenant' : 'not-found' };
  }
  const handled = handle(bookOf(id, stored));
  return 'problem' in handled ? { refused: 'bad-request', detail: handled.problem } : handled;
}

/** Stores a book. */
export function keep(call: Call, { id, title, sheets }: Book): void {
  call.data('spreadsheets').put(id, { spreadsheetId: id, properties: { title }, sheets });
}

/** A stored spreadsheet as a book. */
export function bookOf(id: string, stored: JsonObject): Book {
  const { properties, sheets } = stored;
  const title = isJsonObject(properties) && typeof properties.title === 'string' ? properties.title : id;
  return { id, title, sheets: isJsonObject(sheets) ? (sheets as Book['sheets']) : { Sheet1: [] } };
}

/** The rows of one of a book's sheets. */
export function rowsOf(book: Book, sheet: string): Rows {
  return book.sheets[sheet] ?? [];
}

/** A book with other rows in one of its sheets. */
export function withRows(book: Book, sheet: string, rows: Rows): Book {
  return { ...book, sheets: { ...book.sheets, [sheet]: rows } };
}

/** The part of a book that a range names. */
export function locate(book: Book, text: string): SheetRange | Problem {
  const range = parseRange(text, Object.keys(book.sheets));
  if (range === null) return { problem: `Unable to parse range: ${text}` };
  const { rowCount, columnCount } = gridSize(rowsOf(book, range.sheet));
  const { top, left } = range.box;
  if (top < rowCount && left < columnCount) return range;
  const corner = formatRange(range.sheet, { top, left, bottom: top + 1, right: left + 1 });
  return {
    problem: `Range (${corner}) exceeds grid limits. Max rows: ${rowCount}, max columns: ${columnCount}`,
  };
}

/** What keeps values from being written into a range: it bounds them, unless it is one cell. Null = nothing. */
export function overflow(book: Book, { sheet, box }: SheetRange, values: Rows): Problem | null {
  const { rowCount, columnCount } = gridSize(rowsOf(book, sheet));
  const single = isSingleCell(box);
  const bottom = (single ? null : box.bottom) ?? rowCount;
  const right = (single ? null : box.right) ?? columnCount;
  const named = formatRange(sheet, {
    ...box,
    bottom: box.bottom ?? rowCount,
    right: box.right ?? columnCount,
  });
  const tried = (what: string) => ({
    problem: `Requested writing within range [${named}], but tried writing to ${what}`,
  });
  if (box.top + values.length > bottom) return tried(`row [${bottom + 1}]`);
  if (box.left + widthOf(values) > right) return tried(`column [${columnName(right)}]`);
  return null;
}

/** Writes values at a corner of a sheet. `cellOf` says how a value is stored; the record keeps it as supplied. */
export function place(
  book: Book,
  sheet: string,
  corner: { readonly top: number; readonly left: number },
  values: Rows,
  cellOf: (value: Json) => Json,
): Placed {
  const { top, left } = corner;
  const rows = rowsOf(book, sheet);
  const header = top > 0 ? rows[0] : undefined;
  const given = values.map((line) => [...line.entries()].filter(([, value]) => value !== null));
  const lines = given.filter((line) => line.length > 0);
  return {
    book: withRows(
      book,
      sheet,
      writeAt(
        rows,
        top,
        left,
        values.map((line) => line.map(cellOf)),
      ),
    ),
    sheet,
    area: { top, left, bottom: top + Math.max(1, values.length), right: left + Math.max(1, widthOf(values)) },
    rows: lines.length,
    columns: new Set(lines.flatMap((line) => line.map(([column]) => column))).size,
    cells: lines.reduce((sum, line) => sum + line.length, 0),
    writes: lines.map((line) => ({
      place: `${book.id}/${sheet}`,
      cells: Object.fromEntries(
        line.map(([column, value]) => [cellName(header, left + column), cellText(value)]),
      ),
    })),
  };
}

/** A cell as text, the way a sheet shows it. */
export function cellText(value: Json): string {
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return value === null ? '' : String(value);
}

function cellName(header: readonly Json[] | undefined, column: number): string {
  const name = header?.[column];
  const text = name === undefined ? '' : cellText(name).trim();
  return text !== '' && header?.indexOf(name ?? '') === column ? text : columnName(column);
}

const widthOf = (values: Rows) => values.reduce((widest, line) => Math.max(widest, line.length), 0);
