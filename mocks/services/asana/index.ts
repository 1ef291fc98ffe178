// `asana`: access tokens of one hour that say when they have expired, one refresh token for ever, and tasks.

import { json } from '../../http.ts';
import type { Granted, Service } from '../../service.ts';
import { CALLS_PER_MINUTE, MINUTE_WINDOW_MS, RATE_LIMITED } from './limits.ts';
import { ROUTES, userOf } from './routes.ts';
import { gidOf, seed } from './seed.ts';
import { WIRE } from './wire.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const OAUTH = 'developers.asana.com: OAuth';

// The user comes along with every token: under `data`, with the id as a number for old clients, and as a gid.
function tokenAnswer({ via, access, refresh, rotated, expiresIn, account }: Granted) {
  const user = userOf(account);
  const tellsRefresh = refresh !== null && (via === 'authorization_code' || rotated);
  return json(200, {
    access_token: access.value,
    ...(expiresIn === null ? {} : { expires_in: expiresIn }),
    token_type: 'bearer',
    data: { id: Number(user.gid), ...user },
    ...(tellsRefresh ? { refresh_token: refresh.value } : {}),
  });
}

const asana: Service = {
  id: 'asana',
  title: 'Asana: OAuth and tasks',
  hosts: ['app.asana.com'],
  policy: {
    access: { kind: 'fixed', ttlMs: HOUR_MS },
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
  facts: [
    {
      about: 'access token lifetime',
      says: 'one hour, stated as 3600',
      source: OAUTH,
      sureness: 'documented',
    },
    {
      about: 'refresh token',
      says: 'does not expire, is not replaced, and comes with the exchange of a code only',
      source: `${OAUTH}; that it never expires is not stated`,
      sureness: 'assumed',
    },
    {
      about: 'revocation',
      says: 'the deauthorization endpoint takes the refresh token and the client, and ends the whole grant',
      source: 'developers.asana.com: token deauthorization endpoint',
      sureness: 'documented',
    },
    {
      about: 'scopes',
      says: 'are named by resource, as in tasks:read; `default` opens what apps from before scopes had',
      source: 'developers.asana.com: OAuth scopes',
      sureness: 'documented',
    },
    {
      about: 'authorization code lifetime',
      says: 'a code lives for ten minutes',
      source: 'RFC 6749 section 4.1.2; Asana states none',
      sureness: 'assumed',
    },
    {
      about: 'rate limit',
      says: '429 with Retry-After in seconds; 150 calls a minute in free domains, as here, and 1,500 in paid ones',
      source: 'developers.asana.com: rate limits',
      sureness: 'documented',
    },
  ],
  scopes: ['tasks:read', 'tasks:write', 'projects:read', 'users:read'],
  endpoints: {
    token: ['/-/oauth_token'],
    revoke: ['/-/oauth_revoke'],
    authorize: ['/-/oauth_authorize'],
  },
  tokenRequest: { encoding: 'form', clientAuth: ['body'] },
  statesLifetime: true,
  earnsRefreshToken: () => true,
  mintAccess: (randomness, key, { id }) =>
    `2/${gidOf('user', id, 1)}/${gidOf('session', key, 1)}:${randomness.hex(32, 'token', key)}`,
  mintRefresh: (randomness, key, { id }) =>
    `2/${gidOf('user', id, 1)}/${gidOf('session', key, 2)}:${randomness.hex(32, 'refresh token', key)}`,
  tokenAnswer,
  revocationNeedsClient: true,
  revokeAnswer: () => json(200, {}),
  wire: [...WIRE, RATE_LIMITED],
  routes: ROUTES,
  usageWindowMs: MINUTE_WINDOW_MS,
  seed,
  idFields: { '*': 'gid' },
  variants: {
    rotating: {
      title: 'every refresh replaces the refresh token, and the old one is dead at once',
      status: 'claimed',
      source: 'the widespread claim that refresh tokens are single-use by default',
      apply: (service) => ({ ...service, policy: { ...service.policy, rotation: 'every-use' } }),
    },
  },
};

export default asana;
