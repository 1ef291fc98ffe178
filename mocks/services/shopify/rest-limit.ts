// The limit of the REST API: forty calls at once, two more each second, told by a header on every answer.

import type { Answer } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { apiError } from './answers.ts';

/** How many calls may be made at once. */
export const REST_CAPACITY = 40;
const REFILL_PER_SECOND = 2;

/** The policy's bucket of it. */
export const REST_BUCKET = { capacity: REST_CAPACITY, refillPerSecond: REFILL_PER_SECOND };

/** A route whose calls count. */
export const counted = (route: Route): Route => ({
  ...route,
  handle: (call) => countedCall(route, call),
});

function countedCall(route: Route, call: Call): Handled {
  const { isPaid, left, waitMs } = call.spend('rest', 1);
  if (!isPaid) return { refused: 'rate-limited', detail: String(waitMs) };
  const handled = route.handle(call);
  if ('refused' in handled) return handled;
  const spent = REST_CAPACITY - Math.floor(left ?? REST_CAPACITY);
  const { answer } = handled;
  const told = { 'x-shopify-shop-api-call-limit': `${spent}/${REST_CAPACITY}` };
  return { ...handled, answer: { ...answer, headers: { ...told, ...answer.headers } } };
}

/** The refusal of a call too many, which may be made again after `waitMs`. */
export const tooManyCalls = (waitMs: number): Answer =>
  apiError(
    429,
    'Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service.',
    {
      'retry-after': Math.max(1, Math.ceil(waitMs / 1000)).toFixed(1),
      'x-shopify-shop-api-call-limit': `${REST_CAPACITY}/${REST_CAPACITY}`,
    },
  );
