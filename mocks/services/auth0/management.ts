// The Management API: users to read, find and change, and applications, which need a scope of their own.

import { cellsOf } from '../../cells.ts';
import { isJsonObject, type JsonObject, json, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';

const USERS = '/api/v2/users';
const USER = `${USERS}/{id}`;
const PAGE_MOST = 100;
const PAGE_USUAL = 50;
const CHANGEABLE = ['blocked', 'email', 'name', 'nickname', 'user_metadata', 'app_metadata'];

/** The routes. */
export const MANAGEMENT_ROUTES: readonly Route[] = [
  {
    id: 'users.list',
    method: 'GET',
    path: USERS,
    needsOneOf: ['read:users'],
    effect: 'read',
    handle: listUsers,
  },
  {
    id: 'users.read',
    method: 'GET',
    path: USER,
    needsOneOf: ['read:users'],
    effect: 'read',
    handle: (call) => withUser(call, (user) => ({ answer: json(200, user) })),
  },
  {
    id: 'users.update',
    method: 'PATCH',
    path: USER,
    needsOneOf: ['update:users'],
    effect: 'write',
    handle: (call) => withUser(call, (user) => updateUser(call, user)),
  },
  {
    id: 'clients.list',
    method: 'GET',
    path: '/api/v2/clients',
    needsOneOf: ['read:clients'],
    effect: 'read',
    handle: ({ data }) => ({ answer: json(200, data('clients').list()) }),
  },
];

function listUsers({ data, request }: Call): Handled {
  const { page = '0', per_page = String(PAGE_USUAL), include_totals } = request.query;
  const [number, size] = [Number(page), Number(per_page)];
  if (!Number.isInteger(number) || number < 0) return invalidQuery("'page' must be a whole number");
  if (!Number.isInteger(size) || size < 1 || size > PAGE_MOST) {
    return invalidQuery(`'per_page' must be from 1 to ${PAGE_MOST}`);
  }
  const all = data('users').list();
  const start = number * size;
  const users = all.slice(start, start + size);
  const told = { start, limit: size, length: users.length, total: all.length, users };
  return { answer: json(200, include_totals === 'true' ? told : users) };
}

// Metadata is merged at its first level; whatever else is named is replaced.
function updateUser({ data, request, nowMs }: Call, user: JsonObject): Handled {
  const supplied = parseJsonObject(request.body);
  if (supplied === null) return invalidBody('expected an object');
  const unknown = Object.keys(supplied).find((name) => !CHANGEABLE.includes(name));
  if (unknown !== undefined) return invalidBody(`additional property '${unknown}' is not allowed`);
  const merged = Object.entries(supplied).map(([name, value]) => {
    const before = user[name];
    const merges = name.endsWith('_metadata') && isJsonObject(value) && isJsonObject(before);
    return [name, merges ? { ...before, ...value } : value];
  });
  const changed = { ...user, ...Object.fromEntries(merged), updated_at: new Date(nowMs).toISOString() };
  data('users').put(String(user.user_id), changed);
  return {
    answer: json(200, changed),
    writes: [{ place: `users/${user.user_id}`, cells: cellsOf(supplied) }],
  };
}

function withUser(call: Call, handle: (user: JsonObject) => Handled): Handled {
  const id = call.params.id ?? '';
  const user = call.data('users').get(id);
  if (user !== null) return handle(user);
  return { refused: call.heldElsewhere('users', id) ? 'other-tenant' : 'not-found' };
}

const invalidBody = (detail: string): Handled => ({ refused: 'bad-request', code: 'invalid_body', detail });
const invalidQuery = (detail: string): Handled => ({
  refused: 'bad-request',
  code: 'invalid_query_string',
  detail,
});
