// The organisations that are connected to the app. To take a connection away leaves the tokens alive, and useless.

import { empty, json } from '../../http.ts';
import type { Route } from '../../service.ts';

/** The routes. */
export const CONNECTION_ROUTES: readonly Route[] = [
  {
    id: 'connections.list',
    method: 'GET',
    path: '/connections',
    needsOneOf: [],
    effect: 'read',
    handle: ({ data }) => ({ answer: json(200, data('connections').list()) }),
  },
  {
    id: 'connections.delete',
    method: 'DELETE',
    path: '/connections/{id}',
    needsOneOf: [],
    effect: 'write',
    handle: ({ data, params }) => {
      const { id = '' } = params;
      if (!data('connections').delete(id)) return { refused: 'not-found' };
      return { answer: empty(204), writes: [{ place: `connections/${id}`, cells: { deleted: 'true' } }] };
    },
  },
];
