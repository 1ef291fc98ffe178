// The routes of `spreadsheets`: creating one, reading what it is made of, and batchUpdate.

import { isJsonObject, type Json, type JsonObject, json, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route, Write } from '../../service.ts';
import { type Book, keep, type Placed, type Problem, place, rowsOf, withBook, withRows } from './book.ts';
import { gridSize, type Rows, readBox } from './grid.ts';
import { SHEETS_READ, SHEETS_WRITE } from './scopes.ts';

const BOOK = '/v4/spreadsheets/{spreadsheetId}';

/** The routes. */
export const spreadsheetRoutes: readonly Route[] = [
  {
    id: 'spreadsheets.create',
    method: 'POST',
    path: '/v4/spreadsheets',
    needsOneOf: SHEETS_WRITE,
    effect: 'write',
    handle: create,
  },
  {
    id: 'spreadsheets.batchUpdate',
    method: 'POST',
    path: `${BOOK}:batchUpdate`,
    needsOneOf: SHEETS_WRITE,
    effect: 'write',
    handle: (call) => withBook(call, (book) => batchUpdate(call, book)),
  },
  {
    id: 'spreadsheets.get',
    method: 'GET',
    path: BOOK,
    needsOneOf: SHEETS_READ,
    effect: 'read',
    handle: (call) => withBook(call, (book) => ({ answer: json(200, describe(book)) })),
  },
];

function create(call: Call): Handled {
  const body = call.request.body === '' ? {} : parseJsonObject(call.request.body);
  if (body === null) return { refused: 'bad-request', detail: 'Invalid JSON payload received.' };
  const title = titleIn(body) ?? 'Untitled spreadsheet';
  const titles = (Array.isArray(body.sheets) ? (body.sheets as readonly Json[]) : []).map(
    (sheet, index) => titleIn(sheet) ?? `Sheet${index + 1}`,
  );
  const sheets = Object.fromEntries((titles.length === 0 ? ['Sheet1'] : titles).map((name) => [name, []]));
  const book: Book = { id: call.randomness.chars(44, 'spreadsheet', call.key), title, sheets };
  keep(call, book);
  return { answer: json(200, describe(book)), writes: [{ place: 'spreadsheets', cells: { title } }] };
}

function describe(book: Book): JsonObject {
  return {
    spreadsheetId: book.id,
    properties: { title: book.title, locale: 'en_US', autoRecalc: 'ON_CHANGE', timeZone: 'Etc/GMT' },
    sheets: Object.keys(book.sheets).map((sheet) => ({ properties: sheetProperties(book, sheet) })),
    spreadsheetUrl: `https://docs.google.com/spreadsheets/d/${book.id}/edit`,
  };
}

function sheetProperties(book: Book, title: string): JsonObject {
  const index = Object.keys(book.sheets).indexOf(title);
  const gridProperties = { ...gridSize(rowsOf(book, title)) };
  return { sheetId: index, title, index, sheetType: 'GRID', gridProperties };
}

/** What one request of a batch did. */
interface Step {
  readonly book: Book;
  readonly reply: JsonObject;
  readonly writes: readonly Write[];
}

const REQUESTS: Readonly<Record<string, (book: Book, request: JsonObject) => Step | Problem>> = {
  appendCells: (book, request) => {
    const sheet = sheetById(book, request.sheetId);
    if ('problem' in sheet) return sheet;
    const rows = rowsOf(book, sheet.title);
    const { rowCount, columnCount } = gridSize(rows);
    const used = readBox(rows, { top: 0, left: 0, bottom: rowCount, right: columnCount }).length;
    return filled(place(book, sheet.title, { top: used, left: 0 }, cellsIn(request.rows), asStored));
  },
  updateCells: (book, request) => {
    const at = isJsonObject(request.start) ? request.start : isJsonObject(request.range) ? request.range : {};
    const sheet = sheetById(book, at.sheetId);
    if ('problem' in sheet) return sheet;
    const top = indexIn(at.rowIndex ?? at.startRowIndex);
    const left = indexIn(at.columnIndex ?? at.startColumnIndex);
    return filled(place(book, sheet.title, { top, left }, cellsIn(request.rows), asStored));
  },
  addSheet: (book, request) => {
    const title = titleIn(request) ?? `Sheet${Object.keys(book.sheets).length + 1}`;
    if (book.sheets[title] !== undefined) {
      return { problem: `A sheet with the name "${title}" already exists. Please enter another name.` };
    }
    const after = withRows(book, title, []);
    return {
      book: after,
      reply: { addSheet: { properties: sheetProperties(after, title) } },
      writes: [{ place: book.id, cells: { title } }],
    };
  },
};

function batchUpdate(call: Call, book: Book): Handled | Problem {
  const requests = parseJsonObject(call.request.body)?.requests;
  if (!Array.isArray(requests) || requests.length === 0)
    return { problem: 'Must specify at least one request.' };
  const replies: JsonObject[] = [];
  const writes: Write[] = [];
  let after = book;
  for (const [index, item] of (requests as readonly Json[]).entries()) {
    const [kind, request] = isJsonObject(item) ? (Object.entries(item)[0] ?? []) : [];
    if (kind === undefined || !isJsonObject(request))
      return { problem: `Invalid requests[${index}]: No request set.` };
    const apply = REQUESTS[kind];
    if (apply === undefined) return { refused: 'unmodelled', detail: kind };
    const step = apply(after, request);
    if ('problem' in step) return { problem: `Invalid requests[${index}].${kind}: ${step.problem}` };
    after = step.book;
    replies.push(step.reply);
    writes.push(...step.writes);
  }
  keep(call, after);
  return { answer: json(200, { spreadsheetId: book.id, replies }), writes };
}

const filled = ({ book, writes }: Placed): Step => ({ book, reply: {}, writes });

function sheetById(book: Book, id: Json | undefined): { readonly title: string } | Problem {
  const title = Object.keys(book.sheets)[indexIn(id)];
  return title === undefined ? { problem: `No grid with id: ${indexIn(id)}` } : { title };
}

// Zero is the value that this API leaves out.
const indexIn = (value: Json | undefined) => (typeof value === 'number' ? value : 0);

const asStored = (value: Json) => value;

/** The cells of `rows: [{ values: [{ userEnteredValue: { stringValue } }] }]`. */
function cellsIn(rows: Json | undefined): Rows {
  return list(rows).map((row) =>
    list(isJsonObject(row) ? row.values : undefined).map((cell) => {
      const value = isJsonObject(cell) && isJsonObject(cell.userEnteredValue) ? cell.userEnteredValue : {};
      return value.stringValue ?? value.numberValue ?? value.boolValue ?? value.formulaValue ?? '';
    }),
  );
}

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

function titleIn(value: Json): string | null {
  const properties = isJsonObject(value) ? value.properties : undefined;
  return isJsonObject(properties) && typeof properties.title === 'string' ? properties.title : null;
}
