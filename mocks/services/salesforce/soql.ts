// Reads SOQL: SELECT of plain fields or COUNT() from one object, with WHERE, ORDER BY, LIMIT and OFFSET.

import { type Cursor, createCursor, MalformedQuery, type Token } from './soql-tokens.ts';

/** A query as it was understood; names as they were written. */
export interface Query {
  /** The fields to return, or `count` for how many records there are. */
  readonly select: readonly Name[] | 'count';
  readonly object: Name;
  readonly where: Condition | null;
  readonly order: readonly OrderBy[];
  readonly limit: number | null;
  readonly offset: number;
}

/** A name, with the column at which it stands, for messages. */
export interface Name {
  readonly name: string;
  readonly column: number;
}

/** What a record must fulfil. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | Comparison;

/** A field held against values: any number of them for `in` and `not in`, one for the others. */
export interface Comparison {
  readonly kind: 'compare';
  readonly field: Name;
  readonly operator: Operator;
  readonly values: readonly Literal[];
}

/** A comparison's sign or word. */
export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like' | 'in' | 'not in';

/** A literal value; instants and dates as epoch milliseconds. */
export type Literal = string | number | boolean | null | { readonly instantMs: number };

/** One field to sort by. */
export interface OrderBy {
  readonly field: Name;
  readonly descending: boolean;
  readonly nullsLast: boolean;
}

const SIGNS: Readonly<Record<string, Operator>> = {
  '=': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

const WORDS: Readonly<Record<string, Literal>> = { true: true, false: false, null: null };

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** Reads a query, or says why it cannot be read. */
export function parseSoql(soql: string): Query | { readonly malformed: string } {
  try {
    return query(createCursor(soql));
  } catch (error) {
    if (error instanceof MalformedQuery) return { malformed: error.message };
    throw error;
  }
}

function query(cursor: Cursor): Query {
  cursor.expect('select');
  const select = selection(cursor);
  cursor.expect('from');
  const object = name(cursor);
  const where = cursor.accept('where') ? condition(cursor) : null;
  const order = cursor.accept('order') ? orders(cursor) : [];
  const limit = cursor.accept('limit') ? wholeNumber(cursor) : null;
  const offset = cursor.accept('offset') ? wholeNumber(cursor) : 0;
  const rest = cursor.take();
  if (rest.kind !== 'end') cursor.fail(rest);
  return { select, object, where, order, limit, offset };
}

function selection(cursor: Cursor): Query['select'] {
  if (!cursor.is('(', 1)) return list(cursor, name);
  for (const word of ['count', '(', ')']) cursor.expect(word);
  return 'count';
}

// AND and OR may not stand side by side without parentheses.
function condition(cursor: Cursor): Condition {
  const first = term(cursor);
  const kind = cursor.is('and') ? 'and' : 'or';
  const of = [first];
  while (cursor.accept(kind)) of.push(term(cursor));
  return of.length === 1 ? first : { kind, of };
}

function term(cursor: Cursor): Condition {
  if (cursor.accept('not')) return { kind: 'not', of: term(cursor) };
  if (!cursor.accept('(')) return comparison(cursor);
  const inner = condition(cursor);
  cursor.expect(')');
  return inner;
}

function comparison(cursor: Cursor): Comparison {
  const field = name(cursor);
  const one = (operator: Operator): Comparison => ({
    kind: 'compare',
    field,
    operator,
    values: [literal(cursor)],
  });
  if (cursor.accept('like')) return one('like');
  if (cursor.accept('in')) return { kind: 'compare', field, operator: 'in', values: set(cursor) };
  if (cursor.accept('not')) {
    cursor.expect('in');
    return { kind: 'compare', field, operator: 'not in', values: set(cursor) };
  }
  const sign = cursor.take();
  return one(SIGNS[sign.text] ?? cursor.fail(sign));
}

function set(cursor: Cursor): Literal[] {
  cursor.expect('(');
  const values = list(cursor, literal);
  cursor.expect(')');
  return values;
}

function orders(cursor: Cursor): OrderBy[] {
  cursor.expect('by');
  return list(cursor, order);
}

function order(cursor: Cursor): OrderBy {
  const field = name(cursor);
  const descending = cursor.accept('desc');
  if (!descending) cursor.accept('asc');
  if (!cursor.accept('nulls')) return { field, descending, nullsLast: false };
  const nullsLast = cursor.accept('last');
  if (!nullsLast) cursor.expect('first');
  return { field, descending, nullsLast };
}

function list<T>(cursor: Cursor, item: (cursor: Cursor) => T): T[] {
  const items = [item(cursor)];
  while (cursor.accept(',')) items.push(item(cursor));
  return items;
}

function name(cursor: Cursor): Name {
  const token = cursor.take();
  return token.kind === 'name' ? { name: token.text, column: token.column } : cursor.fail(token);
}

function wholeNumber(cursor: Cursor): number {
  const token = cursor.take();
  return token.kind === 'value' && /^\d+$/.test(token.text) ? Number(token.text) : cursor.fail(token);
}

function literal(cursor: Cursor): Literal {
  const token = cursor.take();
  const value = literalOf(token);
  return value === undefined ? cursor.fail(token) : value;
}

function literalOf({ kind, text }: Token): Literal | undefined {
  if (kind === 'text') return unescaped(text.slice(1, -1));
  if (kind === 'name') return WORDS[text.toLowerCase()];
  if (kind !== 'value') return undefined;
  if (/^[-+]?\d+(\.\d+)?$/.test(text)) return Number(text);
  const instantMs = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  return Number.isNaN(instantMs) ? undefined : { instantMs };
}

const unescaped = (text: string) =>
  text.replace(/\\(.)/gs, (_, character: string) => ESCAPES[character] ?? character);
