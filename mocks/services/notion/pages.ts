// Pages and databases: search, query, read, create and change.

import { isJsonObject, type JsonObject, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { listOf, success } from './answers.ts';
import { find, shown, visible } from './objects.ts';
import { inFull, plainCells, plainOf } from './properties.ts';
import { answerQuery } from './query.ts';
import { botIdOf } from './workspace.ts';

const READ = { needsOneOf: ['read_content'], effect: 'read' } as const;
const INSERT = { needsOneOf: ['insert_content'], effect: 'write' } as const;
const UPDATE = { needsOneOf: ['update_content'], effect: 'write' } as const;

/** The routes of pages and databases. */
export const PAGE_ROUTES: readonly Route[] = [
  { id: 'search', method: 'POST', path: '/v1/search', ...READ, handle: search },
  { id: 'pages.read', method: 'GET', path: '/v1/pages/{id}', ...READ, handle: (call) => read('pages', call) },
  { id: 'pages.create', method: 'POST', path: '/v1/pages', ...INSERT, handle: create },
  { id: 'pages.change', method: 'PATCH', path: '/v1/pages/{id}', ...UPDATE, handle: change },
  {
    id: 'databases.read',
    method: 'GET',
    path: '/v1/databases/{id}',
    ...READ,
    handle: (call) => read('databases', call),
  },
  { id: 'databases.query', method: 'POST', path: '/v1/databases/{id}/query', ...READ, handle: queryDatabase },
  { id: 'data-sources.read', method: 'GET', path: '/v1/data_sources/{id}', ...READ, handle: readSource },
  {
    id: 'data-sources.query',
    method: 'POST',
    path: '/v1/data_sources/{id}/query',
    ...READ,
    handle: querySource,
  },
];

// A search tells only what is shared, and never that there is more.
function search(call: Call): Handled {
  const body = parseJsonObject(call.request.body) ?? {};
  const words = String(body.query ?? '').toLowerCase();
  const kind = isJsonObject(body.filter) ? body.filter.value : undefined;
  const objects = [...visible(call, 'pages'), ...visible(call, 'databases')].map(shown);
  const found = objects
    .filter(({ object }) => kind === undefined || object === kind)
    .filter((object) => titleOf(object).toLowerCase().includes(words));
  const answer = listOf(call, 'page_or_database', found, body);
  return answer === null ? wrongCursor : { answer };
}

function read(collection: 'pages' | 'databases', call: Call): Handled {
  const found = find(call, collection, call.params.id ?? '');
  return 'refused' in found ? found : { answer: success(call, shown(found.object)) };
}

function queryDatabase(call: Call): Handled {
  const found = find(call, 'databases', call.params.id ?? '');
  return 'refused' in found ? found : query(found.object, call);
}

function querySource(call: Call): Handled {
  const found = findSource(call, call.params.id ?? '');
  return 'refused' in found ? found : query(found.object, call);
}

function readSource(call: Call): Handled {
  const id = call.params.id ?? '';
  const found = findSource(call, id);
  if ('refused' in found) return found;
  const { data_sources: _sources, ...database } = shown(found.object);
  const parent = { type: 'database_id', database_id: database.id ?? null };
  const databaseParent = database.parent ?? null;
  return {
    answer: success(call, {
      ...database,
      object: 'data_source',
      id,
      parent,
      database_parent: databaseParent,
    }),
  };
}

// A data source is found by its database, which holds its rows.
function findSource(call: Call, id: string): ReturnType<typeof find> {
  const object = visible(call, 'databases').find(({ data_sources: sources }) =>
    JSON.stringify(sources ?? []).includes(`"${id}"`),
  );
  return object === undefined ? { refused: 'not-found', detail: `data_source with ID: ${id}` } : { object };
}

function query({ id }: JsonObject, call: Call): Handled {
  const body = parseJsonObject(call.request.body) ?? {};
  const rows = visible(call, 'pages').filter(
    ({ parent, archived }) => isJsonObject(parent) && parent.database_id === id && archived !== true,
  );
  const found = answerQuery(rows, body);
  if ('unmodelled' in found) return { refused: 'unmodelled', detail: found.unmodelled };
  const answer = listOf(call, 'page_or_data_source', found.map(shown), body);
  return answer === null ? wrongCursor : { answer };
}

function create(call: Call): Handled {
  const body = parseJsonObject(call.request.body);
  if (body === null) return notJson;
  const parent = isJsonObject(body.parent) ? parentOf(body.parent, call) : undefined;
  if (parent === undefined) return undefinedField('parent');
  if ('refused' in parent) return parent;
  if (!isJsonObject(body.properties)) return undefinedField('properties');
  const id = call.randomness.uuid('notion', 'page', call.key);
  const page = {
    object: 'page',
    id,
    parent: parent.object,
    archived: false,
    properties: inFull(body.properties),
    ...editedBy(call),
    created_time: momentOf(call),
  };
  call.data('pages').put(id, page);
  const place = parent.object.database_id ?? parent.object.page_id;
  const cells = plainCells(body.properties);
  return { answer: success(call, page), writes: [{ place: String(place), cells }] };
}

function change(call: Call): Handled {
  const found = find(call, 'pages', call.params.id ?? '');
  if ('refused' in found) return found;
  const body = parseJsonObject(call.request.body);
  if (body === null) return notJson;
  const written = isJsonObject(body.properties) ? body.properties : {};
  const old = found.object;
  const archived = body.archived ?? body.in_trash;
  const properties = { ...(isJsonObject(old.properties) ? old.properties : {}), ...inFull(written) };
  const page = { ...old, archived: archived ?? old.archived ?? false, properties, ...editedBy(call) };
  call.data('pages').put(String(old.id), page);
  const cells = {
    ...plainCells(written),
    ...(archived === undefined ? {} : { archived: String(archived) }),
  };
  return { answer: success(call, shown(page)), writes: [{ place: `pages/${String(old.id)}`, cells }] };
}

// The parent must be there, and shared, as much as the page itself.
function parentOf(parent: JsonObject, call: Call): ReturnType<typeof find> | undefined {
  if (typeof parent.page_id === 'string') {
    const found = find(call, 'pages', parent.page_id);
    return 'refused' in found ? found : { object: { type: 'page_id', page_id: found.object.id ?? '' } };
  }
  const source = parent.data_source_id;
  if (typeof source === 'string') {
    const found = findSource(call, source);
    if ('refused' in found) return found;
    const row = { type: 'data_source_id', data_source_id: source, database_id: found.object.id ?? '' };
    return { object: row };
  }
  if (typeof parent.database_id !== 'string') return undefined;
  const found = find(call, 'databases', parent.database_id);
  return 'refused' in found ? found : { object: { type: 'database_id', database_id: found.object.id ?? '' } };
}

function titleOf({ title, properties }: JsonObject): string {
  if (title !== undefined) return plainOf(title);
  const all = isJsonObject(properties) ? Object.values(properties) : [];
  return plainOf(all.find((property) => isJsonObject(property) && property.type === 'title') ?? null);
}

const momentOf = ({ nowMs }: Call) => new Date(nowMs).toISOString();

const editedBy = (call: Call) => ({
  last_edited_time: momentOf(call),
  last_edited_by: { object: 'user', id: botIdOf(call.account.tenant) },
});

const notJson: Handled = { refused: 'bad-request', code: 'invalid_json', detail: 'Error parsing JSON body.' };

const wrongCursor: Handled = {
  refused: 'bad-request',
  detail: 'The start_cursor provided is invalid',
};

const undefinedField = (name: string): Handled => ({
  refused: 'bad-request',
  detail: `body failed validation: body.${name} should be defined, instead was \`undefined\`.`,
});
