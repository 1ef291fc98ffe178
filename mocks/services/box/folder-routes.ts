// Folders: read, list, create.

import { cellsOf } from '../../cells.ts';
import { type JsonObject, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { shown } from './answers.ts';
import { itemIdOf } from './ids.ts';
import {
  childrenOf,
  find,
  missing,
  momentOf,
  parentIdOf,
  READS,
  refusalOfName,
  WRITES,
  withItem,
  wrong,
} from './items.ts';

const FOLDERS = '/2.0/folders';
const LIMIT = 100;
const LIMIT_MOST = 1000;

/** The routes. */
export const FOLDER_ROUTES: readonly Route[] = [
  { id: 'folders.create', method: 'POST', path: FOLDERS, ...WRITES, handle: create },
  {
    id: 'folders.read',
    method: 'GET',
    path: `${FOLDERS}/{id}`,
    ...READS,
    handle: withItem('folder', (call, folder) => {
      const entries = childrenOf(call, String(folder.id));
      const inside = { total_count: entries.length, entries };
      return { answer: shown(call, 200, { ...folder, item_collection: inside }) };
    }),
  },
  {
    id: 'folders.items',
    method: 'GET',
    path: `${FOLDERS}/{id}/items`,
    ...READS,
    handle: withItem('folder', listItems),
  },
];

function listItems(call: Call, folder: JsonObject): Handled {
  const limit = Number(call.request.query.limit ?? LIMIT);
  const offset = Number(call.request.query.offset ?? 0);
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT_MOST) {
    return wrong('invalid_limit', 'Limit is not a valid number');
  }
  if (!Number.isInteger(offset) || offset < 0) return wrong('invalid_offset', 'Offset is not a valid number');
  const all = childrenOf(call, String(folder.id));
  const entries = all.slice(offset, offset + limit);
  return { answer: shown(call, 200, { total_count: all.length, offset, limit, entries }) };
}

function create(call: Call): Handled {
  const supplied = parseJsonObject(call.request.body) ?? {};
  const { name } = supplied;
  if (typeof name !== 'string' || name === '') return wrong('bad_request', "'name' is required");
  const parentId = parentIdOf(supplied);
  if (parentId === '') return wrong('bad_request', "'parent' is required");
  if (find(call, 'folder', parentId) === null) return missing(call, parentId);
  const refusal = refusalOfName(call, parentId, name);
  if (refusal !== null) return refusal;
  const items = call.data('items');
  const id = itemIdOf(call.account.tenant, items.nextNumber());
  const parent = { type: 'folder', id: parentId };
  const now = momentOf(call);
  const folder = {
    ...{ id, type: 'folder', name, parent, etag: '0' },
    ...{ created_at: now, modified_at: now, item_status: 'active' },
  };
  items.put(id, folder);
  return {
    answer: shown(call, 201, folder),
    writes: [{ place: `folders/${parentId}`, cells: cellsOf({ name }) }],
  };
}
