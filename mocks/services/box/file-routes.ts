// Files: read, rename, move, delete.

import { cellsOf } from '../../cells.ts';
import { type JsonObject, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { done, shown } from './answers.ts';
import {
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

const FILE = '/2.0/files/{id}';

/** The routes. */
export const FILE_ROUTES: readonly Route[] = [
  {
    id: 'files.read',
    method: 'GET',
    path: FILE,
    ...READS,
    handle: withItem('file', (call, file) => ({ answer: shown(call, 200, file) })),
  },
  { id: 'files.change', method: 'PUT', path: FILE, ...WRITES, handle: withItem('file', change) },
  {
    id: 'files.delete',
    method: 'DELETE',
    path: FILE,
    ...WRITES,
    handle: withItem('file', (call, { id }) => {
      call.data('items').delete(String(id));
      return { answer: done(call), writes: [{ place: `files/${id}`, cells: { deleted: 'true' } }] };
    }),
  },
];

// Whoever names the version that they read is told when it is no longer the newest.
function change(call: Call, file: JsonObject): Handled {
  const supplied = parseJsonObject(call.request.body);
  if (supplied === null) return wrong('bad_request', 'The body is no JSON object');
  const version = call.request.headers['if-match'];
  if (version !== undefined && version !== file.etag) {
    return wrong(
      'precondition_failed',
      'The resource has been modified. Please retrieve the resource again and retry',
    );
  }
  const name = supplied.name ?? file.name;
  if (typeof name !== 'string' || name === '') return wrong('item_name_invalid', 'Item name invalid');
  const parentId = parentIdOf(supplied.parent === undefined ? file : supplied);
  if (find(call, 'folder', parentId) === null) return missing(call, parentId);
  const moves = name !== file.name || parentId !== parentIdOf(file);
  const refusal = moves ? refusalOfName(call, parentId, name) : null;
  if (refusal !== null) return refusal;
  const changed = {
    ...file,
    ...supplied,
    ...{ id: file.id ?? null, type: 'file', name, parent: { type: 'folder', id: parentId } },
    ...{ etag: String(Number(file.etag) + 1), modified_at: momentOf(call) },
  };
  call.data('items').put(String(file.id), changed);
  return {
    answer: shown(call, 200, changed),
    writes: [{ place: `files/${file.id}`, cells: cellsOf(supplied) }],
  };
}
