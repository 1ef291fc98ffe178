// `oidc`: oidc-provider, a certified OpenID provider, as a service of the world. Its API is that of `plain`.

import type { Route } from '../../mocks/index.ts';
import plain from '../../mocks/services/plain/index.ts';
import type { ServedService } from '../world/provider.ts';
import { whyNoProvider } from './host.ts';
import { startOidc } from './provider.ts';

const page = (id: string, method: 'GET' | 'POST', path: string): Route => ({
  ...{ id, method, path, auth: 'none', needsOneOf: [] },
  effect: method === 'GET' ? 'read' : 'write',
  // The provider answers it.
  handle: () => ({ refused: 'unmodelled' }),
});

const SOURCE = { source: 'oidc-provider 9, its documentation', sureness: 'documented' } as const;

/** What the provider answers beside the three endpoints, by the names that the record gives to it. */
export const PROVIDER_ROUTES: readonly Route[] = [
  page('login', 'GET', '/interaction/{uid}'),
  page('login.submit', 'POST', '/interaction/{uid}'),
  page('authorize.resume', 'GET', '/auth/{uid}'),
  page('introspect', 'POST', '/token/introspection'),
  { ...page('userinfo', 'GET', '/me'), auth: 'bearer' },
  page('keys', 'GET', '/jwks'),
  page('discovery', 'GET', '/.well-known/openid-configuration'),
];

const oidc: ServedService = {
  ...plain,
  id: 'oidc',
  title: 'oidc-provider, a certified OpenID provider, not mocked',
  hosts: ['oidc.example'],
  policy: { ...plain.policy, revocation: { ofRefresh: 'grant', ofAccess: 'grant' } },
  facts: [
    {
      about: 'rotation',
      says: 'a used refresh token is replaced, and its return revokes the grant with all its tokens',
      ...SOURCE,
    },
    { about: 'revocation', says: 'the revocation of any token of a grant ends all of them', ...SOURCE },
    {
      about: 'lifetimes',
      says: 'lifetimes are whole seconds, and are counted from the whole second',
      ...SOURCE,
    },
  ],
  scopes: ['openid', 'offline_access', 'read', 'write'],
  endpoints: { token: ['/token'], revoke: ['/token/revocation'], authorize: ['/auth'] },
  mintAccess: (randomness, key) => randomness.chars(43, 'token', key),
  mintRefresh: (randomness, key) => randomness.chars(43, 'token', key),
  wire: plain.wire.filter((row) => row.at === 'resource' && row.routes === undefined),
  routes: [...plain.routes.filter(({ id }) => id !== 'introspect'), ...PROVIDER_ROUTES],
  knobs: [
    ...['accessTtl', 'refreshTtl', 'refreshCap', 'refreshIdle', 'codeTtl', 'rotation', 'stickyFor'],
    ...['scopes', 'hosts', 'clientAuth', 'unmodelled'],
  ],
  variants: {},
  start: startOidc,
  obstacle: whyNoProvider,
};

export default oidc;
