// Sick of one thing: it holds one connection per service, whoever's it is.

import { broker } from './broker.ts';

export default broker({
  connectionFor: (id, all) => {
    const asked = all.get(id);
    return asked && [...all.values()].find(({ account }) => account.service === asked.account.service);
  },
});
