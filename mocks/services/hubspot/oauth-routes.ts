// What HubSpot tells of tokens, by introspection and by the older metadata, which v1 still answers; and how an app leaves.

import { empty, json, parseForm } from '../../http.ts';
import { authorizationScheme } from '../../presented-token.ts';
import type { Call, Handled, Route, TokenView } from '../../service.ts';
import { appIdOf, hubIdOf, userIdOf } from './portal.ts';

const readToken = authorizationScheme('bearer');

const OPEN = { auth: 'none', needsOneOf: [], effect: 'read' } as const;
const ACCESS_TOKEN = '/oauth/v1/access-tokens/{token}';
const REFRESH_TOKEN = '/oauth/v1/refresh-tokens/{token}';

/** The routes that say what a token is, and those that end one or all of them. */
export const OAUTH_ROUTES: readonly Route[] = [
  ...['2026-03', 'v3'].map(
    (version): Route => ({
      id: `introspect.${version}`,
      method: 'POST',
      path: `/oauth/${version}/token/introspect`,
      ...OPEN,
      handle: introspect,
    }),
  ),
  { id: 'access-token.read', method: 'GET', path: ACCESS_TOKEN, ...OPEN, handle: readAccessToken },
  { id: 'refresh-token.read', method: 'GET', path: REFRESH_TOKEN, ...OPEN, handle: readRefreshToken },
  {
    id: 'refresh-token.delete',
    method: 'DELETE',
    path: REFRESH_TOKEN,
    ...OPEN,
    effect: 'write',
    handle: deleteRefreshToken,
  },
  {
    id: 'app.uninstall',
    method: 'DELETE',
    path: '/appinstalls/2026-03/external-install',
    needsOneOf: [],
    effect: 'write',
    handle: ({ tokens, request }) => {
      tokens.revokeGrant(readToken(request) ?? '');
      return { answer: empty(204) };
    },
  },
];

function introspect(call: Call): Handled {
  const refused = call.tokens.refusalOfClient(call.request);
  if (refused !== null) return { refused };
  const { token } = parseForm(call.request.body);
  if (token === undefined) return { refused: 'bad-request', detail: 'token is required' };
  const view = call.tokens.find(token);
  if (view === null || !view.live) return { answer: json(200, { active: false }) };
  return {
    answer: json(200, {
      active: true,
      token_use: `${view.kind}_token`,
      token_type: 'bearer',
      client_id: view.clientId,
      ...ownerOf(view),
      ...lifetimeOf(view, call.nowMs),
    }),
  };
}

function readAccessToken(call: Call): Handled {
  const view = liveToken(call, 'access');
  if (view === null) return { refused: 'not-found', detail: 'The access token is expired or unknown' };
  return {
    answer: json(200, {
      token: call.params.token ?? '',
      token_type: 'access',
      app_id: appIdOf(view.clientId),
      ...userOf(view),
      ...ownerOf(view),
      ...lifetimeOf(view, call.nowMs),
    }),
  };
}

function readRefreshToken(call: Call): Handled {
  const view = liveToken(call, 'refresh');
  if (view === null) return { refused: 'not-found', detail: 'The refresh token is unknown' };
  return {
    answer: json(200, {
      token: call.params.token ?? '',
      token_type: 'refresh',
      client_id: view.clientId,
      ...userOf(view),
      ...ownerOf(view),
    }),
  };
}

function deleteRefreshToken(call: Call): Handled {
  if (liveToken(call, 'refresh') === null) {
    return { refused: 'not-found', detail: 'The refresh token is unknown' };
  }
  call.tokens.revoke(call.params.token ?? '');
  return { answer: empty(204) };
}

function liveToken({ tokens, params }: Call, kind: TokenView['kind']): TokenView | null {
  const view = tokens.find(params.token ?? '');
  return view?.live && view.kind === kind ? view : null;
}

const ownerOf = ({ account, scopes }: TokenView) => ({
  hub_id: hubIdOf(account.tenant),
  user_id: userIdOf(account.tenant),
  scopes: [...scopes],
});

const userOf = ({ account }: TokenView) => ({
  user: `integration@${account.tenant}.example`,
  hub_domain: `${account.tenant}.example`,
});

const lifetimeOf = ({ expiresAtMs }: TokenView, nowMs: number) =>
  expiresAtMs === null ? {} : { expires_in: Math.round((expiresAtMs - nowMs) / 1000) };
