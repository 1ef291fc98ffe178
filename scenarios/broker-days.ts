// What the stories of brokers have in common: moments, a service with short-lived tokens, and calls that never stop.

import type { ServiceKnobs } from '../harness/config/knobs.ts';
import type { Calls } from '../harness/workload/story.ts';

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;

/** The account that things happen to; to the other one at the same service nothing does. */
export const ONE = 'tenant-1-crm';

/** A customer database with tokens of half an hour; the refresh token is replaced at every use, and its return is fatal. */
export const crm = (knobs: ServiceKnobs = {}): ServiceKnobs => ({
  base: 'plain',
  accessTtl: '30m',
  ...knobs,
});

/** Two tenants, each with an account there. */
export const TWO_TENANTS = [{ service: 'crm', count: 2, tenants: 2, withinMs: 0 }] as const;

/** Calls that read, to the replicas in turn. */
export function reads(to: Calls['to'], everyMs: number, more: Partial<Calls> = {}): Calls {
  const moments = { fromMs: 2 * MINUTE_MS, everyMs };
  return { to, ...moments, replicas: 'in-turn', method: 'GET', path: '/v1/items?call={call}', ...more };
}

/** Once, at one moment, so many calls at once. */
export function rush(to: Calls['to'], fromMs: number, together: number): Calls {
  return { to, fromMs, together, replicas: 'in-turn', method: 'GET', path: '/v1/items?call={call}' };
}
