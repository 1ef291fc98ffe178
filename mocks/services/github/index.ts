// `github`: user tokens of a GitHub App that rotate; as variants, tokens of OAuth apps and of installations.

import type { Granted, ResourceAnswer, Service, Variant } from '../../service.ts';
import { oauthAnswer } from './answers.ts';
import { apiWire, CALLS_WHEN_BUSY } from './api-wire.ts';
import { FACTS } from './facts.ts';
import { userRoutes } from './identity.ts';
import { installationIdOf } from './ids.ts';
import { APP_ROUTES, appKey, END_OWN_TOKEN, INSTALLATION_TOKENS, readToken } from './installation.ts';
import { CONTENT_BUCKET, issueRoutes } from './issues.ts';
import { OAUTH_WIRE, REFRESH_WIRE } from './oauth-wire.ts';
import { type Kind, OAUTH_SCOPES, PERMISSIONS } from './permissions.ts';
import { repositoryRoutes } from './repositories.ts';
import { seed } from './seed.ts';
import { INSTALLATION_WEBHOOKS, USER_WEBHOOKS } from './webhooks.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const CALLS_AN_HOUR = 5000;

const routesOf = (kind: Kind) => [...userRoutes(kind), ...repositoryRoutes(kind), ...issueRoutes(kind)];

// The fields about expiry come and go together: an app that opted out of it has none of them.
function userTokenAnswer({ request, access, refresh, expiresIn, refreshExpiresIn }: Granted) {
  return oauthAnswer(request, {
    access_token: access.value,
    ...(expiresIn === null ? {} : { expires_in: expiresIn }),
    ...(refresh === null ? {} : { refresh_token: refresh.value }),
    ...(refreshExpiresIn === null ? {} : { refresh_token_expires_in: refreshExpiresIn }),
    scope: '',
    token_type: 'bearer',
  });
}

function quotaHeaders({ calls, resetsAtMs, callsPerWindow }: ResourceAnswer): Record<string, string> {
  if (calls === null || resetsAtMs === null) return {};
  const most = callsPerWindow ?? CALLS_AN_HOUR;
  return {
    'x-ratelimit-limit': String(most),
    'x-ratelimit-remaining': String(Math.max(0, most - calls)),
    'x-ratelimit-used': String(calls),
    'x-ratelimit-reset': String(Math.ceil(resetsAtMs / 1000)),
    'x-ratelimit-resource': 'core',
  };
}

const oauthApp: Variant = {
  title: 'an OAuth app: scopes, no refresh token, and tokens that live until unused for a year',
  status: 'real',
  source: 'docs.github.com: differences between GitHub Apps and OAuth apps',
  // Only GitHub Apps are told when a user revokes them.
  apply: ({ webhooks: _webhooks, ...service }) => ({
    ...service,
    policy: {
      ...service.policy,
      access: { kind: 'sliding', ttlMs: 365 * DAY_MS, countsAfter: 0 },
      refresh: { kind: 'none' },
      rotation: 'none',
      grantsPerAccount: 10,
      grantsCounted: 'same-scopes',
      eviction: 'all-tokens',
    },
    scopes: OAUTH_SCOPES,
    statesLifetime: false,
    mintAccess: (randomness, key) => `gho_${randomness.chars(36, 'token', key)}`,
    tokenAnswer: ({ request, access, scopes }) =>
      oauthAnswer(request, { access_token: access.value, scope: scopes.join(','), token_type: 'bearer' }),
    wire: [...OAUTH_WIRE, ...apiWire('oauth-app')],
    routes: routesOf('oauth-app'),
    resourceHeaders: (answer) => ({
      ...quotaHeaders(answer),
      ...(answer.scopes === null ? {} : { 'x-oauth-scopes': answer.scopes.join(', ') }),
      ...(answer.route === null ? {} : { 'x-accepted-oauth-scopes': answer.route.needsOneOf.join(', ') }),
    }),
  }),
};

