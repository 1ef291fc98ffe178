// Sick: tokens are replaced ten seconds before they read as over, and a 401 is nothing that could come.

import { Refused } from './habits.ts';
import { agent } from './overnight.ts';

const MARGIN_MS = 10_000;

export default agent({
  isStale: ({ expiresAtMs }, nowMs) => expiresAtMs !== null && nowMs >= expiresAtMs - MARGIN_MS,
  heal: async ({ connection, tell }) => {
    tell();
    throw new Refused(`${connection.account.id} answered 401`);
  },
});
