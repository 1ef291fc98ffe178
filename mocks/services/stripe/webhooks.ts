// What Stripe tells a platform: that an account has disconnected its application.

import { hmac, message, seconds, type Webhooks } from '../../webhook.ts';
import { accountIdOf } from './account.ts';

const ENDS = new Set(['revoke', 'revoke-by-admin', 'withdraw-consent', 'delete-account']);
const EVENT = 'account.application.deauthorized';

/** The messages. */
export const WEBHOOKS: Webhooks = {
  secretPrefix: 'whsec_',
  tell: ({ act, account, clientId, nowMs, secret, randomness, key }) => {
    if (!ENDS.has(act)) return null;
    const content = {
      id: `evt_${randomness.chars(24, 'stripe event', key)}`,
      object: 'event',
      account: accountIdOf(account.tenant),
      created: seconds(nowMs),
      data: { object: { id: clientId, object: 'application', name: clientId } },
      livemode: false,
      pending_webhooks: 1,
      type: EVENT,
    };
    const timestamp = seconds(nowMs);
    return message(EVENT, content, (body) => ({
      'stripe-signature': `t=${timestamp},v1=${hmac(secret, `${timestamp}.${body}`, 'hex')}`,
    }));
  },
};
