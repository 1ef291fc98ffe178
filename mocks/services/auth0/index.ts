// `auth0`: refresh tokens that rotate and watch for breaches, 403 for a dead one, user info and the Management API.

import { empty, json } from '../../http.ts';
import { signIdToken } from '../../id-token.ts';
import { FOREVER_MS } from '../../policy.ts';
import { rateLimitHeaders } from '../../rate-limit-headers.ts';
import { readableToken } from '../../readable-token.ts';
import type { Granted, Service } from '../../service.ts';
import { API_WIRE } from './api-wire.ts';
import { FACTS } from './facts.ts';
import { IDENTITY_ROUTES, SERVICE_ID } from './identity.ts';
import { emailOf, userIdOf } from './ids.ts';
import { CALLS_A_MINUTE, WINDOW_MS } from './limits.ts';
import { MANAGEMENT_ROUTES } from './management.ts';
import { OAUTH_WIRE } from './oauth-wire.ts';
import { seed } from './seed.ts';
import { busy, leeway, nonExpiring, nonRotating } from './variants.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const ID_TOKEN_S = 36_000;

// Where nothing rotates, a refresh names no refresh token.
function tokenAnswer(granted: Granted) {
  const { access, refresh, via, rotated, expiresIn, scopes } = granted;
  const tellsRefresh = refresh !== null && (via === 'authorization_code' || rotated);
  return json(
    200,
    {
      access_token: access.value,
      ...(tellsRefresh ? { refresh_token: refresh.value } : {}),
      ...(scopes.includes('openid') ? { id_token: idToken(granted) } : {}),
      scope: scopes.join(' '),
      ...(expiresIn === null ? {} : { expires_in: expiresIn }),
      token_type: 'Bearer',
    },
    { 'cache-control': 'no-store', pragma: 'no-cache' },
  );
}

function idToken({ account: { tenant }, client, origin, nowMs }: Granted): string {
  const issuedAt = Math.floor(nowMs / 1000);
  return signIdToken(SERVICE_ID, {
    nickname: 'integration',
    name: 'integration',
    email: emailOf(tenant, 'integration'),
    email_verified: true,
    iss: `${origin}/`,
    aud: client.id,
    iat: issuedAt,
    exp: issuedAt + ID_TOKEN_S,
    sub: userIdOf(tenant, 1),
  });
}

const auth0: Service = {
  id: SERVICE_ID,
  title: 'Auth0: OAuth, user info and the Management API',
  hosts: ['*.auth0.com'],
  policy: {
    access: { kind: 'fixed', ttlMs: DAY_MS },
    refresh: { kind: 'idle-and-cap', windowMs: 15 * DAY_MS, capMs: 30 * DAY_MS },
    rotation: 'every-use',
    graceMs: 0,
    graceDepth: 'previous',
    reuse: 'family-revoked',
    oldAccess: 'lives-on',
    revocation: { ofRefresh: 'grant', ofAccess: 'access-token-only' },
    revocationDelayMs: FOREVER_MS,
    grantsPerAccount: 200,
    codeTtlMs: 10 * MINUTE_MS,
    callsPerWindow: CALLS_A_MINUTE,
  },
  facts: FACTS,
  scopes: ['openid', 'profile', 'email', 'offline_access', 'read:users', 'update:users'],
  endpoints: { token: ['/oauth/token'], revoke: ['/oauth/revoke'], authorize: ['/authorize'] },
  tokenRequest: { encoding: 'form', clientAuth: ['body', 'basic'] },
  acts: { 'change-password': () => null },
  statesLifetime: true,
  earnsRefreshToken: ({ scopes }) => scopes.includes('offline_access'),
  mintAccess: (randomness, key, { tenant }, minted) => {
    const issuer = `https://${tenant}.auth0.com/`;
    return readableToken(SERVICE_ID, minted, {
      iss: issuer,
      sub: userIdOf(tenant, 1),
      aud: [`${issuer}api/v2/`, `${issuer}userinfo`],
      azp: minted.clientId,
      scope: minted.scopes.join(' '),
      jti: randomness.chars(22, 'token', key),
    });
  },
  mintRefresh: (randomness, key) => `v1.M${randomness.chars(54, 'token', key)}`,
  tokenAnswer,
  revocationNeedsClient: true,
  revokeAnswer: () => empty(200),
  wire: [...OAUTH_WIRE, ...API_WIRE],
  routes: [...MANAGEMENT_ROUTES, ...IDENTITY_ROUTES],
  usageWindowMs: WINDOW_MS,
  resourceHeaders: rateLimitHeaders('x-ratelimit', CALLS_A_MINUTE),
  seed,
  idFields: { users: 'user_id', clients: 'client_id' },
  variants: { leeway, 'non-rotating': nonRotating, 'non-expiring': nonExpiring, busy },
};

export default auth0;
