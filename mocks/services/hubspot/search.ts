// The CRM search: filters within a group are joined by AND, groups by OR; a query looks at the default text.

import { compareValues } from './values.ts';

/** A search as HubSpot understood it. */
export interface Search {
  readonly groups: readonly (readonly Filter[])[];
  readonly query: string | null;
  readonly sort: Sort;
  /** Null = the defaults of the object type. */
  readonly properties: readonly string[] | null;
  readonly limit: number;
  /** How many results to pass over. */
  readonly after: number;
}

/** One condition on one property. */
export interface Filter {
  readonly propertyName: string;
  readonly operator: Operator;
  readonly value: string;
  readonly highValue: string;
  readonly values: readonly string[];
}

/** The one property that orders the results. */
export interface Sort {
  readonly propertyName: string;
  readonly descending: boolean;
}

/** The name of a comparison. */
export type Operator = keyof typeof OPERATORS;

/** Looks up the text of a property; null where the object has no value. */
export type PropertyReader = (propertyName: string) => string | null;

// An object without a value fits no comparison, not even an unequal one: only NOT_HAS_PROPERTY finds it.
const OPERATORS = {
  EQ: (held, { value }) => held !== null && compareValues(held, value) === 0,
  NEQ: (held, { value }) => held !== null && compareValues(held, value) !== 0,
  LT: (held, { value }) => held !== null && compareValues(held, value) < 0,
  LTE: (held, { value }) => held !== null && compareValues(held, value) <= 0,
  GT: (held, { value }) => held !== null && compareValues(held, value) > 0,
  GTE: (held, { value }) => held !== null && compareValues(held, value) >= 0,
  BETWEEN: (held, { value, highValue }) =>
    held !== null && compareValues(held, value) >= 0 && compareValues(held, highValue) <= 0,
  IN: (held, { values }) => held !== null && values.some((value) => compareValues(held, value) === 0),
  NOT_IN: (held, { values }) => held !== null && values.every((value) => compareValues(held, value) !== 0),
  HAS_PROPERTY: (held) => held !== null,
  NOT_HAS_PROPERTY: (held) => held === null,
  CONTAINS_TOKEN: (held, { value }) => held !== null && containsToken(held, value),
  NOT_CONTAINS_TOKEN: (held, { value }) => held !== null && !containsToken(held, value),
} as const satisfies Record<string, (held: string | null, filter: Filter) => boolean>;

/** Whether an object fits a search; `searched` are the properties that a query looks at. */
export function fits(search: Search, read: PropertyReader, searched: readonly string[]): boolean {
  const { groups, query } = search;
  const wanted = query?.toLowerCase() ?? '';
  return (
    (groups.length === 0 || groups.some((filters) => filters.every((filter) => holds(filter, read)))) &&
    (wanted === '' || searched.some((name) => read(name)?.toLowerCase().includes(wanted)))
  );
}

/** Puts objects into the order that a search asks for; objects without a value come last. */
export function inOrder<T>(
  search: Search,
  objects: readonly T[],
  readerOf: (object: T) => PropertyReader,
): T[] {
  const { propertyName, descending } = search.sort;
  return objects.toSorted((a, b) => {
    const [left, right] = [readerOf(a)(propertyName), readerOf(b)(propertyName)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return descending ? compareValues(right, left) : compareValues(left, right);
  });
}

function holds(filter: Filter, read: PropertyReader): boolean {
  return OPERATORS[filter.operator](read(filter.propertyName), filter);
}

function containsToken(held: string, wanted: string): boolean {
  const pattern = wanted
    .toLowerCase()
    .split('*')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  const whole = new RegExp(`^${pattern}$`, 's');
  const text = held.toLowerCase();
  return [text, ...text.split(/[^\p{L}\p{N}]+/u)].some((token) => whole.test(token));
}

/** Whether HubSpot knows a comparison by this name. */
export function isOperator(value: unknown): value is Operator {
  return typeof value === 'string' && Object.hasOwn(OPERATORS, value);
}
