// What Linear tells an application: that an authorization or the whole application was revoked.

import type { JsonObject } from '../../http.ts';
import { seededRandomness } from '../../randomness.ts';
import { type Happened, hmac, message, type Webhook, type Webhooks } from '../../webhook.ts';

const idOf = (what: string, name: string) => seededRandomness(name).uuid('linear', what);

/** The messages. */
export const WEBHOOKS: Webhooks = {
  secretPrefix: 'lin_wh_',
  tell: (happened) => {
    const { act, account, clientId } = happened;
    const organizationId = idOf('organization', account.tenant);
    if (act === 'revoke' || act === 'withdraw-consent' || act === 'offboard')
      return signed(happened, 'OAuthAuthorization', {
        action: 'revoked',
        type: 'OAuthAuthorization',
        oauthClientId: clientId,
        organizationId,
        userId: idOf('user', account.id),
        activeTokensForUser: 0,
      });
    if (act === 'revoke-by-admin' || act === 'delete-client')
      return signed(happened, 'OAuthApp', {
        action: 'revoked',
        type: 'OAuthApp',
        oauthClientId: clientId,
        organizationId,
      });
    return null;
  },
};

function signed(
  { secret, nowMs, clientId, randomness, key }: Happened,
  event: string,
  content: JsonObject,
): Webhook {
  const stamped = { ...content, webhookId: idOf('webhook', clientId), webhookTimestamp: nowMs };
  return message(event, stamped, (body) => ({
    'linear-delivery': randomness.uuid('linear delivery', key),
    'linear-event': event,
    'linear-signature': hmac(secret, body, 'hex'),
  }));
}
