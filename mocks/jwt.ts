// Signed assertions (RFC 7515, 7519) with RS256: how a client without a password shows who it is.

import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { type JsonObject, parseJsonObject } from './http.ts';

/** Signs claims with a private key in PEM; `keyId` names the key in the header, for those who have several. */
export function signJwt(claims: JsonObject, privateKey: string, keyId?: string, typ = 'JWT'): string {
  const header = { alg: 'RS256', typ, ...(keyId === undefined ? {} : { kid: keyId }) };
  const signed = `${encode(header)}.${encode(claims)}`;
  const signature = sign('RSA-SHA256', Buffer.from(signed), keyIn(privateKey));
  return `${signed}.${signature.toString('base64url')}`;
}

/** The claims of a token, whoever signed it; null where it is none. */
export function readJwt(token: string): JsonObject | null {
  const [header, claims, signature, more] = token.split('.');
  if (header === undefined || claims === undefined || signature === undefined || more !== undefined)
    return null;
  return decode(header)?.alg === 'RS256' ? decode(claims) : null;
}

/** Whether a token was signed with the private key (PEM). */
export function isSignedWith(token: string, privateKey: string): boolean {
  const end = token.lastIndexOf('.');
  const signature = Buffer.from(token.slice(end + 1), 'base64url');
  return verify('RSA-SHA256', Buffer.from(token.slice(0, end)), createPublicKey(privateKey), signature);
}

/** The public half of a private key (PEM), as a JSON Web Key (RFC 7517). */
export function publicJwk(privateKey: string, keyId: string): JsonObject {
  const { kty = 'RSA', n = '', e = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { kty, n, e, kid: keyId, use: 'sig', alg: 'RS256' };
}

const keys = new Map<string, KeyObject>();

// To read a key costs about as much as to sign with it, and few keys sign much.
function keyIn(pem: string): KeyObject {
  const known = keys.get(pem) ?? createPrivateKey(pem);
  keys.set(pem, known);
  return known;
}

const encode = (object: JsonObject) => Buffer.from(JSON.stringify(object)).toString('base64url');
const decode = (part: string) => parseJsonObject(Buffer.from(part, 'base64url').toString('utf8'));
