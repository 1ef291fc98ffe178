// Customers: list, create, read, change and delete.

import { cellsOf } from '../../cells.ts';
import { isJsonObject, type JsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { idOf, success } from './answers.ts';
import { idempotent } from './idempotency.ts';
import { parseParams } from './params.ts';

const ALL = '/v1/customers';
const ONE = `${ALL}/{id}`;
const READ = { needsOneOf: ['customer_read', 'customer_write'], effect: 'read' } as const;
const WRITE = { needsOneOf: ['customer_write'], effect: 'write' } as const;
const WRITABLE = ['name', 'email', 'description', 'phone', 'metadata'] as const;
const LIMIT_DEFAULT = 10;
const LIMIT_MOST = 100;

/** The routes of customers. */
export const CUSTOMER_ROUTES: readonly Route[] = [
  { id: 'customers.list', method: 'GET', path: ALL, ...READ, handle: list },
  idempotent({ id: 'customers.create', method: 'POST', path: ALL, ...WRITE, handle: create }),
  { id: 'customers.read', method: 'GET', path: ONE, ...READ, handle: read },
  idempotent({ id: 'customers.change', method: 'POST', path: ONE, ...WRITE, handle: change }),
  { id: 'customers.delete', method: 'DELETE', path: ONE, ...WRITE, handle: remove },
];

/** A list in pages, the newest first, that goes on after the object named by `starting_after`. */
export function listOf(call: Call, all: readonly JsonObject[]): Handled {
  const { limit = String(LIMIT_DEFAULT), starting_after: after } = call.request.query;
  const count = Number(limit);
  if (!Number.isInteger(count) || count < 1 || count > LIMIT_MOST) {
    return {
      refused: 'bad-request',
      code: 'parameter_invalid_integer',
      detail: `Invalid limit: must be between 1 and ${LIMIT_MOST}`,
    };
  }
  const newest = all.toReversed();
  const start = after === undefined ? 0 : newest.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && start === 0)
    return { refused: 'not-found', detail: `No such object: '${after}'` };
  const data = newest.slice(start, start + count);
  const more = start + count < newest.length;
  return { answer: success(call, { object: 'list', url: call.request.path, has_more: more, data }) };
}

function list(call: Call): Handled {
  const { email } = call.request.query;
  const customers = call.data('customers').list();
  return listOf(
    call,
    customers.filter((customer) => email === undefined || customer.email === email),
  );
}

function read(call: Call): Handled {
  const customer = call.data('customers').get(call.params.id ?? '');
  return customer === null ? missing(call) : { answer: success(call, customer) };
}

function create(call: Call): Handled {
  const supplied = suppliedIn(call);
  if ('refused' in supplied) return supplied;
  const { params } = supplied;
  const customer = {
    id: idOf('cus', call),
    object: 'customer',
    created: Math.floor(call.nowMs / 1000),
    name: null,
    email: null,
    description: null,
    livemode: false,
    metadata: {},
    ...params,
  };
  call.data('customers').put(customer.id, customer);
  return { answer: success(call, customer), writes: [{ place: 'customers', cells: cellsOf(params) }] };
}

// What metadata does not name stays as it was, and an empty value takes a name out.
function change(call: Call): Handled {
  const old = call.data('customers').get(call.params.id ?? '');
  if (old === null) return missing(call);
  const supplied = suppliedIn(call);
  if ('refused' in supplied) return supplied;
  const { params } = supplied;
  const merged = { ...objectIn(old.metadata), ...objectIn(params.metadata) };
  const metadata = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''));
  const id = String(old.id);
  const customer = { ...old, ...params, metadata };
  call.data('customers').put(id, customer);
  return { answer: success(call, customer), writes: [{ place: `customers/${id}`, cells: cellsOf(params) }] };
}

function remove(call: Call): Handled {
  const id = call.params.id ?? '';
  if (!call.data('customers').delete(id)) return missing(call);
  return {
    answer: success(call, { id, object: 'customer', deleted: true }),
    writes: [{ place: `customers/${id}`, cells: { deleted: 'true' } }],
  };
}

function suppliedIn({
  request,
}: Call): { readonly params: JsonObject } | Extract<Handled, { refused: unknown }> {
  const params = parseParams(request.body);
  const unknown = Object.keys(params).find((name) => !WRITABLE.some((known) => known === name));
  if (unknown === undefined) return { params };
  return {
    refused: 'bad-request',
    code: 'parameter_unknown',
    detail: `Received unknown parameter: ${unknown}`,
  };
}

// A customer of another account is not there, in the words of one that never was.
function missing({ params, heldElsewhere }: Call): Handled {
  const id = params.id ?? '';
  const refused = heldElsewhere('customers', id) ? 'other-tenant' : 'not-found';
  return { refused, detail: `No such customer: '${id}'` };
}

const objectIn = (value: JsonObject[string] | undefined): JsonObject => (isJsonObject(value) ? value : {});
