// Sick: tokens are checked before the call, and a 401 is nothing that could come.

import { Refused } from './habits.ts';
import { agent } from './overnight.ts';

export default agent({
  heal: async ({ connection, tell }) => {
    tell();
    throw new Refused(`${connection.account.id} answered 401`);
  },
});
