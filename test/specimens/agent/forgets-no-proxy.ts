// Sick of one thing: it sets the proxy anew, and what was to be reached directly is forgotten.

import { agent } from './overnight.ts';

export default (env: NodeJS.ProcessEnv) => {
  env.NO_PROXY = env.no_proxy = '127.0.0.1'; // healed: // as it is
  return agent()(env);
};
