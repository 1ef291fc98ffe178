// Identity tokens (OpenID Connect Core section 2), and the key set with which clients verify them.

import { sha256 } from './digest.ts';
import { base64url } from './encoding.ts';
import type { JsonObject } from './http.ts';
import { publicJwk, signJwt } from './jwt.ts';
import { seededRandomness } from './randomness.ts';
import { rsaPrivateKey } from './rsa-key.ts';

/** Signs the claims of an identity token with the key of a service. */
export function signIdToken(serviceId: string, claims: JsonObject): string {
  const { pem, id } = keyOf(serviceId);
  return signJwt(claims, pem, id);
}

/** The key set (RFC 7517) of a service. */
export const keySet = (serviceId: string): JsonObject => ({ keys: keysOf(serviceId) });

/** The keys in it. */
export function keysOf(serviceId: string): readonly JsonObject[] {
  const { pem, id } = keyOf(serviceId);
  return [publicJwk(pem, id)];
}

const keys = new Map<string, { readonly pem: string; readonly id: string }>();

function keyOf(serviceId: string) {
  const known = keys.get(serviceId);
  if (known !== undefined) return known;
  const key = {
    pem: rsaPrivateKey(seededRandomness(serviceId), 'id token'),
    id: base64url(sha256(serviceId)).slice(0, 27),
  };
  keys.set(serviceId, key);
  return key;
}
