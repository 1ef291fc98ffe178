// The query routes: SOQL in, records out, in batches that a cursor continues.

import { isJsonObject, type JsonObject, json } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { inOrder, matches } from './matches.ts';
import { shownFields } from './record.ts';
import { fieldNamed, type SObject, sobjectNamed } from './schema.ts';
import { type Condition, type Name, parseSoql, type Query } from './soql.ts';
import { messageAt } from './soql-tokens.ts';
import { basePath, versioned } from './versioned.ts';

const BATCH_MOST = 2000;
const BATCH_LEAST = 200;

// No object bears a name with a space, so no call ever reads the cursors as records.
const CURSORS = 'query cursors';

/** The routes of queries. */
export const QUERY_ROUTES: readonly Route[] = [
  versioned({ id: 'query', method: 'GET', path: 'query', effect: 'read', handle: startQuery }),
  versioned({
    id: 'query.more',
    method: 'GET',
    path: 'query/{cursor}',
    effect: 'read',
    handle: continueQuery,
  }),
];

function startQuery(call: Call): Handled {
  const soql = call.request.query.q ?? '';
  const query = parseSoql(soql);
  if ('malformed' in query) return refused('MALFORMED_QUERY', query.malformed);
  const object = sobjectNamed(call.data, query.object.name);
  if (object === null) {
    const text = `sObject type '${query.object.name}' is not supported.`;
    return refused('INVALID_TYPE', messageAt(soql, query.object.column, text));
  }
  const unknown = namesIn(query).find(({ name }) => fieldNamed(object, name) === null);
  if (unknown !== undefined) {
    const text = `No such column '${unknown.name}' on entity '${object.name}'.`;
    return refused('INVALID_FIELD', messageAt(soql, unknown.column, text));
  }
  const found = select(call, object, query);
  if (query.select === 'count')
    return { answer: json(200, { totalSize: found.length, done: true, records: [] }) };
  const fields = query.select.map(({ name }) => fieldNamed(object, name) ?? name);
  return batch(call, { records: found.map((record) => shownFields(call, object, record, fields)), from: 0 });
}

function continueQuery(call: Call): Handled {
  const [, id = '', from = ''] = /^(\w+)-(\d+)$/.exec(call.params.cursor ?? '') ?? [];
  const cursor = call.data(CURSORS).get(id);
  if (cursor === null || cursor.account !== call.account.id || !Array.isArray(cursor.records)) {
    return refused('INVALID_QUERY_LOCATOR', 'invalid query locator');
  }
  return batch(call, { records: cursor.records.filter(isJsonObject), from: Number(from), id });
}

function select(call: Call, object: SObject, query: Query): readonly JsonObject[] {
  const resolve = (name: string) => fieldNamed(object, name) ?? name;
  const { where } = query;
  const all = call.data(object.name).list();
  const found = where === null ? all : all.filter((record) => matches(record, where, resolve));
  const end = query.limit === null ? undefined : query.offset + query.limit;
  return inOrder(found, query.order, resolve).slice(query.offset, end);
}

function batch(
  call: Call,
  {
    records,
    from,
    id,
  }: { readonly records: readonly JsonObject[]; readonly from: number; readonly id?: string },
): Handled {
  const end = from + batchSize(call);
  const totalSize = records.length;
  const page = records.slice(from, end);
  if (end >= totalSize) return { answer: json(200, { totalSize, done: true, records: page }) };
  const cursor = id ?? keep(call, records);
  const nextRecordsUrl = `${basePath(call)}/query/${cursor}-${end}`;
  return { answer: json(200, { totalSize, done: false, nextRecordsUrl, records: page }) };
}

// A cursor holds the records as they were when the query began.
function keep({ data, account, randomness, key }: Call, records: readonly JsonObject[]): string {
  const id = `01g${randomness.chars(12, 'cursor', key)}`;
  data(CURSORS).put(id, { id, account: account.id, records });
  return id;
}

function batchSize({ request }: Call): number {
  const asked = /batchSize=(\d+)/.exec(request.headers['sforce-query-options'] ?? '')?.[1];
  return asked === undefined ? BATCH_MOST : Math.min(BATCH_MOST, Math.max(BATCH_LEAST, Number(asked)));
}

function namesIn({ select, where, order }: Query): readonly Name[] {
  const selected = select === 'count' ? [] : select;
  return [
    ...selected,
    ...(where === null ? [] : namesInCondition(where)),
    ...order.map(({ field }) => field),
  ];
}

function namesInCondition(condition: Condition): readonly Name[] {
  if (condition.kind === 'compare') return [condition.field];
  return condition.kind === 'not' ? namesInCondition(condition.of) : condition.of.flatMap(namesInCondition);
}

const refused = (code: string, detail: string): Handled => ({ refused: 'bad-request', code, detail });
