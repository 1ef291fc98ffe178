// Sick: whoever waits for a job that takes long asks again, whatever the answer is, and has no end of its own.

import { setTimeout as sleep } from 'node:timers/promises';
import { errands } from './errands.ts';

const AGAIN_MS = 60_000;

export default errands({
  isStale: () => false,
  heal: async ({ send }) => {
    for (;;) {
      await sleep(AGAIN_MS);
      const answer = await send();
      if (answer.status !== 401) return answer;
    }
  },
});
