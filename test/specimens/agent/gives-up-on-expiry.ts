// Sick: the first 401 is taken for the end of the account, though a refresh would heal it.

import { Refused } from './habits.ts';
import { agent } from './overnight.ts';

export default agent({
  heal: async ({ connection }) => {
    connection.dead = 'its access token expired';
    throw new Refused(connection.dead);
  },
});
