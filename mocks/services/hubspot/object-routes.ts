// The routes of CRM objects: list, search, create, read and change.

import { cellsOf } from '../../cells.ts';
import { isJsonObject, type JsonObject, json, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import {
  CONTACTS,
  compareIds,
  DEALS,
  find,
  idOf,
  type ObjectType,
  propertiesOf,
  reader,
  shown,
  visible,
} from './objects.ts';
import { freshObjectId } from './portal.ts';
import { fits, inOrder } from './search.ts';
import { parseSearch } from './search-request.ts';

const LIST_LIMIT_DEFAULT = 10;
const LIST_LIMIT_MOST = 100;

/** The routes of deals and contacts. */
export const OBJECT_ROUTES: readonly Route[] = [DEALS, CONTACTS].flatMap(routesOf);

function routesOf(type: ObjectType): Route[] {
  const path = `/crm/v3/objects/${type.name}`;
  const scope = `crm.objects.${type.name}`;
  // The write scope does not include the read scope.
  const reads = { needsOneOf: [`${scope}.read`], effect: 'read' } as const;
  const writes = { needsOneOf: [`${scope}.write`], effect: 'write' } as const;
  const id = (what: string) => `${type.name}.${what}`;
  return [
    { id: id('list'), method: 'GET', path, ...reads, handle: (call) => list(type, call) },
    {
      id: id('search'),
      method: 'POST',
      path: `${path}/search`,
      ...reads,
      handle: (call) => search(type, call),
    },
    { id: id('create'), method: 'POST', path, ...writes, handle: (call) => create(type, call) },
    { id: id('read'), method: 'GET', path: `${path}/{id}`, ...reads, handle: (call) => read(type, call) },
    {
      id: id('change'),
      method: 'PATCH',
      path: `${path}/{id}`,
      ...writes,
      handle: (call) => change(type, call),
    },
  ];
}

function list(type: ObjectType, call: Call): Handled {
  const { query } = call.request;
  const limit = Number(query.limit ?? LIST_LIMIT_DEFAULT);
  if (!Number.isInteger(limit) || limit < 1 || limit > LIST_LIMIT_MOST) {
    return { refused: 'bad-request', detail: `limit must be a whole number from 1 to ${LIST_LIMIT_MOST}` };
  }
  const objects = visible(type, call).toSorted((a, b) => compareIds(idOf(a), idOf(b)));
  const { after } = query;
  const rest =
    after === undefined ? objects : objects.filter((object) => compareIds(idOf(object), after) > 0);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const next = last === undefined || rest.length <= limit ? null : idOf(last);
  const results = page.map((object) => shown(type, object, propertiesAsked(call)));
  return { answer: json(200, { results, ...paging(call, next) }) };
}

function search(type: ObjectType, call: Call): Handled {
  if (!call.spend('search', 1).isPaid) return { refused: 'rate-limited', code: 'search' };
  const body = parseJsonObject(call.request.body);
  if (body === null) return { refused: 'bad-request', detail: 'Invalid input JSON' };
  const asked = parseSearch(body);
  if ('problem' in asked) return { refused: 'bad-request', detail: asked.problem };
  const found = visible(type, call).filter((object) => fits(asked, reader(object), type.searched));
  const end = asked.after + asked.limit;
  const page = inOrder(asked, found, reader).slice(asked.after, end);
  const results = page.map((object) => shown(type, object, asked.properties));
  const next = end < found.length ? String(end) : null;
  return { answer: json(200, { total: found.length, results, ...paging(call, next) }) };
}

function read(type: ObjectType, call: Call): Handled {
  const object = find(type, call);
  if (object === null) return { refused: 'not-found' };
  return { answer: json(200, shown(type, object, propertiesAsked(call))) };
}

function create(type: ObjectType, call: Call): Handled {
  const supplied = suppliedProperties(call);
  if (supplied === null) return { refused: 'bad-request', detail: 'properties must be an object' };
  const objects = call.data(type.name);
  const id = freshObjectId(call.account.tenant, objects);
  const now = new Date(call.nowMs).toISOString();
  const properties = { ...supplied, createdate: now, [type.changedAt]: now };
  objects.put(id, { id, properties });
  const answer = json(201, shown(type, { id, properties }, Object.keys(supplied)));
  return { answer, writes: [{ place: type.name, cells: cellsOf(supplied) }] };
}

function change(type: ObjectType, call: Call): Handled {
  const object = find(type, call);
  if (object === null) return { refused: 'not-found' };
  const supplied = suppliedProperties(call);
  if (supplied === null) return { refused: 'bad-request', detail: 'properties must be an object' };
  const id = idOf(object);
  const now = new Date(call.nowMs).toISOString();
  const changed = { ...object, properties: { ...propertiesOf(object), ...supplied, [type.changedAt]: now } };
  call.data(type.name).put(id, changed);
  const answer = json(200, shown(type, changed, Object.keys(supplied)));
  return { answer, writes: [{ place: `${type.name}/${id}`, cells: cellsOf(supplied) }] };
}

function suppliedProperties({ request }: Call): JsonObject | null {
  const properties = parseJsonObject(request.body)?.properties;
  return isJsonObject(properties) ? properties : null;
}

function propertiesAsked({ request }: Call): readonly string[] | null {
  const names = (request.query.properties ?? '').split(',').filter((name) => name !== '');
  return names.length === 0 ? null : names;
}

function paging({ request, origin }: Call, after: string | null): JsonObject {
  if (after === null) return {};
  const query = new URLSearchParams({ ...request.query, after });
  return { paging: { next: { after, link: `${origin}${request.path}?${query}` } } };
}
