// Users in Graph: who one is, who else there is, and the end of all sessions.

import { type JsonObject, json } from '../../http.ts';
import type { AccountIdentity, Call, Handled, Route } from '../../service.ts';
import { userIdOf, userNameOf } from './ids.ts';

const READ_OTHERS = ['User.ReadBasic.All', 'User.Read.All', 'Directory.Read.All'];

/** The routes. */
export const USER_ROUTES: readonly Route[] = [
  {
    id: 'me.read',
    method: 'GET',
    path: '/v1.0/me',
    needsOneOf: ['User.Read', 'User.ReadWrite'],
    effect: 'read',
    handle: (call) => ({ answer: json(200, userShown(call, call.account)) }),
  },
  {
    id: 'me.revokeSignInSessions',
    method: 'POST',
    path: '/v1.0/me/revokeSignInSessions',
    needsOneOf: ['User.RevokeSessions.All', 'User.ReadWrite', 'Directory.ReadWrite.All'],
    effect: 'write',
    handle: revokeSignInSessions,
  },
  {
    id: 'users.list',
    method: 'GET',
    path: '/v1.0/users',
    needsOneOf: READ_OTHERS,
    effect: 'read',
    handle: (call) => ({
      answer: json(200, {
        '@odata.context': `${call.origin}/v1.0/$metadata#users`,
        value: colleagues(call).map((account) => userShown(call, account)),
      }),
    }),
  },
  {
    id: 'users.read',
    method: 'GET',
    path: '/v1.0/users/{user}',
    needsOneOf: ['User.Read', ...READ_OTHERS],
    effect: 'read',
    handle: readUser,
  },
];

function revokeSignInSessions({ account, tokens, origin }: Call): Handled {
  tokens.endGrants(account);
  const answer = json(200, { '@odata.context': `${origin}/v1.0/$metadata#Edm.Boolean`, value: true });
  return { answer, writes: [{ place: 'me/revokeSignInSessions', cells: {} }] };
}

function readUser(call: Call): Handled {
  const { user = '' } = call.params;
  const names = (account: AccountIdentity) => [userIdOf(account.id), userNameOf(account)].includes(user);
  const found = colleagues(call).find(names);
  if (found !== undefined) return { answer: json(200, userShown(call, found)) };
  return { refused: call.tokens.accounts().some(names) ? 'other-tenant' : 'not-found', detail: user };
}

const colleagues = ({ tokens, account }: Call) =>
  tokens.accounts().filter(({ tenant }) => tenant === account.tenant);

const userShown = ({ origin }: Call, account: AccountIdentity): JsonObject => ({
  '@odata.context': `${origin}/v1.0/$metadata#users/$entity`,
  id: userIdOf(account.id),
  displayName: account.id,
  mail: userNameOf(account),
  userPrincipalName: userNameOf(account),
});
