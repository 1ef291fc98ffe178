// The part of Intuit's query language that the mock understands: one entity, equalities, an order, a page.

import type { Json, JsonObject } from '../../http.ts';
import { isJsonObject } from '../../http.ts';

/** The entities that can be asked for. */
export const ENTITIES = ['CompanyInfo', 'Customer', 'Invoice'] as const;

/** What a query asks for. */
export interface Query {
  readonly entity: (typeof ENTITIES)[number];
  readonly counts: boolean;
  readonly where: readonly { readonly field: string; readonly value: string }[];
  readonly order: { readonly field: string; readonly descending: boolean } | null;
  /** Counted from one. */
  readonly start: number;
  readonly most: number;
}

const DEFAULT_MOST = 100;
const SHAPE =
  /^\s*select\s+(\*|count\(\*\))\s+from\s+(\w+)(?:\s+where\s+(.+?))?(?:\s+order\s*by\s+([\w.]+)(?:\s+(asc|desc))?)?(?:\s+startposition\s+(\d+))?(?:\s+maxresults\s+(\d+))?\s*;?\s*$/i;
const EQUALS = /^([\w.]+)\s*=\s*'([^']*)'$/;

/** Reads a query; null where it uses what the mock does not understand. */
export function parseQuery(text: string): Query | null {
  const [, what = '', name = '', where, orderBy, direction, start = '1', most] = SHAPE.exec(text) ?? [];
  const entity = ENTITIES.find((each) => each.toLowerCase() === name.toLowerCase());
  const clauses = where === undefined ? [] : where.split(/\s+and\s+/i).map(clauseOf);
  if (entity === undefined || !clauses.every((clause) => clause !== null)) return null;
  return {
    entity,
    counts: what !== '*',
    where: clauses,
    order: orderBy === undefined ? null : { field: orderBy, descending: /desc/i.test(direction ?? '') },
    start: Number(start),
    most: Number(most ?? DEFAULT_MOST),
  };
}

/** The objects that a query asks for: how many there are, and the page of them. */
export function run(
  query: Query,
  objects: readonly JsonObject[],
): { readonly total: number; readonly page: readonly JsonObject[] } {
  const { where, order, start, most } = query;
  const fitting = objects.filter((object) =>
    where.every(({ field, value }) => textOf(object, field) === value),
  );
  const sorted = order === null ? fitting : inOrder(order, fitting);
  return { total: fitting.length, page: sorted.slice(start - 1, start - 1 + most) };
}

function inOrder({ field, descending }: NonNullable<Query['order']>, objects: readonly JsonObject[]) {
  const sorted = objects.toSorted((a, b) =>
    textOf(a, field).localeCompare(textOf(b, field), 'en', { numeric: true }),
  );
  return descending ? sorted.toReversed() : sorted;
}

function clauseOf(text: string): Query['where'][number] | null {
  const [, field, value = ''] = EQUALS.exec(text.trim()) ?? [];
  return field === undefined ? null : { field, value };
}

// A path such as MetaData.CreateTime; a reference such as CustomerRef is compared by its value.
function textOf(object: JsonObject, path: string): string {
  const value = path.split('.').reduce<Json | undefined>((held, name) => memberOf(held, name), object);
  return String((isJsonObject(value) ? value.value : value) ?? '');
}

const memberOf = (held: Json | undefined, name: string) => (isJsonObject(held) ? held[name] : undefined);
