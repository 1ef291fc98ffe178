// The routes of single records: read, create, change, delete, and what an object looks like.

import { cellsOf } from '../../cells.ts';
import { empty, type JsonObject, json, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { long, recordId, short } from './ids.ts';
import { shownFields } from './record.ts';
import { fieldNamed, type SObject, sobjectNamed } from './schema.ts';
import { basePath, versioned } from './versioned.ts';

const RECORD = 'sobjects/{object}/{id}';

/** The routes of records. */
export const SOBJECT_ROUTES: readonly Route[] = [
  versioned({
    id: 'sobjects.describe',
    method: 'GET',
    path: 'sobjects/{object}/describe',
    effect: 'read',
    handle: onObject(describe),
  }),
  versioned({
    id: 'sobjects.create',
    method: 'POST',
    path: 'sobjects/{object}',
    effect: 'write',
    handle: onObject(create),
  }),
  versioned({ id: 'sobjects.read', method: 'GET', path: RECORD, effect: 'read', handle: onRecord(read) }),
  versioned({
    id: 'sobjects.change',
    method: 'PATCH',
    path: RECORD,
    effect: 'write',
    handle: onRecord(change),
  }),
  versioned({
    id: 'sobjects.delete',
    method: 'DELETE',
    path: RECORD,
    effect: 'write',
    handle: onRecord(remove),
  }),
];

interface Stored {
  /** The id under which the record is stored, whichever length the data uses. */
  readonly key: string;
  readonly record: JsonObject;
}

function onObject(handle: (call: Call, object: SObject) => Handled): Route['handle'] {
  return (call) => {
    const object = sobjectNamed(call.data, call.params.object ?? '');
    return object === null ? { refused: 'not-found' } : handle(call, object);
  };
}

function onRecord(handle: (call: Call, object: SObject, stored: Stored) => Handled): Route['handle'] {
  return onObject((call, object) => {
    const id = call.params.id ?? '';
    const records = call.data(object.name);
    const key = [id, long(id), short(id)].find((spelling) => records.get(spelling) !== null);
    const record = key === undefined ? null : records.get(key);
    if (key === undefined || record === null) return { refused: 'not-found' };
    return handle(call, object, { key, record });
  });
}

function read(call: Call, object: SObject, { record }: Stored): Handled {
  const asked = (call.request.query.fields ?? '').split(',').filter((name) => name !== '');
  const unknown = asked.find((name) => fieldNamed(object, name) === null);
  if (unknown !== undefined) return noSuchColumn(object, unknown);
  const names = asked.length === 0 ? object.fields.map(({ name }) => name) : ['Id', ...asked];
  const fields = [...new Set(names.map((name) => fieldNamed(object, name) ?? name))];
  return { answer: json(200, shownFields(call, object, record, fields)) };
}

function create(call: Call, object: SObject): Handled {
  const supplied = suppliedFields(call, object);
  if ('refused' in supplied) return supplied;
  const missing = object.fields.filter(
    ({ name, required }) => required && (supplied.fields[name] ?? null) === null,
  );
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ');
    return bad('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names}]`);
  }
  const records = call.data(object.name);
  const now = new Date(call.nowMs).toISOString();
  const id = freshId(call, object);
  records.put(id, { Id: id, ...supplied.fields, CreatedDate: now, LastModifiedDate: now });
  return {
    answer: json(201, { id, success: true, errors: [] }),
    writes: [{ place: object.name, cells: cellsOf(supplied.fields) }],
  };
}

function change(call: Call, object: SObject, { key, record }: Stored): Handled {
  const supplied = suppliedFields(call, object);
  if ('refused' in supplied) return supplied;
  const LastModifiedDate = new Date(call.nowMs).toISOString();
  call.data(object.name).put(key, { ...record, ...supplied.fields, LastModifiedDate });
  return {
    answer: empty(204),
    writes: [{ place: `${object.name}/${key}`, cells: cellsOf(supplied.fields) }],
  };
}

function remove(call: Call, object: SObject, { key }: Stored): Handled {
  call.data(object.name).delete(key);
  return { answer: empty(204), writes: [{ place: `${object.name}/${key}`, cells: { deleted: 'true' } }] };
}

function describe(call: Call, object: SObject): Handled {
  const { name, label, keyPrefix, fields } = object;
  const url = `${basePath(call)}/sobjects/${name}`;
  return {
    answer: json(200, {
      name,
      label,
      keyPrefix,
      custom: name.endsWith('__c'),
      queryable: true,
      createable: true,
      updateable: true,
      deletable: true,
      fields: fields.map((field) => ({
        name: field.name,
        type: field.type,
        nillable: field.required !== true,
      })),
      urls: { sobject: url, describe: `${url}/describe`, rowTemplate: `${url}/{ID}` },
    }),
  };
}

type Supplied = { readonly fields: JsonObject } | Extract<Handled, { readonly refused: unknown }>;

function suppliedFields({ request }: Call, object: SObject): Supplied {
  const body = parseJsonObject(request.body);
  if (body === null) return bad('JSON_PARSER_ERROR', 'The body must be a JSON object.');
  const entries: [string, JsonObject[string]][] = [];
  for (const [name, value] of Object.entries(body)) {
    if (name === 'attributes') continue;
    const field = fieldNamed(object, name);
    if (field === null) return noSuchColumn(object, name);
    if (field === 'Id')
      return bad('INVALID_FIELD', 'The Id field should not be specified in the sobject data.');
    entries.push([field, value]);
  }
  return { fields: Object.fromEntries(entries) };
}

function freshId({ data, account }: Call, { name, keyPrefix }: SObject): string {
  const records = data(name);
  for (;;) {
    const id = recordId(keyPrefix, account.tenant, records.nextNumber());
    if (records.get(id) === null) return id;
  }
}

const noSuchColumn = (object: SObject, name: string) =>
  bad('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);

const bad = (code: string, detail: string) => ({ refused: 'bad-request', code, detail }) as const;
