// Who the token is, who else is there, and what the authorization server knows of a token.

import { type JsonObject, parseForm, parseJsonObject } from '../../http.ts';
import type { AccountIdentity, Call, Handled, Route } from '../../service.ts';
import { listOf, success } from './answers.ts';
import { botIdOf, personIdOf } from './workspace.ts';

/** The routes of users. */
export const USER_ROUTES: readonly Route[] = [
  {
    id: 'users.me',
    method: 'GET',
    path: '/v1/users/me',
    needsOneOf: [],
    effect: 'read',
    handle: (call) => ({ answer: success(call, botOf(call.account)) }),
  },
  {
    id: 'users.list',
    method: 'GET',
    path: '/v1/users',
    needsOneOf: ['read_users'],
    effect: 'read',
    handle: (call) => {
      const users = [...call.data('users').list(), botOf(call.account)];
      const answer = listOf(call, 'user', users, call.request.query);
      return answer === null
        ? { refused: 'bad-request', detail: 'The start_cursor provided is invalid' }
        : { answer };
    },
  },
];

/** Introspection, which needs the client and no token. */
export const INTROSPECT: Route = {
  id: 'introspect',
  method: 'POST',
  path: '/v1/oauth/introspect',
  auth: 'none',
  needsOneOf: [],
  effect: 'read',
  handle: introspect,
};

/** The person who connected the app. */
export const ownerOf = ({ tenant }: AccountIdentity): JsonObject => ({
  type: 'user',
  user: {
    object: 'user',
    id: personIdOf(tenant),
    name: 'Owner',
    avatar_url: null,
    type: 'person',
    person: { email: `owner@${tenant}.example` },
  },
});

const botOf = (account: AccountIdentity): JsonObject => ({
  object: 'user',
  id: botIdOf(account.tenant),
  type: 'bot',
  name: 'Integration',
  avatar_url: null,
  bot: { owner: ownerOf(account), workspace_name: account.tenant },
});

function introspect(call: Call): Handled {
  const refused = call.tokens.refusalOfClient(call.request);
  if (refused !== null) return { refused };
  const { token } = parseJsonObject(call.request.body) ?? parseForm(call.request.body);
  const view = call.tokens.find(String(token ?? ''));
  if (view === null || !view.live) return { answer: success(call, { active: false }) };
  return { answer: success(call, { active: true, scope: view.scopes.join(' '), iat: view.issuedAtMs }) };
}
