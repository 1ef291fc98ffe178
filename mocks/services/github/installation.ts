// What an app does in its own name, with a JWT that it signed: look at its installations, and get tokens for them.

import { empty, isJsonObject, json, parseJsonObject } from '../../http.ts';
import { isSignedWith, readJwt } from '../../jwt.ts';
import { authorizationScheme, bearer } from '../../presented-token.ts';
import type { Randomness } from '../../randomness.ts';
import type { Refusal } from '../../refusals.ts';
import { rsaPrivateKey } from '../../rsa-key.ts';
import type { AccountIdentity, Call, Handled, Route } from '../../service.ts';
import { appIdOf, installationIdOf, ownerIdOf } from './ids.ts';
import { secondsOf } from './issues.ts';
import { PERMISSIONS, permissionsOf, scopesOf } from './permissions.ts';

const INSTALLATION = '/app/installations/{installation}';
/** How calls may carry a token: octokit writes `token`, and `bearer` for a JWT. */
export const readToken = authorizationScheme('bearer', 'token');

const MOST_SECONDS_AHEAD = 600;
const OPEN = { auth: 'none', needsOneOf: [], effect: 'read' } as const;

/** The path at which an app asks for a token of an installation. */
export const INSTALLATION_TOKENS = `${INSTALLATION}/access_tokens`;

/** The key with which the app signs; the only one that is registered. */
export const appKey = (randomness: Randomness): string => rsaPrivateKey(randomness, 'github app');

/** The routes that take the app's own JWT. */
export const APP_ROUTES: readonly Route[] = [
  { id: 'app', method: 'GET', path: '/app', ...OPEN, handle: (call) => asApp(call, readApp) },
  {
    id: 'app.installations',
    method: 'GET',
    path: '/app/installations',
    ...OPEN,
    handle: (call) =>
      asApp(call, ({ tokens }) => ({ answer: json(200, tokens.accounts().map(installationShown)) })),
  },
  {
    id: 'app.installation',
    method: 'GET',
    path: INSTALLATION,
    ...OPEN,
    handle: (call) =>
      asApp(call, () =>
        withInstallation(call, (account) => ({ answer: json(200, installationShown(account)), account })),
      ),
  },
  {
    id: 'app.token',
    method: 'POST',
    path: INSTALLATION_TOKENS,
    ...OPEN,
    effect: 'write',
    issuesFor: (_request, { installation }) => installation ?? null,
    handle: (call) => asApp(call, () => withInstallation(call, (account) => issueToken(call, account))),
  },
];

/** Ends the token that asks for it. */
export const END_OWN_TOKEN: Route = {
  id: 'installation.token.delete',
  method: 'DELETE',
  path: '/installation/token',
  needsOneOf: [],
  effect: 'write',
  handle: ({ tokens, request }) => {
    tokens.revoke(readToken(request) ?? '');
    return { answer: empty(204) };
  },
};

function asApp(call: Call, handle: (call: Call, clientId: string) => Handled): Handled {
  const token = bearer(call.request);
  if (token === null) return { refused: 'no-token' };
  const claims = readJwt(token);
  if (claims === null) return { refused: 'unknown-token' };
  const clientId = String(claims.iss);
  const client = call.tokens.client(clientId);
  if (client === null) return { refused: 'unknown-client' };
  if (client.deleted) return { refused: 'client-deleted' };
  const key = appKey(call.randomness);
  // A rotated secret is a key that was replaced by one that nobody here holds.
  if (client.secret !== key || !isSignedWith(token, key)) return { refused: 'wrong-secret' };
  const refused = timeRefusal(claims.iat, claims.exp, call.nowMs / 1000);
  return refused === null ? handle(call, clientId) : { refused };
}

function timeRefusal(iat: unknown, exp: unknown, now: number): Refusal | null {
  if (typeof iat !== 'number' || iat > now) return 'assertion-from-future';
  if (typeof exp !== 'number' || exp <= now) return 'assertion-expired';
  return exp > now + MOST_SECONDS_AHEAD ? 'assertion-too-long' : null;
}

function withInstallation(call: Call, handle: (account: AccountIdentity) => Handled): Handled {
  const account = call.tokens
    .accounts()
    .find((candidate) => installationIdOf(candidate) === call.params.installation);
  return account === undefined ? { refused: 'not-found' } : handle(account);
}

function issueToken(call: Call, account: AccountIdentity): Handled {
  const { permissions } = parseJsonObject(call.request.body) ?? {};
  const asked = permissions === undefined ? null : isJsonObject(permissions) ? scopesOf(permissions) : [];
  if (asked?.length === 0) return { refused: 'bad-request', code: 'permissions' };
  const issued = call.tokens.issue(account, asked);
  if ('refused' in issued) return issued;
  const { value, token } = issued.access;
  return {
    answer: json(201, {
      token: value,
      ...(token.expiresAtMs === null ? {} : { expires_at: secondsOf(token.expiresAtMs) }),
      permissions: permissionsOf(token.scopes),
      repository_selection: 'selected',
    }),
  };
}

const readApp = (call: Call, clientId: string): Handled => ({
  answer: json(200, {
    id: appIdOf(clientId),
    client_id: clientId,
    slug: clientId,
    name: clientId,
    permissions: permissionsOf(PERMISSIONS),
    installations_count: call.tokens.accounts().length,
  }),
});

const installationShown = (account: AccountIdentity) => ({
  id: Number(installationIdOf(account)),
  account: { login: account.tenant, id: ownerIdOf(account.tenant), type: 'Organization' },
  repository_selection: 'selected',
  permissions: permissionsOf(PERMISSIONS),
});
