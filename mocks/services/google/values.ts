// The routes of `spreadsheets.values`: reading, updating, appending and clearing ranges.

import { isJsonObject, type Json, type JsonObject, json, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { formatRange } from './a1.ts';
import {
  type Book,
  cellText,
  keep,
  locate,
  overflow,
  type Placed,
  type Problem,
  place,
  rowsOf,
  withBook,
  withRows,
} from './book.ts';
import { clearBox, clip, insertRows, lastTable, type Rows, readBox, transpose } from './grid.ts';
import { SHEETS_READ, SHEETS_WRITE } from './scopes.ts';
import { cellReader, NOT_JSON, splitRanges, valuesIn } from './values-input.ts';

const BOOK = '/v4/spreadsheets/{spreadsheetId}';

/** The routes, with the fixed paths before the ones that end in a range. */
export const valuesRoutes: readonly Route[] = [
  {
    id: 'spreadsheets.values.batchGet',
    method: 'GET',
    path: `${BOOK}/values:batchGet`,
    needsOneOf: SHEETS_READ,
    effect: 'read',
    handle: (call) => withBook(call, (book) => batchGet(call, book)),
  },
  {
    id: 'spreadsheets.values.batchUpdate',
    method: 'POST',
    path: `${BOOK}/values:batchUpdate`,
    needsOneOf: SHEETS_WRITE,
    effect: 'write',
    handle: (call) => withBook(call, (book) => batchUpdate(call, book)),
  },
  {
    id: 'spreadsheets.values.append',
    method: 'POST',
    path: `${BOOK}/values/{range}:append`,
    needsOneOf: SHEETS_WRITE,
    effect: 'write',
    handle: (call) => withBook(call, (book) => append(call, book)),
  },
  {
    id: 'spreadsheets.values.clear',
    method: 'POST',
    path: `${BOOK}/values/{range}:clear`,
    needsOneOf: SHEETS_WRITE,
    effect: 'write',
    handle: (call) => withBook(call, (book) => clear(call, book)),
  },
  {
    id: 'spreadsheets.values.get',
    method: 'GET',
    path: `${BOOK}/values/{range}`,
    needsOneOf: SHEETS_READ,
    effect: 'read',
    handle: (call) =>
      withBook(call, (book) => {
        const range = valueRange(book, call.params.range ?? '', call.request.query);
        return 'problem' in range ? range : { answer: json(200, range.shown) };
      }),
  },
  {
    id: 'spreadsheets.values.update',
    method: 'PUT',
    path: `${BOOK}/values/{range}`,
    needsOneOf: SHEETS_WRITE,
    effect: 'write',
    handle: (call) => withBook(call, (book) => update(call, book)),
  },
];

function batchGet(call: Call, book: Book): Handled | Problem {
  const shown: JsonObject[] = [];
  for (const text of splitRanges(call.request.query.ranges ?? '')) {
    const range = valueRange(book, text, call.request.query);
    if ('problem' in range) return range;
    shown.push(range.shown);
  }
  return { answer: json(200, { spreadsheetId: book.id, valueRanges: shown }) };
}

function update(call: Call, book: Book): Handled | Problem {
  const { query } = call.request;
  const input = valuesIn(parseJsonObject(call.request.body));
  if ('problem' in input) return input;
  const cellOf = cellReader(query.valueInputOption);
  if ('problem' in cellOf) return cellOf;
  const placed = placeInRange(book, call.params.range ?? '', input.values, cellOf.read);
  if ('problem' in placed) return placed;
  keep(call, placed.book);
  return { answer: json(200, updated(placed, query)), writes: placed.writes };
}

function append(call: Call, book: Book): Handled | Problem {
  const { query } = call.request;
  const input = valuesIn(parseJsonObject(call.request.body));
  if ('problem' in input) return input;
  const cellOf = cellReader(query.valueInputOption);
  if ('problem' in cellOf) return cellOf;
  const range = locate(book, call.params.range ?? '');
  if ('problem' in range) return range;
  const { sheet, box } = range;
  const rows = rowsOf(book, sheet);
  const table = lastTable(rows, clip(box, rows));
  const corner = table === null ? box : { top: table.bottom, left: table.left };
  const room =
    query.insertDataOption === 'INSERT_ROWS'
      ? withRows(book, sheet, insertRows(rows, corner.top, input.values.length))
      : book;
  const placed = place(room, sheet, corner, input.values, cellOf.read);
  keep(call, placed.book);
  const answer = {
    spreadsheetId: book.id,
    ...(table === null ? {} : { tableRange: formatRange(sheet, table) }),
    updates: updated(placed, query),
  };
  return { answer: json(200, answer), writes: placed.writes };
}

function clear(call: Call, book: Book): Handled | Problem {
  const range = locate(book, call.params.range ?? '');
  if ('problem' in range) return range;
  const rows = rowsOf(book, range.sheet);
  const box = clip(range.box, rows);
  keep(call, withRows(book, range.sheet, clearBox(rows, box)));
  const clearedRange = formatRange(range.sheet, box);
  return {
    answer: json(200, { spreadsheetId: book.id, clearedRange }),
    writes: [{ place: `${book.id}/${range.sheet}`, cells: { cleared: clearedRange } }],
  };
}

function batchUpdate(call: Call, book: Book): Handled | Problem {
  const body = parseJsonObject(call.request.body);
  if (body === null) return NOT_JSON;
  const option = typeof body.valueInputOption === 'string' ? body.valueInputOption : undefined;
  const cellOf = cellReader(option);
  if ('problem' in cellOf) return cellOf;
  const steps: Placed[] = [];
  let after = book;
  for (const item of Array.isArray(body.data) ? body.data : []) {
    const input = valuesIn(isJsonObject(item) ? item : null);
    if ('problem' in input) return input;
    const placed = placeInRange(after, input.range, input.values, cellOf.read);
    if ('problem' in placed) return placed;
    steps.push(placed);
    after = placed.book;
  }
  keep(call, after);
  const total = (count: (placed: Placed) => number) => steps.reduce((sum, step) => sum + count(step), 0);
  const answer = {
    spreadsheetId: book.id,
    totalUpdatedRows: total(({ rows }) => rows),
    totalUpdatedColumns: total(({ columns }) => columns),
    totalUpdatedCells: total(({ cells }) => cells),
    totalUpdatedSheets: new Set(steps.map(({ sheet }) => sheet)).size,
    responses: steps.map((placed) => updated(placed, {})),
  };
  return { answer: json(200, answer), writes: steps.flatMap(({ writes }) => writes) };
}

function placeInRange(
  book: Book,
  text: string,
  values: Rows,
  cellOf: (value: Json) => Json,
): Placed | Problem {
  const range = locate(book, text);
  if ('problem' in range) return range;
  return overflow(book, range, values) ?? place(book, range.sheet, range.box, values, cellOf);
}

function updated(placed: Placed, query: Readonly<Record<string, string>>): JsonObject {
  const { book, sheet, area } = placed;
  const updatedRange = formatRange(sheet, area);
  const counts =
    placed.cells === 0
      ? {}
      : { updatedRows: placed.rows, updatedColumns: placed.columns, updatedCells: placed.cells };
  const shown =
    query.includeValuesInResponse === 'true'
      ? {
          updatedData: {
            range: updatedRange,
            majorDimension: 'ROWS',
            values: readBox(rowsOf(book, sheet), area),
          },
        }
      : {};
  return { spreadsheetId: book.id, updatedRange, ...counts, ...shown };
}

function valueRange(
  book: Book,
  text: string,
  query: Readonly<Record<string, string>>,
): { readonly shown: JsonObject } | Problem {
  const range = locate(book, text);
  if ('problem' in range) return range;
  const rows = rowsOf(book, range.sheet);
  const box = clip(range.box, rows);
  const byColumn = query.majorDimension === 'COLUMNS';
  const asStored = query.valueRenderOption === 'UNFORMATTED_VALUE' || query.valueRenderOption === 'FORMULA';
  const cells = readBox(rows, box).map((row) =>
    row.map((cell) => (asStored ? (cell ?? '') : cellText(cell))),
  );
  const lines = byColumn ? columnsOf(cells) : cells;
  return {
    shown: {
      range: formatRange(range.sheet, box),
      majorDimension: byColumn ? 'COLUMNS' : 'ROWS',
      // An empty range has no `values` at all: a client that expects a list there meets undefined.
      ...(lines.length === 0 ? {} : { values: lines }),
    },
  };
}

function columnsOf(cells: Rows): Rows {
  const columns = transpose(cells).map((column) => column.map((cell) => cell ?? ''));
  const height = Math.max(0, ...columns.map((column) => column.length));
  return readBox(columns, { top: 0, left: 0, bottom: columns.length, right: height });
}
