// `stripe`: apps whose tokens end after an hour that no answer tells, customers, and idempotency keys.

import { empty } from '../../http.ts';
import type { Granted, Service, Variant } from '../../service.ts';
import { accountIdOf, publishableKeyOf, seed } from './account.ts';
import { success } from './answers.ts';
import { DEAUTHORIZE, DEAUTHORIZE_WIRE } from './deauthorize.ts';
import { FACTS } from './facts.ts';
import { CALLS_PER_SECOND, RATE_LIMITED, SECOND_WINDOW_MS } from './limits.ts';
import { readKey } from './presented.ts';
import { ROUTES } from './routes.ts';
import { WEBHOOKS } from './webhooks.ts';
import { WIRE } from './wire.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const tokenAnswer = (scope: string) => (granted: Granted) => {
  const { access, refresh, account } = granted;
  return success(granted, {
    access_token: access.value,
    livemode: false,
    ...(refresh === null ? {} : { refresh_token: refresh.value }),
    scope,
    stripe_publishable_key: publishableKeyOf(account.tenant),
    stripe_user_id: accountIdOf(account.tenant),
    token_type: 'bearer',
  });
};

const connect: Variant = {
  title: 'a Connect platform: access tokens never expire, and the refresh token never changes',
  status: 'real',
  source: 'docs.stripe.com/connect/oauth-reference',
  apply: (service) => ({
    ...service,
    policy: {
      ...service.policy,
      access: { kind: 'never' },
      refresh: { kind: 'unlimited' },
      rotation: 'none',
    },
    endpoints: { token: ['/oauth/token'], revoke: [], authorize: ['/oauth/authorize'] },
    tokenAnswer: tokenAnswer('read_write'),
    routes: [...service.routes, DEAUTHORIZE],
    // What never expires never says so.
    wire: [...service.wire.filter(({ id }) => id !== 'key-expired'), ...DEAUTHORIZE_WIRE],
  }),
};

const stripe: Service = {
  id: 'stripe',
  title: 'Stripe: OAuth of apps, customers and payouts',
  hosts: ['api.stripe.com', 'connect.stripe.com', 'marketplace.stripe.com'],
  policy: {
    access: { kind: 'fixed', ttlMs: HOUR_MS },
    refresh: { kind: 'fixed', ttlMs: 365 * DAY_MS },
    rotation: 'every-use',
    graceMs: 0,
    reuse: 'refused',
    oldAccess: 'lives-on',
    revocation: { ofRefresh: 'grant', ofAccess: 'access-token-only' },
    grantsPerAccount: null,
    codeTtlMs: 5 * MINUTE_MS,
    callsPerWindow: CALLS_PER_SECOND,
  },
  facts: FACTS,
  scopes: ['customer_read', 'customer_write'],
  endpoints: { token: ['/v1/oauth/token'], revoke: [], authorize: ['/oauth/v2/authorize'] },
  tokenRequest: { encoding: 'form', clientAuth: ['body', 'basic'] },
  implied: { response_type: 'code' },
  acts: { 'change-password': () => null },
  presentedToken: readKey,
  clientKey: (request, { client_secret }) => readKey(request) ?? client_secret ?? null,
  statesLifetime: false,
  earnsRefreshToken: () => true,
  mintAccess: (randomness, key) => `sk_test_${randomness.chars(99, 'token', key)}`,
  mintRefresh: (randomness, key) => `rt_${randomness.chars(48, 'token', key)}`,
  tokenAnswer: tokenAnswer('stripe_apps'),
  revokeAnswer: () => empty(200),
  wire: [...WIRE, RATE_LIMITED],
  routes: ROUTES,
  usageWindowMs: SECOND_WINDOW_MS,
  seed,
  webhooks: WEBHOOKS,
  variants: { connect },
};

export default stripe;
