// `linear`: access tokens of a day, refresh tokens that are replaced, and issues behind GraphQL.

import { empty, isJsonObject, json } from '../../http.ts';
import { bareAuthorization } from '../../presented-token.ts';
import type { Granted, ResourceAnswer, Service, Variant } from '../../service.ts';
import { forPublicClient } from '../../variant.ts';
import { API_WIRE, CALLS_WHEN_BUSY } from './api-wire.ts';
import { clientCredentials } from './client-credentials.ts';
import { FACTS } from './facts.ts';
import { GRAPHQL_ROUTES } from './graphql-route.ts';
import { migratable } from './migrate.ts';
import { OAUTH_WIRE } from './oauth-wire.ts';
import { seed } from './seed.ts';
import { WEBHOOKS } from './webhooks.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const TEN_YEARS_MS = 315_705_600_000;
const CALLS_AN_HOUR = 5_000;

// The lifetime is told as one second less than it is: 86399, and 315705599 before.
const tokenAnswer = ({ access, refresh, expiresIn, scopes }: Granted) =>
  json(
    200,
    {
      access_token: access.value,
      token_type: 'Bearer',
      ...(expiresIn === null ? {} : { expires_in: Math.max(0, expiresIn - 1) }),
      scope: scopes.join(' '),
      ...(refresh === null ? {} : { refresh_token: refresh.value }),
    },
    { 'cache-control': 'no-store' },
  );

function resourceHeaders({ calls, resetsAtMs, callsPerWindow }: ResourceAnswer): Record<string, string> {
  if (calls === null || resetsAtMs === null) return {};
  const most = callsPerWindow ?? CALLS_AN_HOUR;
  return {
    'x-ratelimit-requests-limit': String(most),
    'x-ratelimit-requests-remaining': String(Math.max(0, most - calls)),
    'x-ratelimit-requests-reset': String(resetsAtMs),
  };
}

const noRefresh: Variant = {
  title: 'access tokens live for ten years and there is no refresh token, as it was before 2026-04-01',
  status: 'claimed',
  source: 'the seven failure modes: "Linear doesn\'t issue refresh tokens at all"; true until 2026-04-01',
  apply: (service) => ({
    ...service,
    policy: {
      ...service.policy,
      access: { kind: 'fixed', ttlMs: TEN_YEARS_MS },
      refresh: { kind: 'none' },
    },
    // Without a refresh token nobody can ask for too much with one.
    wire: service.wire.filter(({ id }) => id !== 'scope-exceeds'),
  }),
};

const graceThirtyMinutes: Variant = {
  title: 'a spent refresh token is honoured for thirty more minutes',
  status: 'claimed',
  source: 'a rumour; the copies of the documentation at hand do not say it',
  apply: (service) => ({ ...service, policy: { ...service.policy, graceMs: 30 * MINUTE_MS } }),
};

const publicClient: Variant = {
  title: 'an application without a secret: its id and PKCE are all that it shows',
  status: 'real',
  source: 'linear.app/developers/oauth-2-0-authentication',
  apply: forPublicClient,
};

const scopeArray: Variant = {
  title: 'the scope comes as an array, as for apps made before 2023-12-01',
  status: 'real',
  source: 'linear.app/developers/oauth-2-0-authentication',
  apply: (service) => ({
    ...service,
    tokenAnswer: (granted) => {
      const answer = service.tokenAnswer(granted);
      if (!isJsonObject(answer.body)) return answer;
      return { ...answer, body: { ...answer.body, scope: [...granted.scopes] } };
    },
  }),
};

const personalKey: Variant = {
  title: 'a personal API key: bare in the Authorization header, without an end and without a refresh',
  status: 'real',
  source: 'linear.app/developers/graphql (authentication)',
  apply: (service) => ({
    ...service,
    policy: { ...service.policy, access: { kind: 'never' }, refresh: { kind: 'none' } },
    presentedToken: bareAuthorization,
    authorization: '{token}',
    statesLifetime: false,
    mintAccess: (randomness, key) => `lin_api_${randomness.chars(40, 'token', key)}`,
    // What never expires is never refreshed, and only its revocation ends it.
    wire: service.wire
      .filter(({ id }) => id !== 'scope-exceeds')
      .map((row) =>
        row.id === 'not-authenticated'
          ? { ...row, produce: [{ act: 'revoke' }, ...row.produce.slice(-1)] }
          : row,
      ),
  }),
};

const busy: Variant = {
  title: 'the application has used up most of its quota: twenty requests an hour are left',
  status: 'real',
  source: '@linear/sdk 98.0.0: RatelimitedLinearError',
  apply: (service) => ({ ...service, policy: { ...service.policy, callsPerWindow: CALLS_WHEN_BUSY } }),
};

const linear: Service = {
  id: 'linear',
  title: 'Linear: OAuth, and issues behind GraphQL',
  hosts: ['api.linear.app', 'linear.app'],
  policy: {
    access: { kind: 'fixed', ttlMs: DAY_MS },
    refresh: { kind: 'unlimited' },
    rotation: 'every-use',
    graceMs: 0,
    reuse: 'refused',
    oldAccess: 'lives-on',
    revocation: { ofRefresh: 'grant', ofAccess: 'access-token-only' },
    grantsPerAccount: null,
    codeTtlMs: 10 * MINUTE_MS,
    callsPerWindow: CALLS_AN_HOUR,
  },
  facts: FACTS,
  scopes: ['read', 'write'],
  endpoints: { token: ['/oauth/token'], revoke: ['/oauth/revoke'], authorize: ['/oauth/authorize'] },
  secretOptionalWithPkce: true,
  tokenRequest: { encoding: 'form', clientAuth: ['body', 'basic'] },
  statesLifetime: true,
  earnsRefreshToken: () => true,
  mintAccess: (randomness, key) => `lin_oauth_${randomness.hex(64, 'token', key)}`,
  mintRefresh: (randomness, key) => `lin_refresh_${randomness.hex(64, 'token', key)}`,
  tokenAnswer,
  revokeAnswer: () => empty(200),
  wire: [...OAUTH_WIRE, ...API_WIRE],
  routes: GRAPHQL_ROUTES,
  usageWindowMs: HOUR_MS,
  resourceHeaders,
  seed,
  webhooks: WEBHOOKS,
  variants: {
    'no-refresh': noRefresh,
    'grace-30-minutes': graceThirtyMinutes,
    'public-client': publicClient,
    'scope-array': scopeArray,
    'personal-key': personalKey,
    migratable: migratable(noRefresh),
    busy,
    'client-credentials': clientCredentials,
  },
};

export default linear;
