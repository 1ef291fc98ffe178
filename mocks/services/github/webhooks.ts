// What GitHub tells an app: that a user revoked it, that an installation was removed or suspended.

import type { JsonObject } from '../../http.ts';
import { type Happened, hmac, message, type Webhook, type Webhooks } from '../../webhook.ts';
import { appIdOf, hookIdOf, installationIdOf, ownerIdOf } from './ids.ts';

const USER_ACTS = new Set(['revoke', 'withdraw-consent']);
const INSTALLATION_ACTIONS: Readonly<Record<string, string>> = {
  revoke: 'deleted',
  'revoke-by-admin': 'deleted',
  'delete-account': 'deleted',
  'restrict-service': 'suspend',
  'lift-restrictions': 'unsuspend',
};

/** Of a user's authorization: `github_app_authorization`, which no app can unsubscribe from. */
export const USER_WEBHOOKS: Webhooks = {
  tell: (happened) =>
    USER_ACTS.has(happened.act)
      ? signed(happened, 'github_app_authorization', { action: 'revoked', sender: sender(happened) })
      : null,
};

/** Of an installation. */
export const INSTALLATION_WEBHOOKS: Webhooks = {
  tell: (happened) => {
    const action = INSTALLATION_ACTIONS[happened.act];
    if (action === undefined) return null;
    const { account, clientId } = happened;
    const installation = {
      id: Number(installationIdOf(account)),
      account: { login: account.tenant, id: ownerIdOf(account.tenant), type: 'Organization' },
      app_id: appIdOf(clientId),
      client_id: clientId,
      target_type: 'Organization',
      suspended_at: action === 'suspend' ? new Date(happened.nowMs).toISOString() : null,
    };
    return signed(happened, 'installation', { action, installation, sender: sender(happened) });
  },
};

const sender = ({ account }: Happened) => ({ login: account.id, id: ownerIdOf(account.id), type: 'User' });

function signed(
  { secret, randomness, key, clientId }: Happened,
  event: string,
  content: JsonObject,
): Webhook {
  return message(event, content, (body) => ({
    'user-agent': 'GitHub-Hookshot/mock',
    'x-github-hook-id': String(hookIdOf(clientId)),
    'x-github-event': event,
    'x-github-delivery': randomness.uuid('github delivery', key),
    'x-github-hook-installation-target-type': 'integration',
    'x-github-hook-installation-target-id': String(appIdOf(clientId)),
    'x-hub-signature-256': `sha256=${hmac(secret, body, 'hex')}`,
  }));
}
