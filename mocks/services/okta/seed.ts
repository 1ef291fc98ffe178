// Who is in an organisation when nothing was seeded: three users and two groups.

import type { JsonObject } from '../../http.ts';
import { groupIdOf, userIdOf } from './ids.ts';

const USERS = [
  { firstName: 'Integration', lastName: 'User' },
  { firstName: 'Night', lastName: 'Shift' },
  { firstName: 'Day', lastName: 'Shift' },
];
const GROUPS = ['Everyone', 'Operators'];
const CREATED = '2026-01-05T09:00:00.000Z';

/** The collections of a new tenant. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  return {
    users: USERS.map(({ firstName, lastName }, index) => {
      const login = `${firstName.toLowerCase()}@${tenant}.example`;
      return {
        id: userIdOf(tenant, index + 1),
        status: 'ACTIVE',
        created: CREATED,
        lastUpdated: CREATED,
        profile: { firstName, lastName, email: login, login },
      };
    }),
    groups: GROUPS.map((name, index) => ({
      id: groupIdOf(tenant, index + 1),
      created: CREATED,
      type: index === 0 ? 'BUILT_IN' : 'OKTA_GROUP',
      profile: { name, description: null },
    })),
  };
}
