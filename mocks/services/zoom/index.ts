// `zoom`: refresh tokens that rotate, one grant per account and app, and a reason in place of a proper error.

import { type Json, json } from '../../http.ts';
import type { Granted, Service, Variant } from '../../service.ts';
import { oauthError } from './answers.ts';
import { API_WIRE } from './api-wire.ts';
import { FACTS } from './facts.ts';
import { CALLS_PER_SECOND, limitHeaders, RATE_LIMITED, SECOND_WINDOW_MS } from './limits.ts';
import { OAUTH_WIRE } from './oauth-wire.ts';
import { ROUTES } from './routes.ts';
import { seed } from './seed.ts';
import { serverToServer } from './server-to-server.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

function tokenAnswer({ access, refresh, expiresIn, scopes, origin }: Granted) {
  const body: Record<string, Json> = { access_token: access.value, token_type: 'bearer' };
  if (refresh !== null) body.refresh_token = refresh.value;
  if (expiresIn !== null) body.expires_in = expiresIn;
  body.scope = scopes.join(' ');
  body.api_url = origin;
  return json(200, body);
}

const unusualErrors: Variant = {
  title: 'a dead refresh token is answered 401 invalid_request; only the reason stays the same',
  status: 'real',
  source: 'bodies quoted in public issue threads',
  apply: (service) => ({
    ...service,
    wire: service.wire.map((row) =>
      row.id === 'refresh-token-dead'
        ? { ...row, answer: () => oauthError(401, 'invalid_request', 'Invalid Token!') }
        : row,
    ),
  }),
};

const zoom: Service = {
  id: 'zoom',
  title: 'Zoom: OAuth and meetings',
  hosts: ['zoom.us', 'api.zoom.us'],
  policy: {
    access: { kind: 'fixed', ttlMs: HOUR_MS },
    refresh: { kind: 'fixed', ttlMs: 90 * DAY_MS },
    rotation: 'every-use',
    graceMs: 0,
    reuse: 'refused',
    oldAccess: 'lives-on',
    revocation: { ofRefresh: 'grant', ofAccess: 'grant' },
    grantsPerAccount: 1,
    eviction: 'all-tokens',
    codeTtlMs: 5 * MINUTE_MS,
    callsPerWindow: CALLS_PER_SECOND,
  },
  facts: FACTS,
  scopes: [
    'user:read:user',
    'meeting:read:meeting',
    'meeting:read:list_meetings',
    'meeting:write:meeting',
    'meeting:update:meeting',
  ],
  endpoints: { token: ['/oauth/token'], revoke: ['/oauth/revoke'], authorize: ['/oauth/authorize'] },
  tokenRequest: { encoding: 'form', clientAuth: ['basic', 'body'] },
  statesLifetime: true,
  earnsRefreshToken: () => true,
  mintAccess: (randomness, key) => `eyJ${randomness.chars(240, 'token', key)}`,
  mintRefresh: (randomness, key) => `eyJ${randomness.chars(240, 'refresh token', key)}`,
  tokenAnswer,
  revocationNeedsClient: true,
  revokeAnswer: () => json(200, { status: 'success' }),
  wire: [...OAUTH_WIRE, ...API_WIRE, RATE_LIMITED],
  routes: ROUTES,
  usageWindowMs: SECOND_WINDOW_MS,
  resourceHeaders: limitHeaders,
  seed,
  variants: { 'server-to-server': serverToServer, 'unusual-errors': unusualErrors },
};

export default zoom;
