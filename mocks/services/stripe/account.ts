// A tenant's account: its id, and what it holds when nothing was seeded.

import type { JsonObject } from '../../http.ts';
import { once } from '../../once.ts';
import { seededRandomness } from '../../randomness.ts';

const DAY_S = 86_400;
const FIRST_S = Date.parse('2026-01-05T09:00:00.000Z') / 1000;
const CUSTOMERS = ['Alder and Sons', 'Birch Books', 'Cedar Cycles', 'Dogwood Design'] as const;

/** The id of the account that is connected (`stripe_user_id`). */
export const accountIdOf = once((tenant: string): string => `acct_${draw(tenant, 'account', 16)}`);

/** The key with which browsers speak for the account. */
export const publishableKeyOf = once(
  (tenant: string): string => `pk_test_${draw(tenant, 'publishable key', 99)}`,
);

/** The id of the account's nth seeded customer, from 1. */
export const customerIdOf = (tenant: string, n: number): string => `cus_${draw(tenant, `customer ${n}`, 14)}`;

/** The objects of a new account, by collection. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  return {
    customers: CUSTOMERS.map((name, index) => ({
      id: customerIdOf(tenant, index + 1),
      object: 'customer',
      created: FIRST_S + index * DAY_S,
      name,
      email: `billing@${name.split(' ')[0]?.toLowerCase()}.example`,
      description: null,
      livemode: false,
      metadata: {},
    })),
    payouts: [
      {
        id: `po_${draw(tenant, 'payout', 24)}`,
        object: 'payout',
        amount: 125_000,
        currency: 'eur',
        created: FIRST_S,
        arrival_date: FIRST_S + 2 * DAY_S,
        status: 'paid',
        livemode: false,
      },
    ],
  };
}

const draw = (tenant: string, what: string, length: number) =>
  seededRandomness(tenant).chars(length, 'stripe', what);
