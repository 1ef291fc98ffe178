// Sick of one thing: it takes every host to be reached directly, whatever proxy was set before.

import { broker } from './broker.ts';

export default broker({
  arrange: (env) => {
    env.NO_PROXY = env.no_proxy = '*';
  },
});
