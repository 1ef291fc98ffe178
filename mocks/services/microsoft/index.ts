// `microsoft`: refresh tokens whose ancestors stay valid, lifetimes by lot, AADSTS codes, and Graph behind them.

import { base64url } from '../../encoding.ts';
import { empty, type Json, json } from '../../http.ts';
import { signIdToken } from '../../id-token.ts';
import { FOREVER_MS } from '../../policy.ts';
import type { Granted, Service } from '../../service.ts';
import { mintAccess } from './access-token.ts';
import { CLIENT_WIRE } from './client-wire.ts';
import { DISCOVERY, issuerOf, SERVICE_ID } from './discovery.ts';
import { DRIVE } from './drive.ts';
import { cae } from './evaluation.ts';
import { FACTS } from './facts.ts';
import { GRANT_WIRE } from './grant-wire.ts';
import { GRAPH_WIRE } from './graph-wire.ts';
import { tenantIdOf, userIdOf, userNameOf } from './ids.ts';
import { MAIL } from './mail.ts';
import { REQUEST_WIRE } from './request-wire.ts';
import { scopesTold, VAULT_ACCESS } from './resources.ts';
import { seed } from './seed.ts';
import { endpointPath, endpointRefusal, readRefresh } from './tenants.ts';
import { CALLS_IN_TEN_MINUTES, retryAfter } from './throttling.ts';
import { USER_ROUTES } from './users.ts';
import { busy, otherWords, rotating, secondFactor, secretExpired, spa, v1Answers } from './variants.ts';
import { VAULT_ROUTES, VAULT_WIRE } from './vault.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

function tokenAnswer(granted: Granted) {
  const { access, refresh, expiresIn, scopes, account, fields } = granted;
  const { client_info: wantsClientInfo, scope: asked = '' } = fields;
  const body: Record<string, Json> = { token_type: 'Bearer', scope: scopesTold(scopes, asked) };
  if (expiresIn !== null) {
    body.expires_in = expiresIn;
    body.ext_expires_in = expiresIn;
  }
  body.access_token = access.value;
  if (refresh !== null) body.refresh_token = refresh.value;
  if (scopes.includes('openid')) body.id_token = idToken(granted);
  if (wantsClientInfo === '1') body.client_info = clientInfo(account);
  return json(200, body, { 'cache-control': 'no-store, no-cache', pragma: 'no-cache' });
}

function idToken({ account, client, origin, nowMs, expiresIn }: Granted): string {
  const tenantId = tenantIdOf(account.tenant);
  const issuedAt = Math.floor(nowMs / 1000);
  return signIdToken(SERVICE_ID, {
    aud: client.id,
    iss: issuerOf(origin, tenantId),
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + (expiresIn ?? 0),
    name: account.id,
    oid: userIdOf(account.id),
    preferred_username: userNameOf(account),
    sub: userIdOf(`${account.id} for ${client.id}`),
    tid: tenantId,
    ver: '2.0',
  });
}

const clientInfo = ({ id, tenant }: Granted['account']) =>
  base64url(JSON.stringify({ uid: userIdOf(id), utid: tenantIdOf(tenant) }));

const barRefresh = (cause: 'ip-restricted' | 'session-policy' | 'service-restricted') => () =>
  ({ kind: 'bar', bar: { cause, from: 'refresh' } }) as const;

const microsoft: Service = {
  id: SERVICE_ID,
  title: 'Microsoft: Entra ID and Graph',
  hosts: ['login.microsoftonline.com', 'graph.microsoft.com', '*.vault.azure.net'],
  policy: {
    access: { kind: 'range', minMs: 60 * MINUTE_MS, maxMs: 90 * MINUTE_MS },
    refresh: { kind: 'idle', windowMs: 90 * DAY_MS },
    rotation: 'every-use',
    graceMs: FOREVER_MS,
    reuse: 'refused',
    oldAccess: 'lives-on',
    revocation: { ofRefresh: 'grant', ofAccess: 'grant' },
    revocationDelayMs: FOREVER_MS,
    grantsPerAccount: null,
    codeTtlMs: 10 * MINUTE_MS,
    callsPerWindow: CALLS_IN_TEN_MINUTES,
    equalTokenRequests: { most: 20, windowMs: 5 * MINUTE_MS },
  },
  facts: FACTS,
  scopes: ['User.Read', 'Mail.Read', 'Files.ReadWrite', VAULT_ACCESS, 'offline_access'],
  endpoints: {
    token: ['/common/oauth2/v2.0/token'],
    revoke: [],
    authorize: ['/common/oauth2/v2.0/authorize'],
  },
  endpointPath,
  endpointRefusal,
  readRefresh,
  tokenRequest: { encoding: 'form', clientAuth: ['body', 'basic'], insistsOn: ['encoding'] },
  // What a policy forbids is looked at when a token is asked for; who has one goes on to its end.
  acts: {
    'change-password': () => null,
    'restrict-ip': barRefresh('ip-restricted'),
    'restrict-session': barRefresh('session-policy'),
    'restrict-service': barRefresh('service-restricted'),
  },
  statesLifetime: true,
  earnsRefreshToken: ({ scopes }) => scopes.includes('offline_access'),
  mintAccess,
  mintRefresh: (randomness, key) => `1.A${randomness.chars(160, 'token', key)}`,
  tokenAnswer,
  revokeAnswer: () => empty(200),
  wire: [...GRANT_WIRE, ...CLIENT_WIRE, ...REQUEST_WIRE, ...GRAPH_WIRE, ...VAULT_WIRE],
  routes: [...USER_ROUTES, ...MAIL, ...DRIVE, ...VAULT_ROUTES, ...DISCOVERY],
  usageWindowMs: 10 * MINUTE_MS,
  resourceHeaders: retryAfter,
  seed,
  variants: {
    cae,
    spa,
    busy,
    'second-factor': secondFactor,
    'secret-expired': secretExpired,
    'other-words': otherWords,
    'v1-answers': v1Answers,
    rotating,
  },
};

export default microsoft;
