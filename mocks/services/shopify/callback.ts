// What Shopify adds when it sends the merchant back to the app: the shop, the moment, and a signature over it all.

import type { Back } from '../../back.ts';
import { hmacSha256 } from '../../digest.ts';
import { base64, hex } from '../../encoding.ts';
import { shopDomainOf } from './shop.ts';

/** The fields. Apps must check the signature, which covers every other field in the order of their names. */
export function callbackFields({ fields, client, account, nowMs }: Back): Record<string, string> {
  if (account === null) return {};
  const shop = shopDomainOf(account.tenant);
  const host = base64(`admin.shopify.com/store/${account.tenant}`).replace(/=+$/, '');
  const more = { shop, host, timestamp: String(Math.floor(nowMs / 1000)) };
  const signed = Object.entries({ ...fields, ...more })
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return {
    ...more,
    hmac: hex(hmacSha256(client.secret ?? '', signed)),
  };
}
