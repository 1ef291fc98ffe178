// What Airtable offers: who one is, which bases one sees, and the records of a table.

import { cellsOf } from '../../cells.ts';
import { isJsonObject, type JsonObject, json, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { baseIdOf, FIELDS, recordIdOf, TABLE, tableIdOf, userIdOf } from './base.ts';
import { counted } from './limit.ts';

const RECORDS = '/v0/{base}/{table}';
const RECORD = `${RECORDS}/{record}`;
const PAGE_MOST = 100;

const META_ROUTES: readonly Route[] = [
  {
    id: 'whoami',
    method: 'GET',
    path: '/v0/meta/whoami',
    needsOneOf: [],
    effect: 'read',
    handle: ({ account: { id, tenant }, scopes }) => ({
      answer: json(200, {
        id: userIdOf(id),
        scopes,
        ...(scopes.includes('user.email:read') ? { email: `${id}@${tenant}.example` } : {}),
      }),
    }),
  },
  {
    id: 'bases.list',
    method: 'GET',
    path: '/v0/meta/bases',
    needsOneOf: ['schema.bases:read'],
    effect: 'read',
    handle: ({ data }) => ({ answer: json(200, { bases: data('bases').list() }) }),
  },
];

const RECORD_ROUTES: readonly Route[] = [
  {
    id: 'records.list',
    method: 'GET',
    path: RECORDS,
    needsOneOf: ['data.records:read'],
    effect: 'read',
    handle: (call) => missingModel(call) ?? listRecords(call),
  },
  {
    id: 'records.create',
    method: 'POST',
    path: RECORDS,
    needsOneOf: ['data.records:write'],
    effect: 'write',
    handle: (call) => missingModel(call) ?? createRecord(call),
  },
  {
    id: 'records.read',
    method: 'GET',
    path: RECORD,
    needsOneOf: ['data.records:read'],
    effect: 'read',
    handle: (call) => withRecord(call, (record) => ({ answer: json(200, record) })),
  },
  {
    id: 'records.update',
    method: 'PATCH',
    path: RECORD,
    needsOneOf: ['data.records:write'],
    effect: 'write',
    handle: (call) => withRecord(call, (record) => updateRecord(call, record)),
  },
  {
    id: 'records.delete',
    method: 'DELETE',
    path: RECORD,
    needsOneOf: ['data.records:write'],
    effect: 'write',
    handle: (call) =>
      withRecord(call, ({ id }) => {
        call.data('records').delete(String(id));
        return {
          answer: json(200, { id: id ?? null, deleted: true }),
          writes: [{ place: `${TABLE}/${id}`, cells: { deleted: 'true' } }],
        };
      }),
  },
];

/** The routes; those of a base count towards its limit. */
export const ROUTES: readonly Route[] = [...META_ROUTES, ...RECORD_ROUTES.map(counted)];

// A base that the token cannot see, and one that there is not, are the same to Airtable; so are tables.
function missingModel({ params, account, heldElsewhere }: Call): Handled | null {
  const { base = '', table = '' } = params;
  if (base !== baseIdOf(account.tenant)) {
    return { refused: heldElsewhere('bases', base) ? 'other-tenant' : 'not-found' };
  }
  return table === TABLE || table === tableIdOf(account.tenant) ? null : { refused: 'not-found' };
}

function withRecord(call: Call, handle: (record: JsonObject) => Handled): Handled {
  const missing = missingModel(call);
  if (missing !== null) return missing;
  const record = call.data('records').get(call.params.record ?? '');
  return record === null ? { refused: 'not-found', code: 'record' } : handle(record);
}

function listRecords({ request, data }: Call): Handled {
  const { pageSize = String(PAGE_MOST), offset = '' } = request.query;
  const size = Number(pageSize);
  if (!Number.isInteger(size) || size < 1 || size > PAGE_MOST) {
    return invalid('INVALID_PAGE_SIZE', 'Invalid page size');
  }
  const all = data('records').list();
  const start = offset === '' ? 0 : all.findIndex(({ id }) => `itr/${id}` === offset);
  if (start < 0) return invalid('LIST_RECORDS_ITERATOR_NOT_AVAILABLE', 'The iterator is not available');
  const next = all[start + size];
  return {
    answer: json(200, {
      records: all.slice(start, start + size),
      ...(next === undefined ? {} : { offset: `itr/${next.id}` }),
    }),
  };
}

function createRecord(call: Call): Handled {
  const fields = suppliedFields(call);
  if ('refused' in fields) return fields;
  const records = call.data('records');
  const id = recordIdOf(call.account.tenant, records.nextNumber());
  const record = { id, createdTime: new Date(call.nowMs).toISOString(), fields: fields.supplied };
  records.put(id, record);
  return { answer: json(200, record), writes: [{ place: TABLE, cells: cellsOf(fields.supplied) }] };
}

function updateRecord(call: Call, record: JsonObject): Handled {
  const fields = suppliedFields(call);
  if ('refused' in fields) return fields;
  const before = isJsonObject(record.fields) ? record.fields : {};
  const changed = { ...record, fields: { ...before, ...fields.supplied } };
  call.data('records').put(String(record.id), changed);
  return {
    answer: json(200, changed),
    writes: [{ place: `${TABLE}/${record.id}`, cells: cellsOf(fields.supplied) }],
  };
}

function suppliedFields({
  request,
}: Call): { readonly supplied: JsonObject } | Extract<Handled, { refused: unknown }> {
  const supplied = parseJsonObject(request.body)?.fields;
  if (!isJsonObject(supplied)) {
    return invalid('INVALID_REQUEST_MISSING_FIELDS', 'Could not find field "fields" in the request body');
  }
  const unknown = Object.keys(supplied).find((name) => !FIELDS.includes(name));
  return unknown === undefined
    ? { supplied }
    : invalid('UNKNOWN_FIELD_NAME', `Unknown field name: "${unknown}"`);
}

const invalid = (code: string, detail: string) => ({ refused: 'bad-request', code, detail }) as const;
