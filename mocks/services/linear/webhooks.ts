// What Linear tells an application: that an authorization or the whole application was revoked.

import type { JsonObject } from '../../http.ts';
import { seededRandomness } from '../../randomness.ts';
import { type Happened, hmac, message, type Webhook, type Webhooks } from '../../webhook.ts';
import { integrationUserOf, organizationIdOf, userIdOf } from './seed.ts';

const webhookIdOf = (clientId: string) => seededRandomness(clientId).uuid('linear', 'webhook');

/** The messages. */
export const WEBHOOKS: Webhooks = {
  secretPrefix: 'lin_wh_',
  tell: (happened) => {
    const { act, account, clientId } = happened;
    const organizationId = organizationIdOf(account.tenant);
    if (act === 'revoke' || act === 'withdraw-consent' || act === 'offboard')
      return signed(happened, 'OAuthAuthorization', {
        action: 'revoked',
        type: 'OAuthAuthorization',
        oauthClientId: clientId,
        oauthClient: { id: clientId, name: clientId },
        organizationId,
        userId: userIdOf(account.tenant),
        user: userOf(account.tenant),
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

// The part of a user that messages tell.
function userOf(tenant: string): JsonObject {
  const { id, name, email } = integrationUserOf(tenant);
  return { id, name, email, url: `https://linear.app/${tenant}/profiles/integration` };
}

function signed(
  { secret, nowMs, clientId, randomness, key }: Happened,
  event: string,
  content: JsonObject,
): Webhook {
  const createdAt = new Date(nowMs).toISOString();
  const stamped = { ...content, createdAt, webhookId: webhookIdOf(clientId), webhookTimestamp: nowMs };
  return message(event, stamped, (body) => ({
    'linear-delivery': randomness.uuid('linear delivery', key),
    'linear-event': event,
    'linear-signature': hmac(secret, body, 'hex'),
  }));
}
