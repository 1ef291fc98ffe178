// The limit of a base: five calls a second, and whoever makes one too many is locked out for thirty seconds.

import type { Call, Handled, Route } from '../../service.ts';

const CALLS_PER_SECOND = 5;
const LOCKED_OUT_MS = 30_000;

/** How many calls may be made at once. */
export const CALLS_AT_ONCE = CALLS_PER_SECOND;
/** The policy's bucket of it. */
export const BASE_BUCKET = { capacity: CALLS_AT_ONCE, refillPerSecond: CALLS_PER_SECOND };

/** A route whose calls count for the base. */
export const counted = (route: Route): Route => ({
  ...route,
  handle: (call) => (isAdmitted(call) ? route.handle(call) : TOO_MANY),
});

const TOO_MANY: Handled = { refused: 'rate-limited' };

function isAdmitted({ data, nowMs, spend }: Call): boolean {
  const lock = data('locks').get('base');
  if (lock !== null && nowMs < Number(lock.untilMs)) return false;
  const { isPaid } = spend('calls', 1);
  if (!isPaid) data('locks').put('base', { untilMs: nowMs + LOCKED_OUT_MS });
  return isPaid;
}
