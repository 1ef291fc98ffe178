// Sick of one thing: it sets the proxy anew, and what was to be reached directly is forgotten.

import { broker } from './broker.ts';

export default broker({
  arrange: (env) => {
    env.NO_PROXY = env.no_proxy = '127.0.0.1';
  },
});
