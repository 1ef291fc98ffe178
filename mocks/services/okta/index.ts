// `okta`: one refresh token that idles out after a week, rotation as a variant, and an API that refuses in headers.

import { empty, json } from '../../http.ts';
import { signIdToken } from '../../id-token.ts';
import { authorizationScheme } from '../../presented-token.ts';
import { rateLimitHeaders } from '../../rate-limit-headers.ts';
import { readableToken } from '../../readable-token.ts';
import type { Granted, Service } from '../../service.ts';
import { API_WIRE } from './api-wire.ts';
import { FACTS } from './facts.ts';
import { IDENTITY_ROUTES, SERVICE_ID } from './identity.ts';
import { loginOf, userIdOf } from './ids.ts';
import { MANAGEMENT_ROUTES } from './management.ts';
import { OAUTH_WIRE } from './oauth-wire.ts';
import { seed } from './seed.ts';
import { busy, inheritedEnd, rotating, rotatingWithoutGrace } from './variants.ts';

const CALLS_A_MINUTE = 600;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const bearer = authorizationScheme('bearer');
const ssws = authorizationScheme('ssws');

// A refresh names the refresh token only where it replaced it.
function tokenAnswer(granted: Granted) {
  const { access, refresh, via, rotated, expiresIn, scopes } = granted;
  const tellsRefresh = refresh !== null && (via === 'authorization_code' || rotated);
  return json(
    200,
    {
      token_type: 'Bearer',
      ...(expiresIn === null ? {} : { expires_in: expiresIn }),
      access_token: access.value,
      scope: scopes.join(' '),
      ...(tellsRefresh ? { refresh_token: refresh.value } : {}),
      ...(scopes.includes('openid') ? { id_token: idToken(granted) } : {}),
    },
    { 'cache-control': 'no-cache, no-store', pragma: 'no-cache' },
  );
}

function idToken({ account, client, origin, nowMs }: Granted): string {
  const issuedAt = Math.floor(nowMs / 1000);
  return signIdToken(SERVICE_ID, {
    sub: userIdOf(account.tenant, 1),
    name: 'Integration User',
    preferred_username: loginOf(account),
    ver: 1,
    iss: origin,
    aud: client.id,
    iat: issuedAt,
    exp: issuedAt + HOUR_MS / 1000,
  });
}

const okta: Service = {
  id: SERVICE_ID,
  title: 'Okta: the org authorization server, users and groups',
  hosts: ['*.okta.com', '*.oktapreview.com'],
  policy: {
    access: { kind: 'fixed', ttlMs: HOUR_MS },
    refresh: { kind: 'idle', windowMs: 7 * DAY_MS },
    rotation: 'none',
    graceMs: 0,
    reuse: 'refused',
    oldAccess: 'lives-on',
    revocation: { ofRefresh: 'grant', ofAccess: 'access-token-only' },
    grantsPerAccount: null,
    codeTtlMs: 5 * MINUTE_MS,
    callsPerWindow: CALLS_A_MINUTE,
  },
  facts: FACTS,
  scopes: ['openid', 'profile', 'offline_access', 'okta.users.read', 'okta.users.manage'],
  endpoints: {
    token: ['/oauth2/v1/token'],
    revoke: ['/oauth2/v1/revoke'],
    authorize: ['/oauth2/v1/authorize'],
  },
  // A custom authorization server has its id in the path.
  endpointPath: (path) => path.replace(/^\/oauth2\/[^/]+\/v1\/(token|revoke|authorize)$/, '/oauth2/v1/$1'),
  tokenRequest: { encoding: 'form', clientAuth: ['basic', 'body'], insistsOn: ['encoding'] },
  // A token of OAuth is nothing under SSWS, where only API tokens count.
  presentedToken: (request) => {
    const apiTokenSaid = ssws(request);
    return apiTokenSaid === null ? bearer(request) : `SSWS ${apiTokenSaid}`;
  },
  statesLifetime: true,
  earnsRefreshToken: ({ scopes }) => scopes.includes('offline_access'),
  mintAccess: (randomness, key, account, minted) => {
    const org = `https://${account.tenant}.okta.com`;
    return readableToken(SERVICE_ID, minted, {
      ver: 1,
      jti: `AT.${randomness.chars(43, 'token', key)}`,
      iss: org,
      aud: org,
      sub: loginOf(account),
      cid: minted.clientId,
      uid: userIdOf(account.tenant, 1),
      scp: [...minted.scopes],
    });
  },
  mintRefresh: (randomness, key) => randomness.chars(43, 'token', key),
  tokenAnswer,
  revocationNeedsClient: true,
  revokeAnswer: () => empty(200),
  wire: [...OAUTH_WIRE, ...API_WIRE],
  routes: [...MANAGEMENT_ROUTES, ...IDENTITY_ROUTES],
  usageWindowMs: MINUTE_MS,
  resourceHeaders: rateLimitHeaders('x-rate-limit', CALLS_A_MINUTE),
  seed,
  variants: {
    rotating,
    'rotating-without-grace': rotatingWithoutGrace,
    'inherited-end': inheritedEnd,
    busy,
  },
};

export default okta;
