// `salesforce`: sessions that activity extends, no stated lifetime, five grants a user, and records behind SOQL.

import { hmacSha256Base64 } from '../../digest.ts';
import { empty } from '../../http.ts';
import type { AccountIdentity, Granted, ResourceAnswer, Route, Service, Variant } from '../../service.ts';
import { forPublicClient } from '../../variant.ts';
import { API_WIRE, CALLS_WHEN_BUSY, sessionInvalid } from './api-wire.ts';
import { oauthAnswer } from './encoding.ts';
import { FACTS } from './facts.ts';
import { IDENTITY_ROUTES, identityUrl } from './identity.ts';
import { orgIdOf, short } from './ids.ts';
import { jwtBearer } from './jwt-bearer.ts';
import { OAUTH_WIRE } from './oauth-wire.ts';
import { QUERY_ROUTES } from './query.ts';
import { seed } from './seed.ts';
import { SOBJECT_ROUTES } from './sobjects.ts';
import { VERSIONS } from './versioned.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const CALLS_A_DAY = 15_000;

const REFRESH_SCOPES = ['refresh_token', 'offline_access'];

// A refresh names the refresh token only where it replaced it.
function tokenAnswer(granted: Granted) {
  const { access, refresh, via, rotated, scopes, account, origin, request, client, nowMs } = granted;
  const id = identityUrl(origin, account);
  const issuedAt = String(nowMs);
  const signature = hmacSha256Base64(client.secret ?? '', `${id}${issuedAt}`);
  const fields: Record<string, string> = { access_token: access.value };
  if (refresh !== null && (via === 'authorization_code' || rotated)) fields.refresh_token = refresh.value;
  fields.signature = signature;
  fields.scope = scopes.join(' ');
  fields.instance_url = origin;
  fields.id = id;
  fields.token_type = 'Bearer';
  fields.issued_at = issuedAt;
  return oauthAnswer(request, 200, fields);
}

const countedAs = ({ path }: Route) => (path.startsWith('/services/data/') ? 'api' : null);

const resourceHeaders = ({ calls, callsPerWindow }: ResourceAnswer): Record<string, string> =>
  calls === null ? {} : { 'sforce-limit-info': `api-usage=${calls}/${callsPerWindow ?? CALLS_A_DAY}` };

const orgPrefix = ({ tenant }: AccountIdentity) => short(orgIdOf(tenant));

const rotating: Variant = {
  title: 'refresh token rotation is on: every use replaces it, reuse revokes the family, 30 idle days end it',
  status: 'real',
  source: 'help.salesforce.com 005316711 and xcloud.connected_app_limit_idle_ttl',
  apply: (service) => ({
    ...service,
    policy: {
      ...service.policy,
      refresh: { kind: 'idle', windowMs: 30 * DAY_MS },
      rotation: 'every-use',
      graceMs: 0,
      reuse: 'family-revoked',
    },
  }),
};

const publicClient: Variant = {
  title: 'an app of which no secret is required, neither for the code, which PKCE binds, nor for a refresh',
  status: 'real',
  source:
    'help.salesforce.com: OAuth settings of an app, require secret for web server and refresh token flow',
  apply: forPublicClient,
};

const idleThirtyDays: Variant = {
  title: 'the app ends refresh tokens that were unused for 30 days',
  status: 'real',
  source: 'help.salesforce.com: xcloud.connected_app_limit_idle_ttl',
  apply: (service) => ({
    ...service,
    policy: { ...service.policy, refresh: { kind: 'idle', windowMs: 30 * DAY_MS } },
  }),
};

const fifteenMinutes: Variant = {
  title: 'the org ends sessions after 15 minutes without activity, the shortest timeout there is',
  status: 'real',
  source: 'help.salesforce.com: session settings',
  apply: (service) => ({
    ...service,
    policy: { ...service.policy, access: { kind: 'sliding', ttlMs: 15 * MINUTE_MS, countsAfter: 0.5 } },
  }),
};

const DISABLED_ROWS = new Set(['api-disabled-for-user', 'api-disabled-for-org']);

const apiDisabledAsInvalidSession: Variant = {
  title: 'a user or an org that lost the API gets the words of an invalid session',
  status: 'claimed',
  source: 'the overnight article: INVALID_SESSION_ID when a profile loses "API Enabled"',
  apply: (service) => ({
    ...service,
    wire: service.wire.map((row) => (DISABLED_ROWS.has(row.id) ? { ...row, answer: sessionInvalid } : row)),
  }),
};

const busy: Variant = {
  title: 'other integrations have used up most of the org’s calls: twenty a day are left',
  status: 'real',
  source: 'SOAP API developer guide: API request limits, which all integrations of an org share',
  apply: (service) => ({ ...service, policy: { ...service.policy, callsPerWindow: CALLS_WHEN_BUSY } }),
};

const salesforce: Service = {
  id: 'salesforce',
  title: 'Salesforce: OAuth, SOQL and records',
  hosts: ['login.salesforce.com', 'test.salesforce.com', '*.my.salesforce.com'],
  tenantHost: '{tenant}.my.salesforce.com',
  policy: {
    access: { kind: 'sliding', ttlMs: 2 * HOUR_MS, countsAfter: 0.5 },
    refresh: { kind: 'unlimited' },
    rotation: 'none',
    graceMs: 0,
    reuse: 'refused',
    oldAccess: 'lives-on',
    revocation: { ofRefresh: 'grant', ofAccess: 'access-token-only' },
    grantsPerAccount: 5,
    codeTtlMs: 15 * MINUTE_MS,
    callsPerWindow: CALLS_A_DAY,
  },
  facts: FACTS,
  scopes: ['api', 'refresh_token'],
  endpoints: {
    token: ['/services/oauth2/token'],
    revoke: ['/services/oauth2/revoke'],
    authorize: ['/services/oauth2/authorize'],
  },
  tokenRequest: { encoding: 'form', clientAuth: ['body', 'basic'] },
  statesLifetime: false,
  earnsRefreshToken: ({ scopes }) => scopes.some((scope) => REFRESH_SCOPES.includes(scope)),
  mintAccess: (randomness, key, account) => `${orgPrefix(account)}!AQ${randomness.chars(94, 'token', key)}`,
  mintRefresh: (randomness, key) => `5Aep${randomness.chars(83, 'token', key)}`,
  tokenAnswer,
  revokeAnswer: () => empty(200),
  wire: [...OAUTH_WIRE, ...API_WIRE],
  routes: [VERSIONS, ...QUERY_ROUTES, ...SOBJECT_ROUTES, ...IDENTITY_ROUTES],
  usageWindowMs: DAY_MS,
  countedAs,
  resourceHeaders,
  seed,
  idFields: { '*': 'Id' },
  variants: {
    rotating,
    'public-client': publicClient,
    'idle-30-days': idleThirtyDays,
    'fifteen-minutes': fifteenMinutes,
    'api-disabled-as-invalid-session': apiDisabledAsInvalidSession,
    busy,
    'jwt-bearer': jwtBearer,
  },
};

export default salesforce;
