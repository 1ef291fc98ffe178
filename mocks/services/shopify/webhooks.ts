// What Shopify tells an app when a shop uninstalls it; signed with the app's own secret.

import { hmac, message, type Webhooks } from '../../webhook.ts';
import { shopDomainOf, shopIdOf } from './shop.ts';

const UNINSTALLED = 'app/uninstalled';
const ENDS = new Set(['revoke', 'revoke-by-admin', 'withdraw-consent', 'delete-account']);

/** The messages. */
export const WEBHOOKS: Webhooks = {
  signedWith: 'client-secret',
  tell: ({ act, account, secret, nowMs, randomness, key }) => {
    if (!ENDS.has(act)) return null;
    const shop = shopDomainOf(account.tenant);
    const content = {
      id: shopIdOf(account.tenant),
      name: account.tenant,
      domain: shop,
      myshopify_domain: shop,
    };
    return message(UNINSTALLED, content, (body) => ({
      'x-shopify-topic': UNINSTALLED,
      'x-shopify-shop-domain': shop,
      'x-shopify-api-version': '2026-07',
      'x-shopify-webhook-id': randomness.uuid('shopify webhook', key),
      'x-shopify-triggered-at': new Date(nowMs).toISOString(),
      'x-shopify-hmac-sha256': hmac(secret, body, 'base64'),
    }));
  },
};
