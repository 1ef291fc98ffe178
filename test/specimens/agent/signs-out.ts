// Sick: it tidies up after itself by revoking the refresh tokens that the next night needs.

import { agent } from './overnight.ts';

export default agent({
  leave: async (connections) => {
    for (const { account, refresh } of connections) {
      const fields = {
        token: refresh,
        client_id: account.clientId,
        client_secret: account.clientSecret ?? '',
      };
      await fetch(account.revokeUrl ?? '', { method: 'POST', body: new URLSearchParams(fields) });
    }
  },
});
