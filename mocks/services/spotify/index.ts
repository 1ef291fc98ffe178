// `spotify`: access tokens of one hour, and a refresh token that dies six months after the consent, used or not.

import { json } from '../../http.ts';
import type { Granted, Service, Variant } from '../../service.ts';
import { forPublicClient, withPolicy } from '../../variant.ts';
import { CALLS_PER_WINDOW, RATE_LIMITED, WINDOW_MS } from './limits.ts';
import { ROUTES } from './routes.ts';
import { seed } from './seed.ts';
import { WIRE } from './wire.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const BLOG = 'developer.spotify.com/blog 2026-06-18: refresh token expiration';

function tokenAnswer({ via, access, refresh, rotated, expiresIn, scopes }: Granted) {
  const tellsRefresh = refresh !== null && (via === 'authorization_code' || rotated);
  return json(200, {
    access_token: access.value,
    token_type: 'Bearer',
    ...(expiresIn === null ? {} : { expires_in: expiresIn }),
    ...(tellsRefresh ? { refresh_token: refresh.value } : {}),
    scope: scopes.join(' '),
  });
}

const pkce: Variant = {
  title: 'an app without a secret (PKCE): every refresh replaces the refresh token',
  status: 'real',
  source: 'developer.spotify.com: authorization code with PKCE, refreshing tokens',
  apply: (service) => withPolicy(forPublicClient(service), { rotation: 'every-use' }),
};

const unlimited: Variant = {
  title: 'a refresh token from before the change: it lives until it is revoked',
  status: 'real',
  source: `${BLOG}; apps that were there before follow on 2026-07-20`,
  apply: (service) => ({ ...service, policy: { ...service.policy, refresh: { kind: 'unlimited' } } }),
};

const sliding: Variant = {
  title: 'every refresh starts the six months anew',
  status: 'claimed',
  source: 'what is usual elsewhere; the announcement says that a refresh does not extend them',
  apply: (service) => ({
    ...service,
    policy: { ...service.policy, refresh: { kind: 'idle', windowMs: 183 * DAY_MS } },
  }),
};

const spotify: Service = {
  id: 'spotify',
  title: 'Spotify: OAuth and playlists',
  hosts: ['accounts.spotify.com', 'api.spotify.com'],
  policy: {
    access: { kind: 'fixed', ttlMs: HOUR_MS },
    refresh: { kind: 'absolute', ttlMs: 183 * DAY_MS },
    rotation: 'none',
    graceMs: 0,
    reuse: 'refused',
    oldAccess: 'lives-on',
    revocation: { ofRefresh: 'grant', ofAccess: 'access-token-only' },
    grantsPerAccount: null,
    codeTtlMs: 10 * MINUTE_MS,
    callsPerWindow: CALLS_PER_WINDOW,
  },
  facts: [
    {
      about: 'access token lifetime',
      says: 'one hour, stated as 3600',
      source: 'developer.spotify.com: authorization code flow',
      sureness: 'documented',
    },
    {
      about: 'token requests',
      says: 'must be a form: JSON is an unsupported media type. The client stands in Basic or in the body',
      source: 'spotify/web-api#321; espired/esp32-spotify-controller#4 for the body',
      sureness: 'observed',
    },
    {
      about: 'refresh token lifetime',
      says: 'six months after the consent, which no refresh extends; counted here as 183 days',
      source: BLOG,
      sureness: 'documented',
    },
    {
      about: 'rotation',
      says: 'a refresh answers without a refresh token, and the old one stays; with PKCE it is replaced',
      source: 'developer.spotify.com: refreshing tokens',
      sureness: 'observed',
    },
    {
      about: 'revocation',
      says: 'there is no endpoint for it: the listener removes the app on the account page',
      source: 'developer.spotify.com: authorization, which names none',
      sureness: 'assumed',
    },
    {
      about: 'authorization code lifetime',
      says: 'a code lives for ten minutes',
      source: 'RFC 6749 section 4.1.2; Spotify states none',
      sureness: 'assumed',
    },
    {
      about: 'rate limit',
      says: '429 with Retry-After in seconds, counted over a rolling window of thirty seconds, which the mock keeps fixed',
      source: 'developer.spotify.com: rate limits',
      sureness: 'documented',
    },
    {
      about: 'calls of a window',
      says: 'ninety here; Spotify states no number and may change it (spotify/web-api#589), and counts by app',
      source: 'about 180 calls a minute, as developers report',
      sureness: 'assumed',
    },
  ],
  scopes: ['playlist-read-private', 'playlist-modify-private'],
  endpoints: { token: ['/api/token'], revoke: [], authorize: ['/authorize'] },
  tokenRequest: { encoding: 'form', clientAuth: ['basic', 'body'], insistsOn: ['encoding'] },
  statesLifetime: true,
  earnsRefreshToken: () => true,
  mintAccess: (randomness, key) => `BQ${randomness.chars(160, 'token', key)}`,
  mintRefresh: (randomness, key) => `AQ${randomness.chars(129, 'refresh token', key)}`,
  tokenAnswer,
  revokeAnswer: () => json(200, {}),
  wire: [...WIRE, RATE_LIMITED],
  routes: ROUTES,
  usageWindowMs: WINDOW_MS,
  seed,
  variants: { pkce, 'unlimited-refresh': unlimited, 'sliding-six-months': sliding },
};

export default spotify;
