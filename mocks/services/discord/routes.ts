// What Discord offers to a user's token: who one is, where one is a member, what one linked, what apps say of one.

import { cellsOf } from '../../cells.ts';
import { type JsonObject, json, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { applicationIdOf, userIdOf } from './ids.ts';
import { JOIN } from './join.ts';

const ROLE_CONNECTION = '/users/@me/applications/{application}/role-connection';
const PAGE_MOST = 200;

const ROUTES_OF_A_VERSION: readonly Route[] = [
  {
    id: 'users.me',
    method: 'GET',
    path: '/users/@me',
    needsOneOf: ['identify'],
    effect: 'read',
    handle: ({ account, scopes }) => ({
      answer: json(200, {
        ...userShown(account.id),
        mfa_enabled: false,
        locale: 'en-US',
        ...(scopes.includes('email') ? { email: `${account.id}@${account.tenant}.example` } : {}),
      }),
    }),
  },
  {
    id: 'guilds.list',
    method: 'GET',
    path: '/users/@me/guilds',
    needsOneOf: ['guilds'],
    effect: 'read',
    handle: listGuilds,
  },
  {
    id: 'guilds.member',
    method: 'GET',
    path: '/users/@me/guilds/{guild}/member',
    needsOneOf: ['guilds.members.read'],
    effect: 'read',
    handle: readMembership,
  },
  {
    id: 'connections.list',
    method: 'GET',
    path: '/users/@me/connections',
    needsOneOf: ['connections'],
    effect: 'read',
    handle: ({ data }) => ({ answer: json(200, data('connections').list()) }),
  },
  {
    id: 'roleConnection.read',
    method: 'GET',
    path: ROLE_CONNECTION,
    needsOneOf: ['role_connections.write'],
    effect: 'read',
    handle: (call) => ({ answer: json(200, roleConnectionOf(call)) }),
  },
  {
    id: 'roleConnection.update',
    method: 'PUT',
    path: ROLE_CONNECTION,
    needsOneOf: ['role_connections.write'],
    effect: 'write',
    handle: updateRoleConnection,
  },
  {
    id: 'authorization.read',
    method: 'GET',
    path: '/oauth2/@me',
    needsOneOf: [],
    effect: 'read',
    handle: readAuthorization,
  },
  JOIN,
];

const under = (prefix: string, suffix: string) =>
  ROUTES_OF_A_VERSION.map((route) => ({
    ...route,
    id: `${route.id}${suffix}`,
    path: `${prefix}${route.path}`,
  }));

/** The routes, under any version and under none. */
export const ROUTES: readonly Route[] = [...under('/api/{version}', ''), ...under('/api', '.unversioned')];

function listGuilds({ request, data }: Call): Handled {
  const { limit = String(PAGE_MOST), after = '0' } = request.query;
  const size = Number(limit);
  if (!Number.isInteger(size) || size < 1 || size > PAGE_MOST) {
    return {
      refused: 'bad-request',
      code: 'limit',
      detail: `int value should be between 1 and ${PAGE_MOST}.`,
    };
  }
  if (!/^\d+$/.test(after)) {
    return { refused: 'bad-request', code: 'after', detail: `Value "${after}" is not snowflake.` };
  }
  const guilds = data('guilds')
    .list()
    .toSorted((a, b) => compareIds(String(a.id), String(b.id)));
  const page = guilds.filter(({ id }) => compareIds(String(id), after) > 0).slice(0, size);
  return { answer: json(200, page) };
}

function readMembership({ params, data, account, heldElsewhere }: Call): Handled {
  const { guild = '' } = params;
  const membership = data('memberships').get(guild);
  if (membership === null) {
    return { refused: heldElsewhere('memberships', guild) ? 'other-tenant' : 'not-found' };
  }
  const { id: _guild, ...member } = membership;
  return { answer: json(200, { ...member, user: userShown(account.id) }) };
}

const NO_ROLE_CONNECTION: JsonObject = { platform_name: null, platform_username: null, metadata: {} };

function roleConnectionOf({ params, account, data }: Call): JsonObject {
  const key = `${account.id} ${params.application}`;
  const { id: _key, ...connection } = data('roleConnections').get(key) ?? NO_ROLE_CONNECTION;
  return connection;
}

function updateRoleConnection(call: Call): Handled {
  const { request, params, account, data } = call;
  const supplied = parseJsonObject(request.body);
  if (supplied === null) {
    return { refused: 'bad-request', code: '_json', detail: 'The request body contains invalid JSON.' };
  }
  const { platform_name: name } = supplied;
  if (name !== undefined && (typeof name !== 'string' || name.length > 50)) {
    return { refused: 'bad-request', code: 'platform_name', detail: 'Must be 50 or fewer in length.' };
  }
  const changed = { ...roleConnectionOf(call), ...supplied };
  data('roleConnections').put(`${account.id} ${params.application}`, changed);
  return {
    answer: json(200, changed),
    writes: [{ place: `role-connections/${params.application}`, cells: cellsOf(supplied) }],
  };
}

function readAuthorization({ request, account, scopes, tokens }: Call): Handled {
  const token = (request.headers.authorization ?? '').split(/\s+/)[1] ?? '';
  const view = tokens.find(token);
  const expiresAtMs = view?.expiresAtMs ?? null;
  return {
    answer: json(200, {
      application: {
        id: applicationIdOf(view?.clientId ?? ''),
        name: 'Integration',
        icon: null,
        description: '',
        bot_public: true,
        bot_require_code_grant: false,
      },
      scopes: [...scopes],
      ...(expiresAtMs === null ? {} : { expires: new Date(expiresAtMs).toISOString() }),
      ...(scopes.includes('identify') ? { user: userShown(account.id) } : {}),
    }),
  };
}

// Ids grow with time and have more digits than a double holds.
const compareIds = (a: string, b: string) => a.length - b.length || (a < b ? -1 : Number(a > b));

const userShown = (accountId: string): JsonObject => ({
  id: userIdOf(accountId),
  username: accountId,
  discriminator: '0',
  global_name: null,
  avatar: null,
});
