// `zendesk`: a refresh deletes both old tokens at once, and tickets to read and write.

import { json } from '../../http.ts';
import type { Granted, Service } from '../../service.ts';
import { FACTS } from './facts.ts';
import { CALLS_PER_MINUTE, limitHeaders, MINUTE_WINDOW_MS, RATE_LIMITED } from './limits.ts';
import { ROUTES } from './routes.ts';
import { seed } from './seed.ts';
import { WIRE } from './wire.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const tokenAnswer = ({ access, refresh, expiresIn, refreshExpiresIn, scopes }: Granted) =>
  json(
    200,
    {
      access_token: access.value,
      ...(refresh === null ? {} : { refresh_token: refresh.value }),
      token_type: 'bearer',
      scope: scopes.join(' '),
      ...(expiresIn === null ? {} : { expires_in: expiresIn }),
      ...(refreshExpiresIn === null ? {} : { refresh_token_expires_in: refreshExpiresIn }),
    },
    { 'cache-control': 'no-store' },
  );

const secondsIn = (asked = '') => (/^\d+$/.test(asked) ? Number(asked) * 1000 : null);

const zendesk: Service = {
  id: 'zendesk',
  title: 'Zendesk: OAuth and tickets',
  hosts: ['*.zendesk.com'],
  policy: {
    access: { kind: 'fixed', ttlMs: 2 * DAY_MS },
    refresh: { kind: 'fixed', ttlMs: 30 * DAY_MS },
    rotation: 'every-use',
    graceMs: 0,
    reuse: 'refused',
    oldAccess: 'dies',
    revocation: { ofRefresh: 'grant', ofAccess: 'grant' },
    grantsPerAccount: null,
    codeTtlMs: 2 * MINUTE_MS,
    askedTtl: { minMs: 5 * MINUTE_MS, maxMs: 2 * DAY_MS },
    askedRefreshTtl: { minMs: 7 * DAY_MS, maxMs: 90 * DAY_MS },
    callsPerWindow: CALLS_PER_MINUTE,
  },
  facts: FACTS,
  scopes: ['tickets:read', 'tickets:write', 'users:read'],
  endpoints: { token: ['/oauth/tokens'], revoke: [], authorize: ['/oauth/authorizations/new'] },
  tokenRequest: { encoding: 'json', clientAuth: ['body'] },
  askedTtlMs: ({ expires_in }) => secondsIn(expires_in),
  askedRefreshTtlMs: ({ refresh_token_expires_in }) => secondsIn(refresh_token_expires_in),
  statesLifetime: true,
  earnsRefreshToken: () => true,
  mintAccess: (randomness, key) => randomness.hex(64, 'token', key),
  mintRefresh: (randomness, key) => randomness.hex(64, 'refresh token', key),
  tokenAnswer,
  revokeAnswer: () => json(200, {}),
  wire: [...WIRE, RATE_LIMITED],
  routes: ROUTES,
  usageWindowMs: MINUTE_WINDOW_MS,
  resourceHeaders: limitHeaders,
  seed,
  variants: {
    'five-minutes': {
      title: 'the client asks for the shortest access tokens there are, five minutes',
      status: 'real',
      source:
        'support.zendesk.com 9182123625370: expires_in in the token request; the least is not confirmed',
      apply: (service) => ({
        ...service,
        policy: { ...service.policy, access: { kind: 'fixed', ttlMs: 5 * MINUTE_MS } },
      }),
    },
    'no-expiry': {
      title: 'a token from before refresh tokens: no expiry, no refresh token',
      status: 'real',
      source: 'support.zendesk.com 9182123625370: existing OAuth tokens cannot be refreshed',
      apply: (service) => ({
        ...service,
        policy: { ...service.policy, access: { kind: 'never' }, refresh: { kind: 'none' }, rotation: 'none' },
        statesLifetime: false,
        wire: service.wire.filter(({ id }) => !NEEDS_REFRESH.has(id)),
      }),
    },
  },
};

// What only a refresh can meet.
const NEEDS_REFRESH = new Set(['grant-barred', 'scope-exceeds']);

export default zendesk;
