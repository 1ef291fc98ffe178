// Identity tokens (OpenID Connect Core section 2), and the key set with which clients verify them.

import { createHash, createPublicKey } from 'node:crypto';
import type { Json, JsonObject } from './http.ts';
import { signJwt } from './jwt.ts';
import { seededRandomness } from './randomness.ts';
import { rsaPrivateKey } from './rsa-key.ts';

/** Signs the claims of an identity token with the key of a service. */
export function signIdToken(serviceId: string, claims: JsonObject): string {
  return signJwt(claims, privateKey(serviceId), keyId(serviceId));
}

/** The key set (RFC 7517) of a service. */
export function keySet(serviceId: string): JsonObject {
  const { n, e } = createPublicKey(privateKey(serviceId)).export({ format: 'jwk' }) as Record<string, Json>;
  return { keys: [{ kty: 'RSA', use: 'sig', alg: 'RS256', kid: keyId(serviceId), n: n ?? '', e: e ?? '' }] };
}

const privateKey = (serviceId: string) => rsaPrivateKey(seededRandomness(serviceId), 'id token');
const keyId = (serviceId: string) => createHash('sha256').update(serviceId).digest('base64url').slice(0, 27);
