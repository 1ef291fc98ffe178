// Lists in Linear's manner: filtered, ordered, and cut into pages with cursors.

import { isJsonObject, type Json, type JsonObject } from '../../http.ts';
import type { FieldDef, ObjectType } from './execute.ts';
import { plain } from './execute.ts';

const PAGE_DEFAULT = 50;
const PAGE_MOST = 250;

type Compare = (value: Json, wanted: Json) => boolean;

const COMPARISONS: Readonly<Record<string, Compare>> = {
  eq: (value, wanted) => value === wanted,
  neq: (value, wanted) => value !== wanted,
  in: (value, wanted) => Array.isArray(wanted) && wanted.includes(value),
  nin: (value, wanted) => Array.isArray(wanted) && !wanted.includes(value),
  contains: (value, wanted) => String(value).includes(String(wanted)),
  containsIgnoreCase: (value, wanted) => String(value).toLowerCase().includes(String(wanted).toLowerCase()),
  lt: (value, wanted) => compare(value, wanted) < 0,
  lte: (value, wanted) => compare(value, wanted) <= 0,
  gt: (value, wanted) => compare(value, wanted) > 0,
  gte: (value, wanted) => compare(value, wanted) >= 0,
};

/** A page of objects, as a connection's source; or what is wrong with the arguments. */
export function pageOf(
  all: readonly JsonObject[],
  args: JsonObject,
): { readonly value: JsonObject } | { readonly problem: string } | { readonly unmodelled: string } {
  const { first = PAGE_DEFAULT, after = null, filter = {}, orderBy = 'createdAt', ...more } = args;
  // There are no disabled users: whether they are wanted makes no difference.
  const { includeArchived = false, includeDisabled: _includeDisabled, ...other } = more;
  const [unmodelled] = Object.keys(other);
  if (unmodelled !== undefined) return { unmodelled: `the argument "${unmodelled}"` };
  if (typeof first !== 'number' || !Number.isInteger(first) || first < 1 || first > PAGE_MOST) {
    return { problem: `Argument Validation Error: first must be a whole number from 1 to ${PAGE_MOST}` };
  }
  const conditions = conditionsOf(filter);
  if (typeof conditions === 'string') return { unmodelled: conditions };
  const by = String(orderBy);
  // Newest first, and of two that are as old the one that was stored later.
  const found = all
    .filter(({ archivedAt }) => includeArchived === true || (archivedAt ?? null) === null)
    .filter((object) => conditions.every((holds) => holds(object)))
    .toReversed()
    .toSorted((a, b) => compare(b[by] ?? '', a[by] ?? ''));
  const start = after === null ? 0 : found.findIndex(({ id }) => id === after) + 1;
  if (after !== null && start === 0) return { problem: 'Argument Validation Error: after is no cursor' };
  const nodes = found.slice(start, start + first);
  return {
    value: {
      nodes,
      pageInfo: {
        hasPreviousPage: start > 0,
        hasNextPage: start + first < found.length,
        startCursor: nodes[0]?.id ?? null,
        endCursor: nodes.at(-1)?.id ?? null,
      },
    },
  };
}

/** The type of a list's page. */
export function connectionOf(node: () => ObjectType): ObjectType {
  const { name } = node();
  const edge: ObjectType = {
    name: `${name}Edge`,
    fields: {
      cursor: { resolve: (source) => source.id ?? null },
      node: { type: node, resolve: (source) => source },
    },
  };
  const nodes: FieldDef['resolve'] = (source) => source.nodes ?? [];
  return {
    name: `${name}Connection`,
    fields: {
      nodes: { type: node, resolve: nodes },
      edges: { type: () => edge, resolve: nodes },
      pageInfo: { type: () => PAGE_INFO, resolve: (source) => source.pageInfo ?? null },
    },
  };
}

const PAGE_INFO: ObjectType = {
  name: 'PageInfo',
  fields: plain('hasPreviousPage', 'hasNextPage', 'startCursor', 'endCursor'),
};

/** The conditions of a filter on plain fields; the name of what is not modelled otherwise. */
function conditionsOf(filter: Json): readonly ((object: JsonObject) => boolean)[] | string {
  if (!isJsonObject(filter)) return 'this filter';
  const conditions: ((object: JsonObject) => boolean)[] = [];
  for (const [field, comparators] of Object.entries(filter)) {
    if (!isJsonObject(comparators)) return `the filter "${field}"`;
    for (const [name, wanted] of Object.entries(comparators)) {
      // A filter on what an object points to, such as `team: { id: { eq } }`, looks at the id it holds.
      const byId = name === 'id' && isJsonObject(wanted) ? wanted : null;
      const comparator = byId === null ? { [name]: wanted } : byId;
      const key = byId === null ? field : `${field}Id`;
      for (const [operator, operand] of Object.entries(comparator)) {
        const holds = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
        if (holds === undefined) return `the filter "${field}: { ${operator} }"`;
        conditions.push((object) => holds(object[key] ?? null, operand));
      }
    }
  }
  return conditions;
}

function compare(a: Json, b: Json): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a), String(b)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
