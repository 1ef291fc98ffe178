// The filters and sorts of a database query, on the values that a person sees.

import { isJsonObject, type Json, type JsonObject } from '../../http.ts';
import { comparable } from './properties.ts';

type Value = ReturnType<typeof comparable>;
type Condition = (page: JsonObject) => boolean;
type Compare = (value: Value, wanted: Json) => boolean;

const COMPARISONS: Readonly<Record<string, Compare>> = {
  equals: (value, wanted) => value === wanted,
  does_not_equal: (value, wanted) => value !== wanted,
  contains: (value, wanted) => lower(value).includes(lower(wanted)),
  does_not_contain: (value, wanted) => !lower(value).includes(lower(wanted)),
  starts_with: (value, wanted) => lower(value).startsWith(lower(wanted)),
  ends_with: (value, wanted) => lower(value).endsWith(lower(wanted)),
  is_empty: (value) => value === '',
  is_not_empty: (value) => value !== '',
  greater_than: (value, wanted) => compare(value, wanted) > 0,
  greater_than_or_equal_to: (value, wanted) => compare(value, wanted) >= 0,
  less_than: (value, wanted) => compare(value, wanted) < 0,
  less_than_or_equal_to: (value, wanted) => compare(value, wanted) <= 0,
  after: (value, wanted) => compare(value, wanted) > 0,
  on_or_after: (value, wanted) => compare(value, wanted) >= 0,
  before: (value, wanted) => compare(value, wanted) < 0,
  on_or_before: (value, wanted) => compare(value, wanted) <= 0,
};

/** The pages that a query finds, in its order; or what of it is beyond the mock. */
export function answerQuery(
  pages: readonly JsonObject[],
  { filter, sorts = [] }: JsonObject,
): readonly JsonObject[] | { readonly unmodelled: string } {
  const holds = filter === undefined ? () => true : conditionOf(filter);
  if (typeof holds === 'string') return { unmodelled: holds };
  if (!Array.isArray(sorts)) return { unmodelled: 'sorts' };
  // The last sort is the least: a stable sort may go through them backwards.
  return (sorts as readonly Json[])
    .filter(isJsonObject)
    .toReversed()
    .reduce<readonly JsonObject[]>((found, { property, timestamp, direction }) => {
      const sign = direction === 'descending' ? -1 : 1;
      const at = (page: JsonObject) =>
        fieldOf(page, { property: property ?? null, timestamp: timestamp ?? null });
      return found.toSorted((a, b) => sign * compare(at(a), at(b)));
    }, pages.filter(holds));
}

function conditionOf(filter: Json): Condition | string {
  if (!isJsonObject(filter)) return 'this filter';
  if (Array.isArray(filter.and)) return joined(filter.and, (all, page) => all.every((holds) => holds(page)));
  if (Array.isArray(filter.or)) return joined(filter.or, (all, page) => all.some((holds) => holds(page)));
  const { property = null, timestamp = null, ...rest } = filter;
  const [kind] = Object.keys(rest).filter((name) => name !== 'type');
  const comparator = kind === undefined ? undefined : rest[kind];
  if (!isJsonObject(comparator)) return `the filter on "${String(property)}"`;
  const conditions: Condition[] = [];
  for (const [operator, wanted] of Object.entries(comparator)) {
    const holds = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
    if (holds === undefined) return `the filter "${kind}: { ${operator} }"`;
    conditions.push((page) => holds(fieldOf(page, { property, timestamp }), wanted));
  }
  return (page) => conditions.every((holds) => holds(page));
}

function joined(
  filters: readonly Json[],
  join: (all: readonly Condition[], page: JsonObject) => boolean,
): Condition | string {
  const all = filters.map(conditionOf);
  const beyond = all.find((condition) => typeof condition === 'string');
  if (beyond !== undefined) return beyond;
  const conditions = all.filter((condition) => typeof condition !== 'string');
  return (page) => join(conditions, page);
}

function fieldOf(page: JsonObject, { property, timestamp }: { property: Json; timestamp: Json }): Value {
  if (typeof timestamp === 'string') return String(page[timestamp] ?? '');
  const properties = isJsonObject(page.properties) ? page.properties : {};
  return typeof property === 'string' ? comparable(properties[property] ?? null) : '';
}

const lower = (value: Json) => String(value).toLowerCase();

function compare(a: Json, b: Json): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a), String(b)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
