// Reads the body of a search request, within the limits that HubSpot sets to searches.

import { isJsonObject, type Json, type JsonObject } from '../../http.ts';
import { type Filter, isOperator, type Operator, type Search, type Sort } from './search.ts';

type Problem = { readonly problem: string };

const LIMIT_DEFAULT = 10;
const LIMIT_MOST = 200;
const GROUPS_MOST = 5;
const FILTERS_MOST_PER_GROUP = 6;
const FILTERS_MOST = 18;
const RESULTS_REACHABLE = 10_000;

const NEEDS: Partial<Record<Operator, readonly ('value' | 'highValue' | 'values')[]>> = {
  BETWEEN: ['value', 'highValue'],
  IN: ['values'],
  NOT_IN: ['values'],
  HAS_PROPERTY: [],
  NOT_HAS_PROPERTY: [],
};

/** Reads a search request, or says what is wrong with it. */
export function parseSearch(body: JsonObject): Search | Problem {
  const groups = parseGroups(body);
  if ('problem' in groups) return groups;
  const sort = parseSort(body.sorts);
  if ('problem' in sort) return sort;
  const limit = wholeNumber(body.limit ?? LIMIT_DEFAULT);
  if (limit === null || limit < 1 || limit > LIMIT_MOST) {
    return { problem: `limit must be a whole number from 1 to ${LIMIT_MOST}` };
  }
  const after = wholeNumber(body.after ?? 0);
  if (after === null) return { problem: 'after must be the cursor of an earlier page' };
  if (after + limit > RESULTS_REACHABLE) {
    return { problem: `a search can page through at most ${RESULTS_REACHABLE} results` };
  }
  const query = typeof body.query === 'string' ? body.query : null;
  const properties = Array.isArray(body.properties) ? texts(body.properties) : [];
  return {
    groups: groups.groups,
    query,
    sort,
    properties: properties.length === 0 ? null : properties,
    limit,
    after,
  };
}

function parseGroups(body: JsonObject): { readonly groups: Filter[][] } | Problem {
  // A request may name the filters of a single group without the group around them.
  const written = body.filterGroups ?? (body.filters === undefined ? [] : [{ filters: body.filters }]);
  if (!isArray(written)) return { problem: 'filterGroups must be an array' };
  if (written.length > GROUPS_MOST) return { problem: `there may be at most ${GROUPS_MOST} filterGroups` };
  const groups: Filter[][] = [];
  for (const group of written) {
    const filters = isJsonObject(group) ? group.filters : undefined;
    if (!isArray(filters)) return { problem: 'every filterGroup needs an array of filters' };
    if (filters.length > FILTERS_MOST_PER_GROUP) {
      return { problem: `a filterGroup may hold at most ${FILTERS_MOST_PER_GROUP} filters` };
    }
    const parsed: Filter[] = [];
    for (const written of filters) {
      const filter = parseFilter(written);
      if ('problem' in filter) return filter;
      parsed.push(filter);
    }
    groups.push(parsed);
  }
  if (groups.flat().length > FILTERS_MOST) return { problem: `there may be at most ${FILTERS_MOST} filters` };
  return { groups };
}

function parseFilter(written: Json): Filter | Problem {
  if (!isJsonObject(written)) return { problem: 'every filter must be an object' };
  const { propertyName, operator, values } = written;
  if (typeof propertyName !== 'string' || propertyName === '')
    return { problem: 'a filter needs a propertyName' };
  if (!isOperator(operator))
    return { problem: `the operator ${JSON.stringify(operator ?? null)} is not known` };
  const filter = {
    propertyName,
    operator,
    value: text(written.value),
    highValue: text(written.highValue),
    values: isArray(values) ? texts(values) : null,
  };
  const missing = (NEEDS[operator] ?? ['value']).find((name) => filter[name] === null);
  if (missing !== undefined)
    return { problem: `the operator ${operator} on ${propertyName} needs ${missing}` };
  return {
    ...filter,
    value: filter.value ?? '',
    highValue: filter.highValue ?? '',
    values: filter.values ?? [],
  };
}

// The oldest object comes first where nothing is said; `-name` is the short way to say descending.
function parseSort(sorts: Json | undefined): Sort | Problem {
  const [first, ...more] = isArray(sorts) ? sorts : [];
  if (more.length > 0) return { problem: 'a search can be sorted by one property only' };
  if (first === undefined) return { propertyName: 'createdate', descending: false };
  if (typeof first === 'string') {
    return { propertyName: first.replace(/^-/, ''), descending: first.startsWith('-') };
  }
  if (!isJsonObject(first) || typeof first.propertyName !== 'string') {
    return { problem: 'a sort needs a propertyName' };
  }
  return { propertyName: first.propertyName, descending: first.direction === 'DESCENDING' };
}

function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function text(value: Json | undefined): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

const texts = (values: readonly Json[]) => values.map(text).filter((value) => value !== null);

function wholeNumber(value: Json): number | null {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}
