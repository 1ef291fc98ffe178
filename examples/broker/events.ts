// Tells the outside, once over all replicas, that a consent is needed or has come. Who tells holds the account's claim.

import { send } from './request.ts';
import type { Store } from './store.ts';

export interface Events {
  /** Gives the word that is due for an account, if one is; what fails is tried again by the keeper's next look. */
  deliver(id: string): Promise<void>;
}

export function createEvents(store: Store, url: string | undefined): Events {
  return {
    deliver: async (id) => {
      const { number, kept } = store.read(id);
      if (kept === null || kept.told || url === undefined) return;
      const claim = store.claim(id, number);
      if (claim === null) return;
      try {
        const { account, ended } = kept;
        const event = {
          type: ended === null ? 'reauth_succeeded' : 'reauth_required',
          account: account.id,
          tenant: account.tenant,
          service: account.service,
          reason: ended ?? 'unknown',
          at: new Date().toISOString(),
          ...(ended === null ? {} : { reauth_url: account.reauthUrl }),
        };
        const headers = { 'content-type': 'application/json' };
        const answer = await send(url, { method: 'POST', headers, body: JSON.stringify(event) });
        if (answer !== null && answer.status < 300) claim.write({ ...kept, told: true });
      } finally {
        claim.release();
      }
    },
  };
}
