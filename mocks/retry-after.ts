// Retry-After (RFC 9110 section 10.2.3): how long whoever met a rate limit has to wait.

import type { Refused } from './service.ts';

/** The whole seconds until the tenant's window closes, at least one. */
export function retryAfterS({ nowMs, reading }: Pick<Refused, 'nowMs' | 'reading'>): number {
  const waitMs = reading === null ? 0 : reading.resetsAtMs - nowMs;
  return Math.max(1, Math.ceil(waitMs / 1000));
}

/** The header of it. */
export const retryAfter = (
  refused: Pick<Refused, 'nowMs' | 'reading'>,
): { readonly 'retry-after': string } => ({
  'retry-after': String(retryAfterS(refused)),
});
