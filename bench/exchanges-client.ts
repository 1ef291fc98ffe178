// A client of the bare exchanges: `fetch` upon `fetch`, each on a connection of its own, as after a long sleep.

import { answerParent } from './child.ts';
import type { ClientOrder } from './exchanges.ts';

answerParent(async ({ port, count }: ClientOrder): Promise<object> => {
  for (let nth = 0; nth < count; nth++) {
    const response = await fetch(`http://127.0.0.1:${port}/search`, {
      method: 'POST',
      headers: { authorization: 'Bearer token', 'content-type': 'application/json', connection: 'close' },
      body: JSON.stringify({ after: nth }),
    });
    await response.json();
  }
  return {};
});
