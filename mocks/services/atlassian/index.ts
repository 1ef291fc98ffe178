// `atlassian`: rotating refresh tokens with companions that die ten minutes later, and a 401 for a missing scope.

import { empty, type Json, json } from '../../http.ts';
import { readableToken } from '../../readable-token.ts';
import type { Granted, Service } from '../../service.ts';
import { API_WIRE } from './api-wire.ts';
import { FACTS } from './facts.ts';
import { IDENTITY_ROUTES } from './identity-routes.ts';
import { userIdOf } from './ids.ts';
import { ISSUE_ROUTES } from './issue-routes.ts';
import { CALLS_PER_SECOND, limitHeaders, RATE_LIMITED, SECOND_WINDOW_MS } from './limits.ts';
import { OAUTH_WIRE } from './oauth-wire.ts';
import { seed } from './seed.ts';
import { VARIANTS } from './variants.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

function tokenAnswer({ access, refresh, expiresIn, scopes }: Granted) {
  const body: Record<string, Json> = { access_token: access.value };
  if (expiresIn !== null) body.expires_in = expiresIn;
  body.token_type = 'Bearer';
  if (refresh !== null) body.refresh_token = refresh.value;
  body.scope = scopes.join(' ');
  return json(200, body, { 'cache-control': 'no-store' });
}

const atlassian: Service = {
  id: 'atlassian',
  title: 'Atlassian Cloud: OAuth 2.0 (3LO) and Jira',
  hosts: ['auth.atlassian.com', 'api.atlassian.com'],
  policy: {
    access: { kind: 'fixed', ttlMs: HOUR_MS },
    refresh: { kind: 'idle-and-cap', windowMs: 90 * DAY_MS, capMs: 365 * DAY_MS },
    rotation: 'every-use',
    graceMs: 10 * MINUTE_MS,
    reuse: 'family-revoked',
    oldAccess: 'dies-after-grace',
    revocation: { ofRefresh: 'grant', ofAccess: 'grant' },
    grantsPerAccount: null,
    codeTtlMs: 5 * MINUTE_MS,
    callsPerWindow: CALLS_PER_SECOND,
  },
  facts: FACTS,
  scopes: ['read:me', 'read:jira-user', 'read:jira-work', 'write:jira-work', 'offline_access'],
  endpoints: { token: ['/oauth/token'], revoke: [], authorize: ['/authorize'] },
  tokenRequest: { encoding: 'json', clientAuth: ['body'] },
  statesLifetime: true,
  earnsRefreshToken: ({ scopes }) => scopes.includes('offline_access'),
  reauthQuery: { audience: 'api.atlassian.com', prompt: 'consent' },
  // The app keeps its grant; only the chain of refresh tokens ends with the password.
  acts: { 'change-password': () => ({ kind: 'end-refresh', cause: 'password-changed' }) },
  mintAccess: (randomness, key, account, minted) =>
    readableToken('atlassian', minted, {
      jti: randomness.uuid('token', key),
      sub: userIdOf(account),
      iss: 'https://auth.atlassian.com',
      aud: minted.clientId,
      client_id: minted.clientId,
      scope: minted.scopes.join(' '),
    }),
  mintRefresh: (randomness, key) =>
    `eyJraWQiOi${randomness.chars(100, 'header', key)}.eyJqdGkiOi${randomness.chars(100, 'claims', key)}.${randomness.chars(100, 'refresh token', key)}`,
  tokenAnswer,
  revokeAnswer: () => empty(200),
  wire: [...OAUTH_WIRE, ...API_WIRE, RATE_LIMITED],
  routes: [...IDENTITY_ROUTES, ...ISSUE_ROUTES],
  usageWindowMs: SECOND_WINDOW_MS,
  resourceHeaders: limitHeaders,
  seed,
  variants: VARIANTS,
};

export default atlassian;
