// What Slack tells an app by the Events API: that tokens were revoked, or that it was uninstalled.

import type { JsonObject } from '../../http.ts';
import { type Happened, hmac, message, seconds, type Webhook, type Webhooks } from '../../webhook.ts';
import { appIdOf, teamIdOf } from './workspace.ts';

/** The messages, for an app whose tokens are of one kind, and all of one user of the workspace. */
export const webhooksFor = (kind: 'bot' | 'oauth', userIdOf: (tenant: string) => string): Webhooks => ({
  tell: (happened) => {
    const { act, account } = happened;
    if (act === 'revoke' || act === 'withdraw-consent' || act === 'offboard')
      return signed(happened, {
        type: 'tokens_revoked',
        tokens: { oauth: [], bot: [], [kind]: [userIdOf(account.tenant)] },
      });
    if (act === 'revoke-by-admin' || act === 'delete-account')
      return signed(happened, { type: 'app_uninstalled' });
    return null;
  },
});

function signed(happened: Happened, event: JsonObject & { readonly type: string }): Webhook {
  const { secret, nowMs, account, clientId, randomness, key } = happened;
  const timestamp = String(seconds(nowMs));
  const content = {
    team_id: teamIdOf(account.tenant),
    api_app_id: appIdOf(clientId),
    event,
    type: 'event_callback',
    event_id: `Ev${randomness.chars(10, 'slack event', key).toUpperCase()}`,
    event_time: seconds(nowMs),
  };
  return message(event.type, content, (body) => ({
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${hmac(secret, `v0:${timestamp}:${body}`, 'hex')}`,
  }));
}
