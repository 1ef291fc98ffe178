// A1 notation: `Report!A:G`, `'My sheet'!A1:B2`, `A5:A`, a whole sheet by its name; and back again.

/** A rectangle of cells: zero-based, `bottom` and `right` exclusive. */
export interface Box {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** A rectangle that may be open below or to the right (null), as in `A:G` or `5:5`. */
export interface OpenBox {
  readonly top: number;
  readonly left: number;
  readonly bottom: number | null;
  readonly right: number | null;
}

/** A range that names a sheet of this spreadsheet. */
export interface SheetRange {
  readonly sheet: string;
  readonly box: OpenBox;
}

const WHOLE_SHEET: OpenBox = { top: 0, left: 0, bottom: null, right: null };
const SHEET_PREFIX = /^(?:'((?:[^']|'')+)'|([^'!]+))!(.+)$/;
const QUOTED = /^'((?:[^']|'')+)'$/;
const CORNER = String.raw`\$?([a-z]{1,3})?\$?([1-9]\d{0,6})?`;
const CELLS = new RegExp(`^${CORNER}(:${CORNER})?$`, 'i');
const UNQUOTED = /^[a-z_]\w*$/i;
const LOOKS_LIKE_A_CELL = /^[a-z]{1,3}\d+$/i;

/** Reads a range against the sheets there are, the first being the default; null = it cannot be parsed. */
export function parseRange(text: string, sheets: readonly string[]): SheetRange | null {
  const [first] = sheets;
  const prefixed = SHEET_PREFIX.exec(text);
  if (prefixed !== null) {
    const sheet = findSheet(prefixed[1]?.replaceAll("''", "'") ?? prefixed[2] ?? '', sheets);
    const box = parseCells(prefixed[3] ?? '');
    return sheet === null || box === null ? null : { sheet, box };
  }
  const box = parseCells(text);
  if (box !== null) return first === undefined ? null : { sheet: first, box };
  const sheet = findSheet(QUOTED.exec(text)?.[1]?.replaceAll("''", "'") ?? text, sheets);
  return sheet === null ? null : { sheet, box: WHOLE_SHEET };
}

/** Writes a range as the service does: the sheet quoted only where it must be, one cell without a colon. */
export function formatRange(sheet: string, box: Box): string {
  const plain = UNQUOTED.test(sheet) && !LOOKS_LIKE_A_CELL.test(sheet);
  const name = plain ? sheet : `'${sheet.replaceAll("'", "''")}'`;
  const from = `${columnName(box.left)}${box.top + 1}`;
  const to = `${columnName(box.right - 1)}${box.bottom}`;
  return `${name}!${from === to ? from : `${from}:${to}`}`;
}

/** The letters of a zero-based column: 0 = A, 25 = Z, 26 = AA. */
export function columnName(column: number): string {
  const rest = Math.floor(column / 26);
  return `${rest === 0 ? '' : columnName(rest - 1)}${String.fromCharCode(65 + (column % 26))}`;
}

/** Whether a box is one cell. Such a range is where writing starts, not how far it may go. */
export function isSingleCell(box: OpenBox): boolean {
  return box.bottom === box.top + 1 && box.right === box.left + 1;
}

function findSheet(name: string, sheets: readonly string[]): string | null {
  const wanted = name.toLowerCase();
  return sheets.find((sheet) => sheet.toLowerCase() === wanted) ?? null;
}

function parseCells(text: string): OpenBox | null {
  const match = CELLS.exec(text);
  if (match === null) return null;
  const [, startColumn, startRow, colon, endColumn, endRow] = match;
  const isCell = startColumn !== undefined && startRow !== undefined;
  const columns = startColumn !== undefined && endColumn !== undefined;
  const rows = startRow !== undefined && endRow !== undefined;
  if (!(colon === undefined ? isCell : columns || rows)) return null;
  const [left, right] = span([startColumn, endColumn].map(columnIndex), colon !== undefined);
  const [top, bottom] = span([startRow, endRow].map(rowIndex), colon !== undefined);
  return { top, left, bottom, right };
}

// Where only one corner names a row (A5:A), the range runs from there to the end; where none does, it is all rows.
function span(ends: readonly (number | null)[], open: boolean): readonly [number, number | null] {
  const named = ends.filter((end) => end !== null);
  if (named.length === 0) return [0, null];
  const from = Math.min(...named);
  return [from, named.length === 1 && open ? null : Math.max(...named) + 1];
}

function columnIndex(letters: string | undefined): number | null {
  if (letters === undefined) return null;
  return [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

const rowIndex = (digits: string | undefined) => (digits === undefined ? null : Number(digits) - 1);
