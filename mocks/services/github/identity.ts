// Who a user's token speaks for, and what its app may ask of it: check it, end it, end the whole authorization.

import { empty, isJsonObject, json, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route, TokenView } from '../../service.ts';
import { authorizationIdOf, installationIdOf, ownerIdOf } from './ids.ts';
import { secondsOf } from './issues.ts';
import { type Kind, permissionsOf } from './permissions.ts';

const OPEN = { auth: 'none', needsOneOf: [], effect: 'write' } as const;
const TOKEN = '/applications/{clientId}/token';

/** The routes of users, for one kind of token. An installation is nobody. */
export function userRoutes(kind: Kind): readonly Route[] {
  const reads = { method: 'GET', needsOneOf: [], effect: 'read' } as const;
  const user = { id: 'user', path: '/user', ...reads };
  if (kind === 'installation') return [{ ...user, handle: () => ({ refused: 'scope-missing' }) }];
  const installations: Route = {
    id: 'user.installations',
    path: '/user/installations',
    ...reads,
    handle: listInstallations,
  };
  return [
    { ...user, handle: readUser },
    ...(kind === 'user' ? [installations] : []),
    { id: 'token.check', method: 'POST', path: TOKEN, ...OPEN, effect: 'read', handle: checkToken },
    {
      id: 'token.delete',
      method: 'DELETE',
      path: TOKEN,
      ...OPEN,
      handle: (call) => withOwnToken(call, ({ tokens }, value) => tokens.revoke(value)),
    },
    {
      id: 'grant.delete',
      method: 'DELETE',
      path: '/applications/{clientId}/grant',
      ...OPEN,
      handle: (call) => withOwnToken(call, ({ tokens }, value) => tokens.revokeGrant(value)),
    },
  ];
}

const readUser = ({ account: { id } }: Call): Handled => ({
  answer: json(200, { login: id, id: ownerIdOf(id), type: 'User', name: id, email: null, site_admin: false }),
});

function listInstallations({ account, scopes }: Call): Handled {
  const installation = {
    id: Number(installationIdOf(account)),
    account: { login: account.tenant, id: ownerIdOf(account.tenant), type: 'Organization' },
    repository_selection: 'selected',
    permissions: permissionsOf(scopes),
    suspended_at: null,
  };
  return { answer: json(200, { total_count: 1, installations: [installation] }) };
}

function checkToken(call: Call): Handled {
  const asked = ownToken(call);
  if ('refused' in asked) return asked;
  const { clientId, issuedAtMs, expiresAtMs, scopes, account } = asked.view;
  return {
    answer: json(200, {
      id: authorizationIdOf(asked.value),
      app: { client_id: clientId, name: clientId },
      scopes: scopes.filter((scope) => !/:(read|write)$/.test(scope)),
      created_at: secondsOf(issuedAtMs),
      expires_at: expiresAtMs === null ? null : secondsOf(expiresAtMs),
      user: { login: account.id, id: ownerIdOf(account.id), type: 'User' },
    }),
    account,
  };
}

function withOwnToken(call: Call, end: (call: Call, value: string) => void): Handled {
  const asked = ownToken(call);
  if ('refused' in asked) return asked;
  end(call, asked.value);
  return { answer: empty(204), account: asked.view.account };
}

type OwnToken = { readonly value: string; readonly view: TokenView } | Extract<Handled, { refused: unknown }>;

// The app proves itself by its id and secret (Basic), and learns nothing of other apps' tokens.
function ownToken({ request, tokens, params }: Call): OwnToken {
  const refused = tokens.refusalOfClient(request);
  if (refused !== null) return { refused };
  const body = parseJsonObject(request.body);
  const value = isJsonObject(body) ? body.access_token : undefined;
  if (typeof value !== 'string') return { refused: 'bad-request', code: 'access_token' };
  const view = tokens.find(value);
  const own = view?.live && view.kind === 'access' && view.clientId === params.clientId;
  return own ? { value, view } : { refused: 'not-found' };
}
