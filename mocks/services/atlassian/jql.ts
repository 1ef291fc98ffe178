// The part of JQL that the mock understands: equalities joined by AND, and an order.

import type { Json, JsonObject } from '../../http.ts';
import { isJsonObject } from '../../http.ts';

/** What a query asks for. */
export interface Jql {
  readonly clauses: readonly { readonly field: Field; readonly values: readonly string[] }[];
  readonly order: { readonly field: Field; readonly descending: boolean } | null;
}

type Field = keyof typeof FIELDS;

const FIELDS = {
  key: (issue: JsonObject) => textOf(issue.key),
  project: (issue: JsonObject) => textOf(fieldOf(issue, 'project'), 'key'),
  status: (issue: JsonObject) => textOf(fieldOf(issue, 'status'), 'name'),
  issuetype: (issue: JsonObject) => textOf(fieldOf(issue, 'issuetype'), 'name'),
  summary: (issue: JsonObject) => textOf(fieldOf(issue, 'summary')),
  created: (issue: JsonObject) => textOf(fieldOf(issue, 'created')),
  updated: (issue: JsonObject) => textOf(fieldOf(issue, 'updated')),
} as const;

const ORDER = /\s*\border\s+by\s+(\w+)(?:\s+(asc|desc))?\s*$/i;
const EQUALS = /^(\w+)\s*=\s*("[^"]*"|'[^']*'|[\w-]+)$/;
const IN = /^(\w+)\s+in\s*\(([^()]*)\)$/i;

/** Reads a query; null where it uses what the mock does not understand. */
export function parseJql(text: string): Jql | null {
  const order = ORDER.exec(text);
  const where = text.replace(ORDER, '').trim();
  const parts = where === '' ? [] : where.split(/\s+and\s+/i);
  const clauses = parts.map((part) => clauseOf(part.trim()));
  if (!clauses.every((clause) => clause !== null)) return null;
  if (order === null) return { clauses, order: null };
  const field = fieldNamed(order[1]);
  return field === null ? null : { clauses, order: { field, descending: /desc/i.test(order[2] ?? '') } };
}

/** The issues that a query asks for, in its order. */
export function select({ clauses, order }: Jql, issues: readonly JsonObject[]): readonly JsonObject[] {
  const found = issues.filter((issue) =>
    clauses.every(({ field, values }) => values.includes(FIELDS[field](issue).toLowerCase())),
  );
  if (order === null) return found;
  const read = FIELDS[order.field];
  const sorted = found.toSorted((a, b) => read(a).localeCompare(read(b), 'en', { numeric: true }));
  return order.descending ? sorted.toReversed() : sorted;
}

function clauseOf(text: string): Jql['clauses'][number] | null {
  const equals = EQUALS.exec(text);
  const [, name, value = ''] = equals ?? IN.exec(text) ?? [];
  const field = fieldNamed(name);
  if (field === null) return null;
  const values = equals === null ? value.split(',') : [value];
  return { field, values: values.map((each) => unquoted(each.trim()).toLowerCase()) };
}

const fieldNamed = (name = ''): Field | null =>
  Object.hasOwn(FIELDS, name.toLowerCase()) ? (name.toLowerCase() as Field) : null;

const unquoted = (text: string) => text.replace(/^(["'])(.*)\1$/, '$2');

function fieldOf(issue: JsonObject, name: string): Json {
  return isJsonObject(issue.fields) ? (issue.fields[name] ?? null) : null;
}

function textOf(value: Json | undefined, member?: string): string {
  if (member !== undefined) return isJsonObject(value) ? textOf(value[member]) : '';
  return typeof value === 'string' ? value : '';
}
