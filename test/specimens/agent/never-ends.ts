// Sick: when its work is done it waits for something to do, for ever.

import { setTimeout as sleep } from 'node:timers/promises';
import { agent } from './overnight.ts';

export default agent({
  leave: async () => {
    for (;;) await sleep(60_000);
  },
});
