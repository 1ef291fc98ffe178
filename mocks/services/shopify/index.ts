// `shopify`: offline tokens of an hour, a second chance for the refresh token before, and refusals with a 200 in GraphQL.

import { json } from '../../http.ts';
import { header } from '../../presented-token.ts';
import type { Granted, Service } from '../../service.ts';
import { API_WIRE } from './api-wire.ts';
import { callbackFields } from './callback.ts';
import { FACTS } from './facts.ts';
import { COST_BUCKET } from './graphql-cost.ts';
import { GRAPHQL_ROUTE } from './graphql-route.ts';
import { AUTHORIZATION, TOKEN_HEADER } from './header.ts';
import { OAUTH_WIRE } from './oauth-wire.ts';
import { asksOnline, ONLINE, ONLINE_MS, onlineFields } from './online-token.ts';
import { REST_ROUTES } from './products.ts';
import { REST_BUCKET } from './rest-limit.ts';
import { seed } from './seed.ts';
import { exchangeToken, TOKEN_EXCHANGE } from './token-exchange.ts';
import { UNINSTALL } from './uninstall.ts';
import { VARIANTS } from './variants.ts';
import { WEBHOOKS } from './webhooks.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

// What never expires has nothing to say of its end.
const tokenAnswer = (granted: Granted) => {
  const { access, refresh, expiresIn, refreshExpiresIn, scopes, via, request } = granted;
  return json(200, {
    access_token: access.value,
    scope: scopes.join(','),
    ...(expiresIn === null ? {} : { expires_in: expiresIn }),
    ...(refresh === null ? {} : { refresh_token: refresh.value }),
    ...(refreshExpiresIn === null ? {} : { refresh_token_expires_in: refreshExpiresIn }),
    ...(via === 'extension' && asksOnline(request) ? onlineFields(granted) : {}),
  });
};

const shopify: Service = {
  id: 'shopify',
  title: 'Shopify: offline tokens, the Admin API over REST and GraphQL',
  hosts: ['*.myshopify.com'],
  tenantHost: '{tenant}.myshopify.com',
  policy: {
    access: { kind: 'fixed', ttlMs: HOUR_MS },
    refresh: { kind: 'fixed', ttlMs: 90 * DAY_MS },
    rotation: 'every-use',
    graceMs: 30 * DAY_MS,
    graceEndsEarly: 'when-child-used',
    reuse: 'refused',
    oldAccess: 'lives-on',
    revocation: { ofRefresh: 'grant', ofAccess: 'grant' },
    grantsPerAccount: 1,
    codeTtlMs: 10 * MINUTE_MS,
    askedTtl: { minMs: ONLINE_MS, maxMs: ONLINE_MS },
    buckets: { rest: REST_BUCKET, points: COST_BUCKET },
  },
  facts: FACTS,
  scopes: ['read_products', 'write_products'],
  endpoints: { token: ['/admin/oauth/access_token'], revoke: [], authorize: ['/admin/oauth/authorize'] },
  tokenRequest: { encoding: 'json', clientAuth: ['body'] },
  implied: { response_type: 'code' },
  impliedGrantType: 'authorization_code',
  askedTtlMs: (fields) => (fields.requested_token_type === ONLINE ? ONLINE_MS : null),
  extensionGrants: { [TOKEN_EXCHANGE]: exchangeToken },
  mayOmitRedirectUri: true,
  presentedToken: header(TOKEN_HEADER),
  authorization: AUTHORIZATION,
  // The app is installed in the shop, not for the one who installed it.
  acts: { 'change-password': () => null, offboard: () => null, 'require-reauth': () => null },
  statesLifetime: true,
  earnsRefreshToken: () => true,
  redirectFields: callbackFields,
  mintAccess: (randomness, key) => `shpat_${randomness.hex(32, 'token', key)}`,
  mintRefresh: (randomness, key) => `shprt_${randomness.hex(32, 'refresh token', key)}`,
  tokenAnswer,
  revokeAnswer: () => json(200, {}),
  wire: [...OAUTH_WIRE, ...API_WIRE],
  routes: [...REST_ROUTES, GRAPHQL_ROUTE, UNINSTALL],
  seed,
  webhooks: WEBHOOKS,
  variants: VARIANTS,
};

export default shopify;
