// DynamoDB: items of one table, by JSON 1.0 with the operation in a header.

import { isJsonObject, type Json, type JsonObject, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { jsonAnswer } from './answers.ts';
import { accountNumberOf } from './ids.ts';
import { targetOf } from './protocol.ts';

const TABLES = 'dynamodb-tables';
const ITEMS = 'dynamodb-items';
/** The attribute by which the items of every table are found. */
const KEY = 'id';

/** The routes. */
export const DYNAMODB_ROUTES: readonly Route[] = [
  operation('GetItem', 'read', (call, table, body) => {
    const id = idIn(body.Key);
    if (id === null) return malformed('The provided key element does not match the schema');
    const item = call.data(ITEMS).get(`${table}/${id}`)?.item;
    return { answer: jsonAnswer(call, 200, item === undefined ? {} : { Item: item }) };
  }),
  operation('PutItem', 'write', (call, table, body) => {
    const id = idIn(body.Item);
    if (id === null || !isJsonObject(body.Item))
      return malformed(`One or more parameter values were invalid: Missing the key ${KEY} in the item`);
    call.data(ITEMS).put(`${table}/${id}`, dynamodbItem(table, body.Item));
    return {
      answer: jsonAnswer(call, 200, {}),
      writes: [{ place: `dynamodb/${table}`, cells: cellsOfItem(body.Item) }],
    };
  }),
  operation('DeleteItem', 'write', (call, table, body) => {
    const id = idIn(body.Key);
    if (id === null) return malformed('The provided key element does not match the schema');
    call.data(ITEMS).delete(`${table}/${id}`);
    return {
      answer: jsonAnswer(call, 200, {}),
      writes: [{ place: `dynamodb/${table}`, cells: { [KEY]: id, deleted: 'true' } }],
    };
  }),
];

/** An item as it is kept. */
export function dynamodbItem(table: string, item: JsonObject): JsonObject {
  return { id: `${table}/${idIn(item)}`, item };
}

/** The name in full of a tenant's table. */
export const tableArnOf = (tenant: string, table: string): string =>
  `arn:aws:dynamodb:us-east-1:${accountNumberOf(tenant)}:table/${table}`;

function operation(
  name: string,
  effect: Route['effect'],
  handle: (call: Call, table: string, body: JsonObject) => Handled,
): Route {
  return {
    id: `dynamodb.${name}`,
    method: 'POST',
    path: '/',
    when: (request) => targetOf(request) === `DynamoDB_20120810.${name}`,
    needsOneOf: [`dynamodb:${name}`],
    effect,
    handle: (call) => {
      const body = parseJsonObject(call.request.body);
      if (body === null) return { refused: 'bad-request', code: 'SerializationException' };
      const named = body.TableName;
      if (typeof named !== 'string')
        return malformed("Value null at 'tableName' failed to satisfy constraint: Member must not be null");
      // Another account's table can be named in full only.
      const arn = named.startsWith('arn:') ? named : tableArnOf(call.account.tenant, named);
      if (call.data(TABLES).get(arn) !== null) return handle(call, arn.split('/')[1] ?? '', body);
      return call.heldElsewhere(TABLES, arn)
        ? { refused: 'other-tenant', detail: arn }
        : { refused: 'not-found', detail: 'Requested resource not found' };
    },
  };
}

function idIn(attributes: Json | undefined): string | null {
  const value = isJsonObject(attributes) ? attributes[KEY] : undefined;
  const text = isJsonObject(value) ? (value.S ?? value.N) : undefined;
  return typeof text === 'string' ? text : null;
}

const cellsOfItem = (item: JsonObject): Record<string, string> =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      isJsonObject(value) ? String(Object.values(value)[0]) : String(value),
    ]),
  );

const malformed = (detail: string): Handled => ({ refused: 'bad-request', detail });
