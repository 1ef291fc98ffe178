// `intuit`: a refresh token that stays the same for a day and then changes, and a company that only the redirect names.

import { base64url } from '../../encoding.ts';
import { empty, json } from '../../http.ts';
import type { Granted, Service } from '../../service.ts';
import { traceHeader } from './answers.ts';
import { API_WIRE } from './api-wire.ts';
import { COMPANY_ROUTES } from './company-routes.ts';
import { FACTS } from './facts.ts';
import { realmIdOf } from './ids.ts';
import { CALLS_PER_MINUTE, MINUTE_WINDOW_MS } from './limits.ts';
import { OAUTH_WIRE } from './oauth-wire.ts';
import { ACCOUNTING } from './scopes.ts';
import { seed } from './seed.ts';
import { VARIANTS } from './variants.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const YEAR_MS = 365 * DAY_MS;
const REFRESH_WINDOW_MS = 101 * DAY_MS;
const HARD_END_MS = 5 * YEAR_MS;
const ASKS_FOR_HARD_END = 'x-include-refresh-token-hard-expires-in';
const JWE_HEADER = base64url('{"enc":"A128CBC-HS256","alg":"dir"}');

// The stated end counts from the issue of the value, so that it nears while the value stays the same.
function tokenAnswer(granted: Granted) {
  const { access, refresh, refreshExpiresIn, expiresIn, nowMs, consentedAtMs, request } = granted;
  const secondsUntil = (ms: number) => Math.round((ms - nowMs) / 1000);
  const ofThisValue = refresh === null ? 0 : secondsUntil(refresh.token.issuedAtMs + REFRESH_WINDOW_MS);
  return json(
    200,
    {
      token_type: 'bearer',
      access_token: access.value,
      ...(expiresIn === null ? {} : { expires_in: expiresIn }),
      ...(refresh === null ? {} : { refresh_token: refresh.value }),
      ...(refreshExpiresIn === null
        ? {}
        : { x_refresh_token_expires_in: Math.min(refreshExpiresIn, ofThisValue) }),
      ...(refreshExpiresIn === null || request.headers[ASKS_FOR_HARD_END] !== 'true'
        ? {}
        : { x_refresh_token_hard_expires_in: secondsUntil(consentedAtMs + HARD_END_MS) }),
    },
    { ...traceHeader(granted), 'cache-control': 'no-cache, no-store' },
  );
}

const intuit: Service = {
  id: 'intuit',
  title: 'Intuit: OAuth and QuickBooks Online',
  hosts: [
    'appcenter.intuit.com',
    'oauth.platform.intuit.com',
    'developer.api.intuit.com',
    'quickbooks.api.intuit.com',
  ],
  policy: {
    access: { kind: 'fixed', ttlMs: HOUR_MS },
    refresh: { kind: 'idle-and-cap', windowMs: REFRESH_WINDOW_MS, capMs: HARD_END_MS },
    rotation: 'sticky',
    stickyForMs: 25 * HOUR_MS,
    graceMs: 0,
    reuse: 'refused',
    oldAccess: 'lives-on',
    revocation: { ofRefresh: 'grant', ofAccess: 'grant' },
    grantsPerAccount: null,
    codeTtlMs: 10 * MINUTE_MS,
    callsPerWindow: CALLS_PER_MINUTE,
  },
  facts: FACTS,
  scopes: [ACCOUNTING],
  endpoints: {
    token: ['/oauth2/v1/tokens/bearer'],
    revoke: ['/v2/oauth2/tokens/revoke'],
    authorize: ['/connect/oauth2'],
  },
  tokenRequest: { encoding: 'form', clientAuth: ['basic', 'body'] },
  statesLifetime: true,
  earnsRefreshToken: () => true,
  redirectFields: ({ fields, account }): Record<string, string> =>
    fields.code === undefined || account === null ? {} : { realmId: realmIdOf(account.tenant) },
  // An encrypted token in five parts, the second of them empty; about a kilobyte, and nothing in it to read.
  mintAccess: (randomness, key) => {
    const part = (name: string, length: number) => randomness.chars(length, 'token', key, name);
    return [JWE_HEADER, '', part('iv', 22), part('text', 900), part('tag', 22)].join('.');
  },
  mintRefresh: (randomness, key) =>
    `RT1-${randomness.hex(2, 'node', key)}-H0-${randomness.chars(34, 'refresh token', key)}`,
  tokenAnswer,
  revocationNeedsClient: true,
  revokeAnswer: (revoked) => empty(200, traceHeader(revoked)),
  wire: [...OAUTH_WIRE, ...API_WIRE],
  routes: COMPANY_ROUTES,
  usageWindowMs: MINUTE_WINDOW_MS,
  seed,
  idFields: { '*': 'Id', charges: 'id' },
  variants: VARIANTS,
};

export default intuit;
