// Shopify as it was, as it still is for some apps, and as others say it is.

import type { ExtensionGrant, Route, Service, Variant, WireRow } from '../../service.ts';
import { oauthError } from './answers.ts';
import { NON_EXPIRING_REFUSED } from './api-wire.ts';
import { asksOnline } from './online-token.ts';
import { exchangeToken, TOKEN_EXCHANGE } from './token-exchange.ts';

const MINUTE_MS = 60_000;
/** From then on no public app may call with a token that never expires. */
const NON_EXPIRING_ENDS_MS = Date.parse('2027-01-01T00:00:00.000Z');

// An online token has an end, whatever the offline ones have.
const exchangeForOffline: ExtensionGrant = (asked) =>
  asksOnline(asked.request)
    ? { refused: 'unmodelled', detail: 'an online token, where offline tokens never expire' }
    : exchangeToken(asked);

// Without refresh tokens nobody can ask for too much with one, and every one that comes is unknown.
const nonExpiring = (service: Service): Service => ({
  ...service,
  policy: {
    ...service.policy,
    access: { kind: 'never' },
    refresh: { kind: 'none' },
    rotation: 'none',
    graceMs: 0,
  },
  statesLifetime: false,
  extensionGrants: { [TOKEN_EXCHANGE]: exchangeForOffline },
  acts: {
    ...service.acts,
    'rotate-client-secret': () => ({ kind: 'end-access', cause: 'revoked-by-admin' }),
    'delete-client': () => ({ kind: 'end-access', cause: 'client-deleted' }),
  },
  wire: service.wire.flatMap((row): WireRow[] => {
    if (row.id === 'scope-exceeds') return [];
    if (row.id === 'access-token-dead') return [{ ...row, causes: [...row.causes, 'client-deleted'] }];
    return [row.id === 'refresh-token-dead' ? { ...row, produce: [{ refresh: 'forged' }] } : row];
  }),
});

const legacy: Variant = {
  title:
    'a custom app: a token that never expires, no refresh token, dead when the app is uninstalled or its secret revoked',
  status: 'real',
  source: 'shopify.dev: about offline access tokens, non-expiring ones',
  apply: nonExpiring,
};

const endingIn2027 = (route: Route): Route => ({
  ...route,
  handle: (call) =>
    call.nowMs >= NON_EXPIRING_ENDS_MS ? { refused: 'reauth-required' } : route.handle(call),
});

const legacyPublicApp: Variant = {
  title: 'a public app that did not migrate: its token never expires, and is refused from 2027-01-01',
  status: 'real',
  source: 'shopify.dev/changelog: expiring offline access tokens required as of January 1, 2027',
  apply: (service) => {
    const before = nonExpiring(service);
    return {
      ...before,
      wire: [...before.wire, NON_EXPIRING_REFUSED],
      routes: before.routes.map(endingIn2027),
    };
  },
};

const retry60Minutes: Variant = {
  title: 'a used refresh token may be used again for sixty minutes, whatever became of its successor',
  status: 'real',
  source:
    'shopify.dev/changelog/more-resilient-refreshes-for-expiring-offline-access-tokens: before 2026-08-28',
  apply: ({ policy: { graceEndsEarly: _early, ...policy }, ...service }) => ({
    ...service,
    policy: { ...policy, graceMs: 60 * MINUTE_MS },
  }),
};

const invalidGrant: Variant = {
  title: 'a dead refresh token is answered 400 invalid_grant',
  status: 'claimed',
  source:
    'nango.dev/blog/shopify-oauth-refresh-token-invalid-grant; a captured answer is 401 invalid_request',
  apply: (service) => ({
    ...service,
    wire: service.wire.map((row) =>
      row.id === 'refresh-token-dead'
        ? {
            ...row,
            answer: () =>
              oauthError(400, 'invalid_grant', 'The refresh token is invalid, expired or revoked.'),
          }
        : row,
    ),
  }),
};

/** The variants. */
export const VARIANTS: Service['variants'] = {
  legacy,
  'legacy-public-app': legacyPublicApp,
  'retry-60-min': retry60Minutes,
  'invalid-grant': invalidGrant,
};
