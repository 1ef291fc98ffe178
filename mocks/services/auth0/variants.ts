// The other ways in which an Auth0 application can be set up.

import type { Variant } from '../../service.ts';
import { withPolicy } from '../../variant.ts';
import { CALLS_WHEN_BUSY, TOKEN_REQUESTS_WHEN_BUSY, WINDOW_MS } from './limits.ts';

const ROTATION = 'auth0.com/docs/secure/tokens/refresh-tokens/configure-refresh-token-rotation';

/** An overlap, which tells a lost answer from a theft. */
export const leeway: Variant = {
  title: 'the token before the newest is honoured for another 60 seconds',
  status: 'real',
  source: ROTATION,
  apply: (service) => ({ ...service, policy: { ...service.policy, graceMs: 60_000 } }),
};

/** As applications have it unless somebody turns rotation on. */
export const nonRotating: Variant = {
  title: 'refresh tokens do not rotate',
  status: 'real',
  source: ROTATION,
  apply: (service) => ({ ...service, policy: { ...service.policy, rotation: 'none' } }),
};

/** Neither kind of end is obligatory. */
export const nonExpiring: Variant = {
  title: 'refresh tokens have no end, neither by age nor by idleness',
  status: 'real',
  source: 'auth0.com/docs/secure/tokens/refresh-tokens/configure-refresh-token-expiration',
  apply: (service) => ({ ...service, policy: { ...service.policy, refresh: { kind: 'unlimited' } } }),
};

/** A tenant that others keep busy. */
export const busy: Variant = {
  title: 'the tenant has little of its rate limits left: ten calls and five equal token requests a minute',
  status: 'real',
  source: 'auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy',
  apply: (service) =>
    withPolicy(service, {
      callsPerWindow: CALLS_WHEN_BUSY,
      equalTokenRequests: { most: TOKEN_REQUESTS_WHEN_BUSY, windowMs: WINDOW_MS },
    }),
};
