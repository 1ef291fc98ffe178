// What the plain service offers: items, jobs that take their time, one route for administrators, introspection.

import { cellsOf } from '../../cells.ts';
import { json, parseForm, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';

const MINUTE = 60_000;
const ITEMS = '/v1/items';

/** The routes of the resource server. */
export const routes: readonly Route[] = [
  {
    id: 'me',
    method: 'GET',
    path: '/v1/me',
    needsOneOf: [],
    effect: 'read',
    handle: ({ account, scopes }) => ({
      answer: json(200, { id: account.id, tenant: account.tenant, scopes: [...scopes] }),
    }),
  },
  {
    id: 'items.list',
    method: 'GET',
    path: ITEMS,
    needsOneOf: ['read'],
    effect: 'read',
    handle: ({ data }) => ({ answer: json(200, { items: data('items').list() }) }),
  },
  {
    id: 'items.create',
    method: 'POST',
    path: ITEMS,
    needsOneOf: ['write'],
    effect: 'write',
    handle: (call) => createItem(call),
  },
  {
    id: 'items.read',
    method: 'GET',
    path: `${ITEMS}/{id}`,
    needsOneOf: ['read'],
    effect: 'read',
    handle: ({ data, params }) => found(data('items').get(params.id ?? '')),
  },
  {
    id: 'items.change',
    method: 'PATCH',
    path: `${ITEMS}/{id}`,
    needsOneOf: ['write'],
    effect: 'write',
    handle: (call) => changeItem(call),
  },
  {
    id: 'items.delete',
    method: 'DELETE',
    path: `${ITEMS}/{id}`,
    needsOneOf: ['write'],
    effect: 'write',
    handle: ({ data, params }) => {
      const id = params.id ?? '';
      if (!data('items').delete(id)) return { refused: 'not-found' };
      return {
        answer: { status: 204, headers: {}, body: '' },
        writes: [{ place: `items/${id}`, cells: { deleted: 'true' } }],
      };
    },
  },
  {
    id: 'jobs.create',
    method: 'POST',
    path: '/v1/jobs',
    needsOneOf: ['write'],
    effect: 'write',
    handle: ({ data, nowMs, request }) => {
      const jobs = data('jobs');
      const wanted = parseJsonObject(request.body)?.durationMs;
      const durationMs = typeof wanted === 'number' && wanted >= 0 ? wanted : 10 * MINUTE;
      const id = `job-${jobs.nextNumber()}`;
      jobs.put(id, { id, readyAtMs: nowMs + durationMs });
      return {
        answer: json(202, { id, status: 'running' }),
        writes: [{ place: 'jobs', cells: { durationMs: String(durationMs) } }],
      };
    },
  },
  {
    id: 'jobs.read',
    method: 'GET',
    path: '/v1/jobs/{id}',
    needsOneOf: ['read'],
    effect: 'read',
    handle: ({ data, params, nowMs }) => {
      const job = data('jobs').get(params.id ?? '');
      if (job === null) return { refused: 'not-found' };
      const status = nowMs >= Number(job.readyAtMs) ? 'done' : 'running';
      return { answer: json(200, { id: job.id ?? null, status }) };
    },
  },
  {
    id: 'admin',
    method: 'GET',
    path: '/v1/admin',
    needsOneOf: ['admin'],
    effect: 'read',
    handle: ({ account }) => ({ answer: json(200, { tenant: account.tenant, admin: true }) }),
  },
  {
    id: 'introspect',
    method: 'POST',
    path: '/oauth/introspect',
    auth: 'none',
    needsOneOf: [],
    effect: 'read',
    handle: (call) => introspect(call),
  },
];

function createItem({ data, request }: Call): Handled {
  const body = parseJsonObject(request.body);
  if (body === null) return { refused: 'bad-request', detail: 'The body must be a JSON object.' };
  const items = data('items');
  const id = typeof body.id === 'string' ? body.id : `item-${items.nextNumber()}`;
  const item = { ...body, id };
  items.put(id, item);
  return { answer: json(201, item), writes: [{ place: 'items', cells: cellsOf(body) }] };
}

function changeItem({ data, request, params }: Call): Handled {
  const body = parseJsonObject(request.body);
  if (body === null) return { refused: 'bad-request', detail: 'The body must be a JSON object.' };
  const id = params.id ?? '';
  const old = data('items').get(id);
  if (old === null) return { refused: 'not-found' };
  const item = { ...old, ...body, id };
  data('items').put(id, item);
  return { answer: json(200, item), writes: [{ place: `items/${id}`, cells: cellsOf(body) }] };
}

// RFC 7662: only clients may ask, and whatever does not live is not told apart.
function introspect({ request, tokens, origin }: Call): Handled {
  const refused = tokens.refusalOfClient(request);
  if (refused !== null) return { refused };
  const { token } = parseForm(request.body);
  if (token === undefined || token === '') return { refused: 'missing-parameter' };
  const view = tokens.find(token);
  if (view === null || !view.live) return { answer: json(200, { active: false }) };
  return {
    answer: json(200, {
      active: true,
      client_id: view.clientId,
      iss: origin,
      sub: view.account.id,
      scope: view.scopes.join(' '),
      ...(view.kind === 'access' ? { token_type: 'Bearer' } : {}),
      iat: Math.floor(view.issuedAtMs / 1000),
      ...(view.expiresAtMs === null ? {} : { exp: Math.floor(view.expiresAtMs / 1000) }),
    }),
  };
}

const found = (object: ReturnType<ReturnType<Call['data']>['get']>): Handled =>
  object === null ? { refused: 'not-found' } : { answer: json(200, object) };
