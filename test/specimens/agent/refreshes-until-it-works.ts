// Sick: a 401 is the age of the token, whatever it says, and a new token is asked for until the call goes through.

import { setTimeout as sleep } from 'node:timers/promises';
import { agent } from './overnight.ts';

const AGAIN_MS = 60_000;

export default agent({
  heal: async ({ refresh, send }) => {
    for (;;) {
      await refresh();
      const answer = await send();
      if (answer.status !== 401) return answer;
      await sleep(AGAIN_MS);
    }
  },
});
