// Stripe's limit, per second and account: which limit it was is told, when to come back is not.

import type { WireRow } from '../../service.ts';
import { failed } from './answers.ts';

/** The calls of a second in a sandbox, whose keys begin with `sk_test_`. */
export const CALLS_PER_SECOND = 25;

/** The window in which they are counted. */
export const SECOND_WINDOW_MS = 1000;

/** The refusal beyond the limit. */
export const RATE_LIMITED: WireRow = {
  id: 'rate-limited',
  at: 'resource',
  causes: ['rate-limited'],
  produce: Array.from({ length: CALLS_PER_SECOND + 1 }, () => ({ call: '/v1/account' })),
  source: 'docs.stripe.com/rate-limits; codecombat/codecombat#2588 for the message and its type',
  sureness: 'observed',
  answer: (refused) => {
    const answer = failed(refused, 429, 'Request rate limit exceeded', { code: 'rate_limit' });
    return { ...answer, headers: { ...answer.headers, 'stripe-rate-limited-reason': 'global-rate' } };
  },
};
