// Whether a record fulfils a SOQL condition, and how records are put into order.

import type { Json, JsonObject } from '../../http.ts';
import { long } from './ids.ts';
import type { Comparison, Condition, Literal, OrderBy } from './soql.ts';

/** Whether a record fulfils a condition; `resolve` gives a field's own spelling. */
export function matches(
  record: JsonObject,
  condition: Condition,
  resolve: (name: string) => string,
): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.of.every((part) => matches(record, part, resolve));
    case 'or':
      return condition.of.some((part) => matches(record, part, resolve));
    case 'not':
      return !matches(record, condition.of, resolve);
    case 'compare': {
      const field = resolve(condition.field.name);
      return compares(record[field] ?? null, condition, /(^|[a-z])Id$/.test(field));
    }
  }
}

/** Records in the order asked for; what the first field leaves equal the next one settles. */
export function inOrder(
  records: readonly JsonObject[],
  orders: readonly OrderBy[],
  resolve: (name: string) => string,
): readonly JsonObject[] {
  return records.toSorted((a, b) => {
    for (const { field, descending, nullsLast } of orders) {
      const name = resolve(field.name);
      const [left, right] = [a[name] ?? null, b[name] ?? null];
      if (left === null && right === null) continue;
      if (left === null || right === null) return (left === null) === nullsLast ? 1 : -1;
      const order = compareHeld(left, right);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
}

function compares(held: Json, { operator, values }: Comparison, isId: boolean): boolean {
  const equal = (value: Literal) => equals(held, value, isId);
  const [first = null] = values;
  switch (operator) {
    case '=':
    case 'in':
      return values.some(equal);
    case '!=':
    case 'not in':
      return !values.some(equal);
    case 'like':
      return typeof held === 'string' && typeof first === 'string' && like(held, first);
    default: {
      const order = held === null ? null : compareTo(held, first);
      if (order === null) return false;
      if (order === 0) return operator === '<=' || operator === '>=';
      return order < 0 ? operator === '<' || operator === '<=' : operator === '>' || operator === '>=';
    }
  }
}

function equals(held: Json, value: Literal, isId: boolean): boolean {
  if (held === null || value === null) return held === value;
  if (typeof value === 'boolean') return held === value;
  if (isId) return typeof held === 'string' && typeof value === 'string' && long(held) === long(value);
  return compareTo(held, value) === 0;
}

// Negative, zero or positive; null where the two cannot be compared.
function compareTo(held: Json, value: Literal): number | null {
  if (value === null || typeof value === 'boolean') return null;
  if (typeof value === 'number') return difference(Number(held), value);
  if (typeof value === 'object') return difference(Date.parse(String(held)), value.instantMs);
  return compareTexts(String(held), value);
}

function compareHeld(a: Json, b: Json): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return compareTexts(String(a), String(b));
}

const difference = (a: number, b: number) => (Number.isNaN(a) ? null : a - b);

// Salesforce compares text without case.
function compareTexts(a: string, b: string): number {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

// `%` stands for any text and `_` for one character.
function like(held: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${source}$`, 'is').test(held);
}
