// Sick of one thing: credentials are kept under the address of the server, and the last one to come is everybody's.

import { broker } from './broker.ts';

export default broker({
  connectionFor: (id, all) => {
    const asked = all.get(id);
    return asked && [...all.values()].findLast(({ account }) => account.apiUrl === asked.account.apiUrl);
  },
});