const installation: Variant = {
  title: 'an installation: tokens of one hour, each for a JWT that the app signed; no user, no refresh token',
  status: 'real',
  source: 'docs.github.com: generating an installation access token for a GitHub App',
  apply: (service) => ({
    ...service,
    policy: {
      ...service.policy,
      access: { kind: 'fixed', ttlMs: HOUR_MS },
      refresh: { kind: 'none' },
      rotation: 'none',
      oldAccess: 'lives-on',
    },
    endpoints: { token: [INSTALLATION_TOKENS], revoke: [], authorize: [] },
    tokenRequest: { encoding: 'json', clientAuth: ['body'] },
    clientSecret: appKey,
    installationOf: installationIdOf,
    webhooks: INSTALLATION_WEBHOOKS,
    acts: {
      ...service.acts,
      offboard: () => null,
      'require-reauth': () => null,
      // Who suspends an installation stops its tokens and the next ones alike.
      'restrict-service': () => ({ kind: 'bar', bar: { cause: 'service-restricted', from: 'both' } }),
    },
    mintAccess: (randomness, key) => `ghs_${randomness.chars(36, 'token', key)}`,
    wire: apiWire('installation'),
    routes: [...routesOf('installation'), ...APP_ROUTES, END_OWN_TOKEN],
  }),
};

const noExpiry: Variant = {
  title: 'the app opted out of expiring tokens: no expiry and no refresh token',
  status: 'real',
  source: 'docs.github.com: refreshing user access tokens, opting out',
  apply: (service) => ({
    ...service,
    policy: { ...service.policy, access: { kind: 'never' }, refresh: { kind: 'none' }, rotation: 'none' },
    statesLifetime: false,
    wire: [...OAUTH_WIRE, ...apiWire('user')],
  }),
};

const idleSixMonths: Variant = {
  title: 'six months without use end the refresh token',
  status: 'claimed',
  source:
    'the overnight article: GitHub revokes after six months; the facts count from the issue of each token',
  apply: (service) => ({
    ...service,
    policy: { ...service.policy, refresh: { kind: 'idle', windowMs: 183 * DAY_MS } },
  }),
};

const busy: Variant = {
  title: 'other programs have used up most of the quota: twenty calls an hour are left',
  status: 'real',
  source: 'docs.github.com/rest: rate limits, which all calls of a user share',
  apply: (service) => ({ ...service, policy: { ...service.policy, callsPerWindow: CALLS_WHEN_BUSY } }),
};

const github: Service = {
  id: 'github',
  title: 'GitHub: OAuth, repositories and issues',
  hosts: ['api.github.com', 'github.com'],
  policy: {
    access: { kind: 'fixed', ttlMs: 8 * HOUR_MS },
    refresh: { kind: 'fixed', ttlMs: 183 * DAY_MS },
    rotation: 'every-use',
    graceMs: 0,
    reuse: 'refused',
    oldAccess: 'dies',
    revocation: { ofRefresh: 'grant', ofAccess: 'access-token-only' },
    grantsPerAccount: null,
    codeTtlMs: 10 * MINUTE_MS,
    callsPerWindow: CALLS_AN_HOUR,
    buckets: { content: CONTENT_BUCKET },
  },
  facts: FACTS,
  scopes: PERMISSIONS,
  endpoints: {
    token: ['/login/oauth/access_token'],
    revoke: [],
    authorize: ['/login/oauth/authorize'],
  },
  tokenRequest: { encoding: 'form', clientAuth: ['body'] },
  implied: { response_type: 'code' },
  impliedGrantType: 'authorization_code',
  presentedToken: readToken,
  statesLifetime: true,
  earnsRefreshToken: () => true,
  acts: {
    'change-password': () => null,
    'restrict-ip': () => ({ kind: 'bar', bar: { cause: 'ip-restricted', from: 'use' } }),
    'restrict-service': () => ({ kind: 'bar', bar: { cause: 'service-restricted', from: 'use' } }),
  },
  mintAccess: (randomness, key) => `ghu_${randomness.chars(36, 'token', key)}`,
  mintRefresh: (randomness, key) => `ghr_${randomness.chars(76, 'token', key)}`,
  tokenAnswer: userTokenAnswer,
  revokeAnswer: () => ({ status: 204, headers: {}, body: '' }),
  wire: [...OAUTH_WIRE, ...REFRESH_WIRE, ...apiWire('user')],
  routes: routesOf('user'),
  usageWindowMs: HOUR_MS,
  resourceHeaders: quotaHeaders,
  seed,
  webhooks: USER_WEBHOOKS,
  idFields: { repos: 'full_name' },
  variants: {
    'oauth-app': oauthApp,
    installation,
    'no-expiry': noExpiry,
    'idle-6-months': idleSixMonths,
    busy,
  },
};

export default github;
