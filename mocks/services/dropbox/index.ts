// `dropbox`: access tokens of four hours, one refresh token for ever, and files behind a POST for everything.

import { json } from '../../http.ts';
import type { Granted, Service } from '../../service.ts';
import { accountIdOf, uidOf } from './account.ts';
import { FACTS } from './facts.ts';
import { CALLS_PER_MINUTE, MINUTE_WINDOW_MS, RATE_LIMITED } from './limits.ts';
import { ROUTES } from './routes.ts';
import { seed } from './seed.ts';
import { WIRE } from './wire.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

// A refresh tells the new access token and nothing else, unless rotation is on.
function tokenAnswer({ via, access, refresh, rotated, expiresIn, scopes, account }: Granted) {
  const tellsRefresh = refresh !== null && (via === 'authorization_code' || rotated);
  return json(200, {
    access_token: access.value,
    token_type: 'bearer',
    ...(expiresIn === null ? {} : { expires_in: expiresIn }),
    ...(tellsRefresh ? { refresh_token: refresh.value } : {}),
    ...(via === 'authorization_code'
      ? { scope: scopes.join(' '), uid: uidOf(account), account_id: accountIdOf(account) }
      : {}),
  });
}

const dropbox: Service = {
  id: 'dropbox',
  title: 'Dropbox: OAuth and files',
  hosts: ['api.dropboxapi.com', 'content.dropboxapi.com', 'www.dropbox.com'],
  policy: {
    access: { kind: 'fixed', ttlMs: 4 * HOUR_MS },
    refresh: { kind: 'unlimited' },
    rotation: 'none',
    graceMs: 0,
    reuse: 'refused',
    oldAccess: 'lives-on',
    revocation: { ofRefresh: 'grant', ofAccess: 'grant' },
    grantsPerAccount: null,
    codeTtlMs: 10 * MINUTE_MS,
    callsPerWindow: CALLS_PER_MINUTE,
  },
  facts: FACTS,
  scopes: ['account_info.read', 'files.metadata.read', 'files.content.read', 'files.content.write'],
  endpoints: {
    token: ['/oauth2/token', '/1/oauth2/token'],
    revoke: [],
    authorize: ['/oauth2/authorize'],
  },
  tokenRequest: { encoding: 'form', clientAuth: ['body', 'basic'] },
  statesLifetime: true,
  earnsRefreshToken: ({ query }) => query.token_access_type === 'offline',
  reauthQuery: { token_access_type: 'offline' },
  mintAccess: (randomness, key) => `sl.u.${randomness.chars(130, 'token', key)}`,
  mintRefresh: (randomness, key) => randomness.chars(64, 'refresh token', key),
  tokenAnswer,
  revokeAnswer: () => json(200, null),
  wire: [...WIRE, RATE_LIMITED],
  routes: ROUTES,
  usageWindowMs: MINUTE_WINDOW_MS,
  seed,
  variants: {
    rotating: {
      title: 'every refresh replaces the refresh token, and the old one is dead at once',
      status: 'claimed',
      source: "the widespread claim that every provider rotates; the vendor's own SDK would lose the token",
      apply: (service) => ({ ...service, policy: { ...service.policy, rotation: 'every-use' } }),
    },
  },
};

export default dropbox;
