// The other ways in which an Okta app can be set up.

import type { Service, Variant } from '../../service.ts';
import { withPolicy } from '../../variant.ts';

const DAY_MS = 86_400_000;
const SOURCE = 'developer.okta.com/docs/guides/refresh-tokens';
const CALLS_WHEN_BUSY = 20;

const rotate = (service: Service, graceMs: number): Service => ({
  ...service,
  policy: { ...service.policy, rotation: 'every-use', graceMs, reuse: 'newest-and-access-revoked' },
});

/** As single page apps have it. */
export const rotating: Variant = {
  title:
    'refresh tokens rotate; the old one is honoured for 30 seconds, its return after that ends all tokens',
  status: 'real',
  source: SOURCE,
  apply: (service) => rotate(service, 30_000),
};

/** The strictest setting. */
export const rotatingWithoutGrace: Variant = {
  title: 'refresh tokens rotate with a grace of zero: the old one is dead once the new one is returned',
  status: 'real',
  source: SOURCE,
  apply: (service) => rotate(service, 0),
};

/** A limited lifetime, which rotation does not renew. */
export const inheritedEnd: Variant = {
  title: 'refresh tokens rotate, and all of them end 90 days after the sign-in, as the first would have',
  status: 'real',
  source: SOURCE,
  apply: (service) => {
    const rotated = rotate(service, 30_000);
    const refresh = { kind: 'idle-and-cap', windowMs: 7 * DAY_MS, capMs: 90 * DAY_MS } as const;
    return { ...rotated, policy: { ...rotated.policy, refresh } };
  },
};

/** An organisation that others keep busy. */
export const busy: Variant = {
  title: 'the organisation has little of its rate limit left: twenty calls a minute',
  status: 'real',
  source: 'developer.okta.com/docs/reference/rate-limits: limits are shared by all apps',
  apply: (service) => withPolicy(service, { callsPerWindow: CALLS_WHEN_BUSY }),
};
