// `discord`: tokens of seven days, where revoking any one of them revokes all that came from the same consent.

import { json } from '../../http.ts';
import type { Granted, Service, Variant } from '../../service.ts';
import { API_WIRE } from './api-wire.ts';
import { FACTS } from './facts.ts';
import { CALLS_PER_WINDOW, limitHeaders, WINDOW_MS } from './limits.ts';
import { OAUTH_WIRE } from './oauth-wire.ts';
import { ROUTES } from './routes.ts';
import { seed } from './seed.ts';

const SECOND_MS = 1000;
const DAY_MS = 86_400 * SECOND_MS;

const tokenAnswer = ({ access, refresh, expiresIn, scopes }: Granted) =>
  json(200, {
    token_type: 'Bearer',
    access_token: access.value,
    ...(expiresIn === null ? {} : { expires_in: expiresIn }),
    ...(refresh === null ? {} : { refresh_token: refresh.value }),
    scope: scopes.join(' '),
  });

const withoutRotation: Variant = {
  title: 'a refresh answers with the refresh token that it was asked with',
  status: 'claimed',
  source: 'clients that keep the first refresh token; Discord does not say whether the old one dies',
  apply: (service) => ({ ...service, policy: { ...service.policy, rotation: 'none' } }),
};

const revokesOneToken: Variant = {
  title: 'revoking an access token ends that token only',
  status: 'claimed',
  source: 'the usual reading of RFC 7009, which Discord does not follow',
  apply: (service) => ({
    ...service,
    policy: {
      ...service.policy,
      revocation: { ofRefresh: 'refresh-token-only', ofAccess: 'access-token-only' },
    },
  }),
};

const TOKEN_PATHS = ['/api/oauth2/token', '/api/v10/oauth2/token', '/api/v9/oauth2/token'] as const;

const discord: Service = {
  id: 'discord',
  title: 'Discord: OAuth, users and guilds',
  hosts: ['discord.com', 'discordapp.com'],
  policy: {
    access: { kind: 'fixed', ttlMs: 7 * DAY_MS },
    refresh: { kind: 'unlimited' },
    rotation: 'every-use',
    graceMs: 0,
    reuse: 'refused',
    oldAccess: 'lives-on',
    revocation: { ofRefresh: 'grant', ofAccess: 'grant' },
    grantsPerAccount: null,
    codeTtlMs: 100 * SECOND_MS,
    callsPerWindow: CALLS_PER_WINDOW,
  },
  facts: FACTS,
  scopes: ['identify', 'guilds', 'guilds.members.read', 'role_connections.write'],
  endpoints: {
    token: TOKEN_PATHS,
    revoke: ['/api/oauth2/token/revoke', '/api/v10/oauth2/token/revoke', '/api/v9/oauth2/token/revoke'],
    authorize: ['/oauth2/authorize', '/api/oauth2/authorize'],
  },
  tokenRequest: {
    encoding: 'form',
    clientAuth: ['basic', 'body'],
    bodyOnly: TOKEN_PATHS,
    insistsOn: ['encoding'],
  },
  statesLifetime: true,
  earnsRefreshToken: () => true,
  mintAccess: (randomness, key) => randomness.chars(30, 'token', key),
  mintRefresh: (randomness, key) => randomness.chars(30, 'refresh token', key),
  tokenAnswer,
  revocationNeedsClient: true,
  revokeAnswer: () => json(200, {}),
  wire: [...OAUTH_WIRE, ...API_WIRE],
  routes: ROUTES,
  usageWindowMs: WINDOW_MS,
  resourceHeaders: limitHeaders,
  seed,
  variants: { 'without-rotation': withoutRotation, 'revokes-one-token': revokesOneToken },
};

export default discord;
