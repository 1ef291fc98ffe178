// Signed assertions (RFC 7515, 7519) with RS256: how a client without a password shows who it is.

import { base64url, fromBase64, textFromBase64 } from './encoding.ts';
import { type JsonObject, parseJsonObject } from './http.ts';
import { rsa } from './rsa.ts';
import { lengthOf, octets } from './rsa-numbers.ts';
import { rsaPartsOf } from './rsa-pem.ts';

/** Signs claims with a private key in PEM; `keyId` names the key in the header, for those who have several. */
export function signJwt(claims: JsonObject, privateKey: string, keyId?: string, typ = 'JWT'): string {
  const header = { alg: 'RS256', typ, ...(keyId === undefined ? {} : { kid: keyId }) };
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${base64url(rsa.sign(signed, privateKey))}`;
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
  return rsa.verify(token.slice(0, end), fromBase64(token.slice(end + 1)), privateKey);
}

/** The public half of a private key (PEM), as a JSON Web Key (RFC 7517). */
export function publicJwk(privateKey: string, keyId: string): JsonObject {
  const { n, e } = rsaPartsOf(privateKey);
  return { kty: 'RSA', n: number(n), e: number(e), kid: keyId, use: 'sig', alg: 'RS256' };
}

const number = (value: bigint) => base64url(octets(value, lengthOf(value)));
const encode = (object: JsonObject) => base64url(JSON.stringify(object));
const decode = (part: string) => parseJsonObject(textFromBase64(part));
