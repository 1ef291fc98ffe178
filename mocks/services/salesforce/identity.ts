// Who a token speaks for: user info, the identity service, and introspection.

import { json, parseForm } from '../../http.ts';
import type { AccountIdentity, Call, Handled, Route } from '../../service.ts';
import { orgIdOf, userIdOf } from './ids.ts';

const ANY_TOKEN = { needsOneOf: [], effect: 'read' } as const;

/** The routes that say who a token speaks for. */
export const IDENTITY_ROUTES: readonly Route[] = [
  { id: 'userinfo', method: 'GET', path: '/services/oauth2/userinfo', ...ANY_TOKEN, handle: userInfo },
  { id: 'identity', method: 'GET', path: '/id/{org}/{user}', ...ANY_TOKEN, handle: identity },
  {
    id: 'introspect',
    method: 'POST',
    path: '/services/oauth2/introspect',
    auth: 'none',
    ...ANY_TOKEN,
    handle: introspect,
  },
];

/** The URL that names a user everywhere, and at which the identity service answers. */
export const identityUrl = (origin: string, { id, tenant }: AccountIdentity): string =>
  `${origin}/id/${orgIdOf(tenant)}/${userIdOf(id)}`;

function userInfo({ account, origin }: Call): Handled {
  const username = usernameOf(account);
  return {
    answer: json(200, {
      sub: identityUrl(origin, account),
      user_id: userIdOf(account.id),
      organization_id: orgIdOf(account.tenant),
      preferred_username: username,
      name: username,
      email: username,
      email_verified: true,
      active: true,
    }),
  };
}

function identity({ account, origin, params }: Call): Handled {
  const mine = params.org === orgIdOf(account.tenant) && params.user === userIdOf(account.id);
  if (!mine) return { refused: 'not-found' };
  const username = usernameOf(account);
  const data = `${origin}/services/data/v{version}`;
  return {
    answer: json(200, {
      id: identityUrl(origin, account),
      user_id: userIdOf(account.id),
      organization_id: orgIdOf(account.tenant),
      username,
      display_name: username,
      email: username,
      active: true,
      urls: { rest: `${data}/`, sobjects: `${data}/sobjects/`, query: `${data}/query/` },
    }),
  };
}

function introspect({ request, tokens, origin }: Call): Handled {
  const { token } = parseForm(request.body);
  if (token === undefined) return { refused: 'missing-parameter' };
  const refused = tokens.refusalOfClient(request);
  if (refused !== null) return { refused };
  const view = tokens.find(token);
  if (view === null || !view.live) return { answer: json(200, { active: false }) };
  const issuedAt = Math.floor(view.issuedAtMs / 1000);
  return {
    answer: json(200, {
      active: true,
      scope: view.scopes.join(' '),
      client_id: view.clientId,
      username: usernameOf(view.account),
      sub: identityUrl(origin, view.account),
      token_type: `${view.kind}_token`,
      ...(view.expiresAtMs === null ? {} : { exp: Math.floor(view.expiresAtMs / 1000) }),
      iat: issuedAt,
      nbf: issuedAt,
    }),
  };
}

/** The name by which a user signs in. */
export const usernameOf = ({ id, tenant }: AccountIdentity) => `${id}@${tenant}.example`;
