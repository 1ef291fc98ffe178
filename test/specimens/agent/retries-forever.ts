// Sick: a call that was refused is healed again and again, until it works.

import { setTimeout as sleep } from 'node:timers/promises';
import { agent } from './overnight.ts';

export default agent({
  heal: async (call) => {
    for (;;) {
      try {
        await call.refresh();
        return await call.send();
      } catch {
        await sleep(30_000);
      }
    }
  },
});
