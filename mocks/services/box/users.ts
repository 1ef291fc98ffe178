// Who one is, and the users of an enterprise, which wants a scope that few apps have.

import type { JsonObject } from '../../http.ts';
import type { Call, Route } from '../../service.ts';
import { shown } from './answers.ts';
import { enterpriseIdOf, userIdOf } from './ids.ts';

/** The routes. */
export const USER_ROUTES: readonly Route[] = [
  {
    id: 'users.me',
    method: 'GET',
    path: '/2.0/users/me',
    needsOneOf: [],
    effect: 'read',
    handle: (call) => ({ answer: shown(call, 200, userShown(call)) }),
  },
  {
    id: 'users.list',
    method: 'GET',
    path: '/2.0/users',
    needsOneOf: ['manage_managed_users'],
    effect: 'read',
    handle: (call) => ({
      answer: shown(call, 200, { total_count: 1, limit: 100, offset: 0, entries: [userShown(call)] }),
    }),
  },
];

const userShown = ({ account }: Call): JsonObject => ({
  type: 'user',
  id: userIdOf(account),
  name: account.id,
  login: `${account.id}@${account.tenant}.example`,
  status: 'active',
  enterprise: { type: 'enterprise', id: enterpriseIdOf(account.tenant), name: account.tenant },
});
