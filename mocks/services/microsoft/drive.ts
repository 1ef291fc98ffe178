// The user's files in Graph: one folder, to list, to read from and to upload to.

import { bytesOf } from '../../encoding.ts';
import { type JsonObject, json } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { driveIdOf, objectIdOf, userNameOf } from './ids.ts';
import { pageOf } from './pages.ts';

const READ = ['Files.Read', 'Files.ReadWrite', 'Files.Read.All', 'Files.ReadWrite.All'];
const USUAL_PAGE = 200;

/** The routes. */
export const DRIVE: readonly Route[] = [
  {
    id: 'drive.read',
    method: 'GET',
    path: '/v1.0/me/drive',
    needsOneOf: READ,
    effect: 'read',
    handle: ({ account }) => ({
      answer: json(200, {
        id: driveIdOf(account.tenant),
        driveType: 'business',
        owner: { user: { displayName: account.id, email: userNameOf(account) } },
      }),
    }),
  },
  {
    id: 'drive.children',
    method: 'GET',
    path: '/v1.0/me/drive/root/children',
    needsOneOf: READ,
    effect: 'read',
    handle: (call) => pageOf(call, 'me/drive/root/children', call.data('items').list(), USUAL_PAGE),
  },
  {
    id: 'drive.item',
    method: 'GET',
    path: '/v1.0/me/drive/items/{id}',
    needsOneOf: READ,
    effect: 'read',
    handle: readItem,
  },
  {
    id: 'drive.upload',
    method: 'PUT',
    path: '/v1.0/me/drive/root:/{name}:/content',
    needsOneOf: ['Files.ReadWrite', 'Files.ReadWrite.All'],
    effect: 'write',
    handle: upload,
  },
];

function readItem(call: Call): Handled {
  const id = call.params.id ?? '';
  const item = call.data('items').get(id);
  if (item !== null) return { answer: json(200, item) };
  return { refused: call.heldElsewhere('items', id) ? 'other-tenant' : 'not-found', detail: id };
}

// A second upload of the same name replaces the first.
function upload({ data, params, request, account, nowMs }: Call): Handled {
  const name = params.name ?? '';
  const items = data('items');
  const before = items.list().find((item) => item.name === name);
  const now = `${new Date(nowMs).toISOString().slice(0, 19)}Z`;
  const id = before?.id ?? objectIdOf(account.tenant, 'item', items.nextNumber());
  const item: JsonObject = {
    id,
    name,
    size: bytesOf(request.body).length,
    createdDateTime: before?.createdDateTime ?? now,
    lastModifiedDateTime: now,
    file: { mimeType: request.headers['content-type'] ?? 'application/octet-stream' },
  };
  items.put(String(id), item);
  return {
    answer: json(before === undefined ? 201 : 200, item),
    writes: [{ place: `items/${name}`, cells: { content: request.body } }],
  };
}
