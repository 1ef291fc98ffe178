// `hubspot`: access tokens of thirty minutes, one refresh token for ever, and a CRM to read and write.

import { empty, json } from '../../http.ts';
import type { Granted, ResourceAnswer, Route, Service, Variant } from '../../service.ts';
import { withPolicy } from '../../variant.ts';
import { FACTS } from './facts.ts';
import { OAUTH_ROUTES } from './oauth-routes.ts';
import { OAUTH_WIRE } from './oauth-wire.ts';
import { OBJECT_ROUTES } from './object-routes.ts';
import { FIRST_VERSION, olderAt } from './older-words.ts';
import { hubIdOf, userIdOf } from './portal.ts';
import { BURST_CALLS, RESOURCE_WIRE, SEARCHES_A_SECOND } from './resource-wire.ts';
import { seed } from './seed.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const BURST_WINDOW_MS = 10_000;

const OWNERS: Route = {
  id: 'owners.list',
  method: 'GET',
  path: '/crm/v3/owners',
  needsOneOf: ['crm.objects.owners.read'],
  effect: 'read',
  handle: ({ data }) => ({ answer: json(200, { results: data('owners').list() }) }),
};

function tokenAnswer({ access, refresh, expiresIn, scopes, account }: Granted) {
  return json(
    200,
    {
      token_type: 'bearer',
      ...(refresh === null ? {} : { refresh_token: refresh.value }),
      access_token: access.value,
      ...(expiresIn === null ? {} : { expires_in: expiresIn }),
      hub_id: hubIdOf(account.tenant),
      user_id: userIdOf(account.tenant),
      scopes: [...scopes],
    },
    { 'cache-control': 'no-store' },
  );
}

// Calls that no token let in are not counted, and searches have a limit of their own that no header tells.
function resourceHeaders({ route, calls, callsPerWindow }: ResourceAnswer): Record<string, string> {
  if (calls === null || route?.id.endsWith('.search')) return {};
  const most = callsPerWindow ?? BURST_CALLS;
  return {
    'x-hubspot-ratelimit-max': String(most),
    'x-hubspot-ratelimit-remaining': String(Math.max(0, most - calls)),
    'x-hubspot-ratelimit-interval-milliseconds': String(BURST_WINDOW_MS),
  };
}

const rotating: Variant = {
  title: 'every use of a refresh token replaces it, and the old one is dead at once',
  status: 'claimed',
  source: 'the widespread advice to expect rotation from HubSpot',
  apply: (service) => ({ ...service, policy: { ...service.policy, rotation: 'every-use', graceMs: 0 } }),
};

const sixHours: Variant = {
  title: 'access tokens live for six hours, as they did before',
  status: 'real',
  source: 'developers.hubspot.com/changelog/upcoming-expiration-of-oauth-access-tokens-is-changing',
  apply: (service) => ({
    ...service,
    policy: { ...service.policy, access: { kind: 'fixed', ttlMs: 6 * HOUR_MS } },
  }),
};

const olderErrors: Variant = {
  title: 'token errors carry status and message only, at every version of the endpoint',
  status: 'real',
  source: 'developers.hubspot.com/changelog: standardized error responses (what changed)',
  apply: (service) => ({
    ...service,
    wire: service.wire.map(olderAt(() => true)),
  }),
};

// Not by default: in a time that jumps many searches are of one moment, which at HubSpot would be a second or more.
const searchLimit: Variant = {
  title: 'searches are limited to five a second, as they are at HubSpot beside all other limits',
  status: 'real',
  source: 'developers.hubspot.com/docs/api/crm/search; the number is not confirmed',
  apply: (service) =>
    withPolicy(service, {
      buckets: { search: { capacity: SEARCHES_A_SECOND, refillPerSecond: SEARCHES_A_SECOND } },
    }),
};

const emptyOnMissingScope: Variant = {
  title: 'a missing scope is answered 200 with an empty body',
  status: 'real',
  source: 'developers.hubspot.com/changelog: the web analytics API until 2023-01',
  apply: (service) => ({
    ...service,
    wire: service.wire.map((row) =>
      row.id === 'scope-missing' ? { ...row, answer: () => empty(200) } : row,
    ),
  }),
};

const hubspot: Service = {
  id: 'hubspot',
  title: 'HubSpot: OAuth, and the CRM objects API',
  hosts: ['api.hubapi.com', 'api.hubspot.com', 'app.hubspot.com'],
  policy: {
    access: { kind: 'fixed', ttlMs: 30 * MINUTE_MS },
    refresh: { kind: 'unlimited' },
    rotation: 'none',
    graceMs: 0,
    reuse: 'refused',
    oldAccess: 'lives-on',
    revocation: { ofRefresh: 'refresh-token-only', ofAccess: 'access-token-only' },
    grantsPerAccount: null,
    codeTtlMs: 10 * MINUTE_MS,
    callsPerWindow: BURST_CALLS,
  },
  facts: FACTS,
  scopes: [
    'oauth',
    'crm.objects.deals.read',
    'crm.objects.deals.write',
    'crm.objects.contacts.read',
    'crm.objects.contacts.write',
  ],
  endpoints: {
    token: ['/oauth/2026-03/token', '/oauth/v3/token', FIRST_VERSION],
    revoke: ['/oauth/2026-03/token/revoke'],
    authorize: ['/oauth/authorize'],
  },
  tokenRequest: {
    encoding: 'form',
    clientAuth: ['body'],
    bodyOnly: [
      '/oauth/2026-03/token',
      '/oauth/v3/token',
      '/oauth/2026-03/token/introspect',
      '/oauth/v3/token/introspect',
      '/oauth/2026-03/token/revoke',
    ],
    insistsOn: ['clientAuth'],
  },
  // The app is installed in the portal, not for the user: a new password leaves the grant alone.
  acts: { 'change-password': () => null },
  statesLifetime: true,
  earnsRefreshToken: () => true,
  mintAccess: (randomness, key) => `C${randomness.chars(79, 'token', key)}`,
  mintRefresh: (randomness, key) => `na1-${randomness.uuid('token', key)}`,
  tokenAnswer,
  revokeAnswer: () => json(200, {}),
  wire: [...OAUTH_WIRE.map(olderAt((path) => path === FIRST_VERSION)), ...RESOURCE_WIRE],
  routes: [...OBJECT_ROUTES, OWNERS, ...OAUTH_ROUTES],
  usageWindowMs: BURST_WINDOW_MS,
  resourceHeaders,
  seed,
  variants: {
    rotating,
    'six-hours': sixHours,
    'older-errors': olderErrors,
    'empty-on-missing-scope': emptyOnMissingScope,
    'search-limit': searchLimit,
  },
};

export default hubspot;
