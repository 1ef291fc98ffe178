// The routes: the account behind the token, its customers, and payouts, which few apps may see.

import type { Call, Handled, Route } from '../../service.ts';
import { accountIdOf } from './account.ts';
import { success } from './answers.ts';
import { CUSTOMER_ROUTES, listOf } from './customers.ts';

const UNGUARDED: readonly Route[] = [
  {
    id: 'account',
    method: 'GET',
    path: '/v1/account',
    needsOneOf: [],
    effect: 'read',
    handle: (call) => ({
      answer: success(call, {
        id: accountIdOf(call.account.tenant),
        object: 'account',
        business_profile: { name: call.account.tenant },
        charges_enabled: true,
        payouts_enabled: true,
        type: 'standard',
      }),
    }),
  },
  ...CUSTOMER_ROUTES,
  {
    id: 'payouts.list',
    method: 'GET',
    path: '/v1/payouts',
    needsOneOf: ['payout_read'],
    effect: 'read',
    handle: (call) => listOf(call, call.data('payouts').list()),
  },
];

/** The routes of the resource server. A call may name an account, but only its own. */
export const ROUTES: readonly Route[] = UNGUARDED.map((route) => ({
  ...route,
  handle: (call) => wrongAccount(call) ?? route.handle(call),
}));

function wrongAccount({ request, account }: Call): Handled | null {
  const named = request.headers['stripe-account'];
  if (named === undefined || named === accountIdOf(account.tenant)) return null;
  return { refused: 'wrong-client', detail: named };
}
