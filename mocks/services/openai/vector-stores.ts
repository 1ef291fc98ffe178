// Vector stores, which a project keeps, and the list of projects, which only administrators see.

import { cellsOf } from '../../cells.ts';
import { parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { idOf, success } from './answers.ts';

const STORE = '/v1/vector_stores/{id}';
const READ = { needsOneOf: ['api.vector_stores.read', 'api.vector_stores.write'], effect: 'read' } as const;
const WRITE = { needsOneOf: ['api.vector_stores.write'], effect: 'write' } as const;

/** The routes of what a project keeps. */
export const STORE_ROUTES: readonly Route[] = [
  {
    id: 'vector-stores.list',
    method: 'GET',
    path: '/v1/vector_stores',
    ...READ,
    handle: (call) => {
      const data = call.data('vector_stores').list().toReversed();
      const [first, last] = [data[0]?.id ?? null, data.at(-1)?.id ?? null];
      return {
        answer: success(call, { object: 'list', data, first_id: first, last_id: last, has_more: false }),
      };
    },
  },
  { id: 'vector-stores.create', method: 'POST', path: '/v1/vector_stores', ...WRITE, handle: create },
  {
    id: 'vector-stores.read',
    method: 'GET',
    path: STORE,
    ...READ,
    handle: (call) => {
      const store = call.data('vector_stores').get(call.params.id ?? '');
      return store === null ? missing(call) : { answer: success(call, store) };
    },
  },
  {
    id: 'vector-stores.delete',
    method: 'DELETE',
    path: STORE,
    ...WRITE,
    handle: (call) => {
      const id = call.params.id ?? '';
      if (!call.data('vector_stores').delete(id)) return missing(call);
      return {
        answer: success(call, { id, object: 'vector_store.deleted', deleted: true }),
        writes: [{ place: `vector_stores/${id}`, cells: { deleted: 'true' } }],
      };
    },
  },
  {
    id: 'projects.list',
    method: 'GET',
    path: '/v1/organization/projects',
    needsOneOf: ['api.management.read'],
    effect: 'read',
    handle: (call) => ({
      answer: success(call, { object: 'list', data: call.data('projects').list(), has_more: false }),
    }),
  },
];

function create(call: Call): Handled {
  const body = parseJsonObject(call.request.body);
  if (body === null)
    return { refused: 'bad-request', detail: 'We could not parse the JSON body of your request.' };
  const store = {
    id: idOf('vs_', call),
    object: 'vector_store',
    created_at: Math.floor(call.nowMs / 1000),
    name: typeof body.name === 'string' ? body.name : null,
    status: 'completed',
    metadata: body.metadata ?? {},
  };
  call.data('vector_stores').put(store.id, store);
  return { answer: success(call, store), writes: [{ place: 'vector_stores', cells: cellsOf(body) }] };
}

// A store of another organization is not found, in the words of one that never was.
function missing({ params, heldElsewhere }: Call): Handled {
  const id = params.id ?? '';
  const refused = heldElsewhere('vector_stores', id) ? 'other-tenant' : 'not-found';
  return { refused, detail: `Vector store with id '${id}' not found.` };
}
