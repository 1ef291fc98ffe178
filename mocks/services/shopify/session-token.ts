// The session token of an embedded app: a JWT that Shopify signs with the app's own secret, good for a minute.

import { hmacSha256 } from '../../digest.ts';
import { base64url, textFromBase64 } from '../../encoding.ts';
import { type JsonObject, parseJsonObject } from '../../http.ts';
import type { AccountIdentity } from '../../service.ts';
import { shopDomainOf, userIdOf } from './shop.ts';

const LIFETIME_S = 60;

/** The session token with which an account's page would come to the app, at `nowMs`. */
export function sessionTokenFor(
  account: AccountIdentity,
  client: { readonly id: string; readonly secret: string },
  nowMs: number,
): string {
  const issuedAt = Math.floor(nowMs / 1000);
  const shop = `https://${shopDomainOf(account.tenant)}`;
  const claims = {
    iss: `${shop}/admin`,
    dest: shop,
    aud: client.id,
    sub: userIdOf(account),
    exp: issuedAt + LIFETIME_S,
    nbf: issuedAt,
    iat: issuedAt,
  };
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${signatureOf(signed, client.secret)}`;
}

/** The claims of a session token that was signed with this secret; null otherwise. */
export function readSessionToken(token: string, secret: string): JsonObject | null {
  const end = token.lastIndexOf('.');
  const [header = '', claims = ''] = token.split('.');
  if (decode(header)?.alg !== 'HS256') return null;
  const expected = signatureOf(token.slice(0, end), secret);
  return token.slice(end + 1) === expected ? decode(claims) : null;
}

const signatureOf = (signed: string, secret: string) => base64url(hmacSha256(secret, signed));
const encode = (object: JsonObject) => base64url(JSON.stringify(object));
const decode = (part: string) => parseJsonObject(textFromBase64(part));
