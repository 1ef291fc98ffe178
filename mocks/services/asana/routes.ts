// What Asana offers: tasks and projects, everything in an envelope named `data`.

import { cellsOf } from '../../cells.ts';
import { base64url, textFromBase64 } from '../../encoding.ts';
import { isJsonObject, type Json, type JsonObject, json, parseJsonObject } from '../../http.ts';
import { once } from '../../once.ts';
import type { AccountIdentity, Call, Handled, Route } from '../../service.ts';
import { gidOf } from './seed.ts';

const API = '/api/1.0';
const LIMIT_MOST = 100;

const reads = (resource: string) =>
  ({ method: 'GET', needsOneOf: [`${resource}:read`, 'default'], effect: 'read' }) as const;
const writes = (resource: string) =>
  ({ needsOneOf: [`${resource}:write`, 'default'], effect: 'write' }) as const;

/** The routes. */
export const ROUTES: readonly Route[] = [
  { id: 'users.me', path: `${API}/users/me`, ...reads('users'), handle: readMe },
  {
    id: 'projects.list',
    path: `${API}/projects`,
    ...reads('projects'),
    handle: (call) => page(call, call.data('projects').list().map(compact('project'))),
  },
  { id: 'tasks.list', path: `${API}/tasks`, ...reads('tasks'), handle: (call) => listTasks(call, null) },
  {
    id: 'projects.tasks',
    path: `${API}/projects/{gid}/tasks`,
    ...reads('tasks'),
    handle: (call) => withObject(call, 'projects', 'project', ({ gid }) => listTasks(call, String(gid))),
  },
  {
    id: 'tasks.read',
    path: `${API}/tasks/{gid}`,
    ...reads('tasks'),
    handle: (call) => withTask(call, (task) => envelope(200, shown(task))),
  },
  { id: 'tasks.create', method: 'POST', path: `${API}/tasks`, ...writes('tasks'), handle: createTask },
  {
    id: 'tasks.change',
    method: 'PUT',
    path: `${API}/tasks/{gid}`,
    ...writes('tasks'),
    handle: (call) => withTask(call, (task) => changeTask(call, task)),
  },
  {
    id: 'goals.list',
    path: `${API}/goals`,
    ...reads('goals'),
    handle: (call) => page(call, call.data('goals').list()),
  },
];

/** The user who gave an account its grant. */
export const userOf = once(({ id, tenant }: AccountIdentity) => ({
  gid: gidOf('user', id, 1),
  name: id,
  email: `${id}@${tenant}.example`,
}));

function readMe({ account }: Call): Handled {
  const workspace = {
    gid: gidOf('workspace', account.tenant, 1),
    resource_type: 'workspace',
    name: account.tenant,
  };
  return envelope(200, { ...userOf(account), resource_type: 'user', workspaces: [workspace] });
}

function listTasks(call: Call, project: string | null): Handled {
  const wanted = project ?? call.request.query.project ?? null;
  const found = call
    .data('tasks')
    .list()
    .filter(({ projects }) => wanted === null || (Array.isArray(projects) && projects.includes(wanted)));
  return page(call, found.map(compact('task')));
}

function createTask(call: Call): Handled {
  const supplied = suppliedData(call);
  if (supplied === null) return malformed('Could not parse request data, invalid JSON or no `data` in it.');
  if (typeof supplied.name !== 'string') return malformed('name: Missing input');
  const tasks = call.data('tasks');
  const gid = gidOf('task', call.account.tenant, tasks.nextNumber());
  const now = new Date(call.nowMs).toISOString();
  const task = {
    notes: '',
    completed: false,
    projects: [],
    ...supplied,
    gid,
    created_at: now,
    modified_at: now,
  };
  tasks.put(gid, task);
  return { ...envelope(201, shown(task)), writes: [{ place: 'tasks', cells: cellsOf(supplied) }] };
}

function changeTask(call: Call, task: JsonObject): Handled {
  const supplied = suppliedData(call);
  if (supplied === null) return malformed('Could not parse request data, invalid JSON or no `data` in it.');
  const gid = String(task.gid);
  const changed = { ...task, ...supplied, gid, modified_at: new Date(call.nowMs).toISOString() };
  call.data('tasks').put(gid, changed);
  return { ...envelope(200, shown(changed)), writes: [{ place: `tasks/${gid}`, cells: cellsOf(supplied) }] };
}

const withTask = (call: Call, handle: (task: JsonObject) => Handled): Handled =>
  withObject(call, 'tasks', 'task', handle);

function withObject(
  call: Call,
  collection: string,
  what: string,
  handle: (object: JsonObject) => Handled,
): Handled {
  const gid = call.params.gid ?? '';
  const object = call.data(collection).get(gid);
  if (object !== null) return handle(object);
  if (!/^\d+$/.test(gid)) return malformed(`${what}: Not a recognized ID: ${gid}`);
  return call.heldElsewhere(collection, gid)
    ? { refused: 'other-tenant' }
    : { refused: 'not-found', detail: gid };
}

function page(call: Call, all: readonly JsonObject[]): Handled {
  const { query, path } = call.request;
  const limit = Number(query.limit ?? LIMIT_MOST);
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT_MOST) {
    return malformed(`limit: Must be between 1 and ${LIMIT_MOST}`);
  }
  const from = query.offset === undefined ? 0 : fromOffset(query.offset);
  if (from === null) return malformed('offset: Your pagination token is invalid.');
  const offset = base64url(`from:${from + limit}`);
  const next = {
    offset,
    path: `${path.slice(API.length)}?${new URLSearchParams({ ...query, offset })}`,
    uri: `${call.origin}${path}?${new URLSearchParams({ ...query, offset })}`,
  };
  const data = all.slice(from, from + limit);
  // A page without an asked limit comes without a word of more pages.
  const more = query.limit === undefined ? {} : { next_page: from + limit < all.length ? next : null };
  return { answer: json(200, { data, ...more }) };
}

function fromOffset(offset: string): number | null {
  const match = /^from:(\d+)$/.exec(textFromBase64(offset));
  return match === null ? null : Number(match[1]);
}

function suppliedData({ request }: Call): JsonObject | null {
  const data = parseJsonObject(request.body)?.data;
  return isJsonObject(data) ? data : null;
}

const compact =
  (type: string) =>
  ({ gid, name }: JsonObject): JsonObject => ({ gid: gid ?? null, name: name ?? null, resource_type: type });

const shown = ({ projects, ...task }: JsonObject): JsonObject => ({
  ...task,
  resource_type: 'task',
  projects: (Array.isArray(projects) ? projects : []).map((gid: Json) => ({ gid, resource_type: 'project' })),
});

const envelope = (status: number, data: JsonObject) => ({ answer: json(status, { data }) });
const malformed = (detail: string): Handled => ({ refused: 'bad-request', detail });
