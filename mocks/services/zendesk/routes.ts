// What Zendesk offers: tickets, organizations, who one is, and the token that one carries.

import { cellsOf } from '../../cells.ts';
import { empty, isJsonObject, type JsonObject, json, parseJsonObject } from '../../http.ts';
import { bearer } from '../../presented-token.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { recordIdOf } from './seed.ts';

const API = '/api/v2';
const PER_PAGE_MOST = 100;

const reads = (resource: string) => ({ needsOneOf: [`${resource}:read`, 'read'], effect: 'read' }) as const;
const writes = (resource: string) =>
  ({ needsOneOf: [`${resource}:write`, 'write'], effect: 'write' }) as const;
const ANY_TOKEN = { needsOneOf: [], effect: 'read' } as const;

/** The routes; each answers with and without `.json` at its end. */
export const ROUTES: readonly Route[] = (
  [
    { id: 'users.me', method: 'GET', path: `${API}/users/me`, ...ANY_TOKEN, handle: readMe },
    { id: 'tickets.list', method: 'GET', path: `${API}/tickets`, ...reads('tickets'), handle: listTickets },
    {
      id: 'tickets.create',
      method: 'POST',
      path: `${API}/tickets`,
      ...writes('tickets'),
      handle: createTicket,
    },
    {
      id: 'tickets.read',
      method: 'GET',
      path: `${API}/tickets/{id}`,
      ...reads('tickets'),
      handle: readTicket,
    },
    {
      id: 'tickets.change',
      method: 'PUT',
      path: `${API}/tickets/{id}`,
      ...writes('tickets'),
      handle: changeTicket,
    },
    {
      id: 'organizations.list',
      method: 'GET',
      path: `${API}/organizations`,
      ...reads('organizations'),
      handle: ({ data }) => ({ answer: json(200, { organizations: data('organizations').list() }) }),
    },
    {
      id: 'tokens.current',
      method: 'GET',
      path: `${API}/oauth/tokens/current`,
      ...ANY_TOKEN,
      handle: readCurrentToken,
    },
    {
      id: 'tokens.current.delete',
      method: 'DELETE',
      path: `${API}/oauth/tokens/current`,
      ...ANY_TOKEN,
      effect: 'write',
      handle: ({ tokens, request }) => {
        tokens.revoke(bearer(request) ?? '');
        return { answer: empty(204) };
      },
    },
  ] satisfies readonly Route[]
).flatMap((route) => [{ ...route, id: `${route.id}.json`, path: `${route.path}.json` }, route]);

function readMe({ account, origin }: Call): Handled {
  const id = recordIdOf('user', account.tenant, 1);
  const user = {
    id,
    url: `${origin}${API}/users/${id}.json`,
    name: account.id,
    email: `${account.id}@${account.tenant}.example`,
    role: 'admin',
    active: true,
  };
  return { answer: json(200, { user }) };
}

function listTickets(call: Call): Handled {
  const { query } = call.request;
  const [page, size] = [Number(query.page ?? 1), Number(query.per_page ?? PER_PAGE_MOST)];
  if (!Number.isInteger(page) || page < 1) return blank('page', 'page must be a whole number from 1 on');
  if (!Number.isInteger(size) || size < 1 || size > PER_PAGE_MOST) {
    return blank('per_page', `per_page must be a whole number from 1 to ${PER_PAGE_MOST}`);
  }
  const all = call.data('tickets').list();
  const link = (wanted: number) =>
    `${call.origin}${API}/tickets.json?${new URLSearchParams({ ...query, page: String(wanted) })}`;
  return {
    answer: json(200, {
      tickets: all.slice((page - 1) * size, page * size).map((ticket) => shown(call, ticket)),
      next_page: page * size < all.length ? link(page + 1) : null,
      previous_page: page > 1 ? link(page - 1) : null,
      count: all.length,
    }),
  };
}

function readTicket(call: Call): Handled {
  return withTicket(call, (ticket) => ({ answer: json(200, { ticket: shown(call, ticket) }) }));
}

function createTicket(call: Call): Handled {
  const supplied = suppliedTicket(call);
  if (supplied === null) return { refused: 'bad-request' };
  const comment = isJsonObject(supplied.comment) ? supplied.comment.body : supplied.description;
  if (typeof comment !== 'string' || comment === '') {
    return blank('comment', 'Comment: cannot be blank');
  }
  const tickets = call.data('tickets');
  const id = recordIdOf('ticket', call.account.tenant, tickets.nextNumber());
  const now = secondsOf(call.nowMs);
  const { comment: _comment, ...fields } = supplied;
  const ticket = {
    id,
    subject: null,
    priority: null,
    status: 'new',
    requester_id: recordIdOf('user', call.account.tenant, 1),
    ...fields,
    description: comment,
    created_at: now,
    updated_at: now,
  };
  tickets.put(String(id), ticket);
  return {
    answer: json(201, { ticket: shown(call, ticket) }),
    writes: [{ place: 'tickets', cells: cellsOf(supplied) }],
  };
}

function changeTicket(call: Call): Handled {
  return withTicket(call, (ticket) => {
    const supplied = suppliedTicket(call);
    if (supplied === null) return { refused: 'bad-request' };
    const { comment: _comment, ...fields } = supplied;
    const changed = { ...ticket, ...fields, id: ticket.id ?? null, updated_at: secondsOf(call.nowMs) };
    call.data('tickets').put(String(ticket.id), changed);
    return {
      answer: json(200, { ticket: shown(call, changed) }),
      writes: [{ place: `tickets/${ticket.id}`, cells: cellsOf(supplied) }],
    };
  });
}

function readCurrentToken({ request, tokens, nowMs }: Call): Handled {
  const view = tokens.find(bearer(request) ?? '');
  if (view === null) return { refused: 'not-found' };
  const { scopes, issuedAtMs, expiresAtMs } = view;
  const token = {
    scopes: [...scopes],
    created_at: secondsOf(issuedAtMs),
    expires_at: expiresAtMs === null ? null : secondsOf(expiresAtMs),
    used_at: secondsOf(nowMs),
  };
  return { answer: json(200, { token }) };
}

function withTicket(call: Call, handle: (ticket: JsonObject) => Handled): Handled {
  const id = call.params.id ?? '';
  const ticket = call.data('tickets').get(id);
  if (ticket !== null) return handle(ticket);
  return { refused: call.heldElsewhere('tickets', id) ? 'other-tenant' : 'not-found' };
}

function suppliedTicket({ request }: Call): JsonObject | null {
  const ticket = parseJsonObject(request.body)?.ticket;
  return isJsonObject(ticket) ? ticket : null;
}

const shown = ({ origin }: Call, ticket: JsonObject): JsonObject => ({
  url: `${origin}${API}/tickets/${ticket.id}.json`,
  ...ticket,
});

const blank = (field: string, detail: string): Handled => ({ refused: 'bad-request', code: field, detail });

const secondsOf = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
