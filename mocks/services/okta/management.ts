// The management API: users to read, find and change, and groups, which need a scope of their own.

import { cellsOf } from '../../cells.ts';
import { isJsonObject, type JsonObject, json, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { userIdOf } from './ids.ts';

const READ = ['okta.users.read', 'okta.users.manage'];
const USER = '/api/v1/users/{user}';
const LIMIT_USUAL = 200;

/** The routes. */
export const MANAGEMENT_ROUTES: readonly Route[] = [
  {
    id: 'users.list',
    method: 'GET',
    path: '/api/v1/users',
    needsOneOf: READ,
    effect: 'read',
    handle: listUsers,
  },
  {
    id: 'users.read',
    method: 'GET',
    path: USER,
    needsOneOf: READ,
    effect: 'read',
    handle: (call) => withUser(call, (user) => ({ answer: json(200, user) })),
  },
  {
    id: 'users.update',
    method: 'POST',
    path: USER,
    needsOneOf: ['okta.users.manage'],
    effect: 'write',
    handle: (call) => withUser(call, (user) => updateUser(call, user)),
  },
  {
    id: 'groups.list',
    method: 'GET',
    path: '/api/v1/groups',
    needsOneOf: ['okta.groups.read', 'okta.groups.manage'],
    effect: 'read',
    handle: ({ data }) => ({ answer: json(200, data('groups').list()) }),
  },
];

// The next page is named in a header, by the id of the last object of this one.
function listUsers({ data, request, origin }: Call): Handled {
  const { limit = String(LIMIT_USUAL), after, q = '' } = request.query;
  const size = Number(limit);
  if (!Number.isInteger(size) || size < 1 || size > LIMIT_USUAL) {
    return { refused: 'bad-request', detail: 'limit' };
  }
  const found = data('users')
    .list()
    .filter((user) =>
      JSON.stringify(user.profile ?? {})
        .toLowerCase()
        .includes(q.toLowerCase()),
    );
  const from = after === undefined ? 0 : found.findIndex(({ id }) => id === after) + 1;
  const page = found.slice(from, from + size);
  const last = page.at(-1)?.id;
  const more = from + size < found.length && typeof last === 'string';
  const next = `<${origin}/api/v1/users?after=${last}&limit=${size}>; rel="next"`;
  return { answer: json(200, page, more ? { link: next } : {}) };
}

// A partial update: what is not named stays.
function updateUser({ data, request, nowMs }: Call, user: JsonObject): Handled {
  const body = parseJsonObject(request.body);
  if (body === null) return { refused: 'bad-request', code: 'malformed' };
  if (!isJsonObject(body.profile)) return { refused: 'bad-request', detail: 'profile' };
  const before = isJsonObject(user.profile) ? user.profile : {};
  const changed = {
    ...user,
    lastUpdated: new Date(nowMs).toISOString(),
    profile: { ...before, ...body.profile },
  };
  data('users').put(String(user.id), changed);
  return {
    answer: json(200, changed),
    writes: [{ place: `users/${user.id}`, cells: cellsOf(body.profile) }],
  };
}

function withUser(call: Call, handle: (user: JsonObject) => Handled): Handled {
  const { user: named = '' } = call.params;
  const id = named === 'me' ? userIdOf(call.account.tenant, 1) : named;
  const user =
    call.data('users').get(id) ??
    call
      .data('users')
      .list()
      .find((one) => loginIn(one) === named);
  if (user !== undefined) return handle(user);
  return { refused: call.heldElsewhere('users', id) ? 'other-tenant' : 'not-found', detail: named };
}

const loginIn = ({ profile }: JsonObject) => (isJsonObject(profile) ? profile.login : null);
