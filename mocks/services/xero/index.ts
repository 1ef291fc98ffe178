// `xero`: half an hour per access token, half an hour to use a spent refresh token again, and a tenant in a header.

import { empty, json } from '../../http.ts';
import { readableToken } from '../../readable-token.ts';
import type { Granted, Service } from '../../service.ts';
import { API_WIRE } from './api-wire.ts';
import { CONNECTION_ROUTES } from './connection-routes.ts';
import { FACTS } from './facts.ts';
import { subjectOf, userIdOf } from './ids.ts';
import { INVOICE_ROUTES } from './invoice-routes.ts';
import { CALLS_PER_MINUTE, limitHeaders, MINUTE_WINDOW_MS } from './limits.ts';
import { OAUTH_WIRE } from './oauth-wire.ts';
import { idToken, OPENID_ROUTES } from './openid.ts';
import { seed } from './seed.ts';
import { VARIANTS } from './variants.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const tokenAnswer = (granted: Granted) => {
  const { access, refresh, expiresIn, scopes } = granted;
  return json(
    200,
    {
      ...idToken(granted),
      access_token: access.value,
      ...(expiresIn === null ? {} : { expires_in: expiresIn }),
      token_type: 'Bearer',
      ...(refresh === null ? {} : { refresh_token: refresh.value }),
      scope: scopes.join(' '),
    },
    { 'cache-control': 'no-store, no-cache, max-age=0', pragma: 'no-cache' },
  );
};

const xero: Service = {
  id: 'xero',
  title: 'Xero: OAuth and the accounting API',
  hosts: ['login.xero.com', 'identity.xero.com', 'api.xero.com'],
  policy: {
    access: { kind: 'fixed', ttlMs: 30 * MINUTE_MS },
    refresh: { kind: 'idle', windowMs: 60 * DAY_MS },
    rotation: 'every-use',
    graceMs: 30 * MINUTE_MS,
    reuse: 'refused',
    oldAccess: 'lives-on',
    revocation: { ofRefresh: 'grant', ofAccess: 'access-token-only' },
    grantsPerAccount: null,
    codeTtlMs: 5 * MINUTE_MS,
    callsPerWindow: CALLS_PER_MINUTE,
  },
  facts: FACTS,
  scopes: ['offline_access', 'accounting.transactions', 'accounting.contacts', 'accounting.settings.read'],
  endpoints: {
    token: ['/connect/token'],
    revoke: ['/connect/revocation'],
    authorize: ['/identity/connect/authorize'],
  },
  tokenRequest: { encoding: 'form', clientAuth: ['basic', 'body'], insistsOn: ['encoding'] },
  statesLifetime: true,
  earnsRefreshToken: ({ scopes }) => scopes.includes('offline_access'),
  // Disconnecting takes the organisation away, not the tokens.
  acts: {
    'withdraw-consent': () => ({ kind: 'bar', bar: { cause: 'consent-withdrawn', from: 'use' } }),
  },
  mintAccess: (randomness, key, account, minted) =>
    readableToken('xero', minted, {
      iss: 'https://identity.xero.com',
      aud: 'https://identity.xero.com/resources',
      client_id: minted.clientId,
      sub: subjectOf(account),
      xero_userid: userIdOf(account),
      jti: randomness.hex(32, 'token', key),
      scope: [...minted.scopes],
    }),
  mintRefresh: (randomness, key) => randomness.chars(43, 'refresh token', key),
  tokenAnswer,
  revocationNeedsClient: true,
  revokeAnswer: () => empty(200),
  wire: [...OAUTH_WIRE, ...API_WIRE],
  routes: [...CONNECTION_ROUTES, ...INVOICE_ROUTES, ...OPENID_ROUTES],
  usageWindowMs: MINUTE_WINDOW_MS,
  resourceHeaders: limitHeaders,
  seed,
  idFields: { invoices: 'InvoiceID', contacts: 'ContactID' },
  variants: VARIANTS,
};

export default xero;
