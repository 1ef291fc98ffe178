// Access tokens that whoever holds them can read: signed, and stating their own end, which the server may not await.

import type { JsonObject } from './http.ts';
import { signIdToken } from './id-token.ts';
import type { Minted } from './service.ts';

/** A token with the times of what was minted beside the service's own claims, signed with the service's key. */
export function readableToken(serviceId: string, minted: Minted, claims: JsonObject): string {
  const { issuedAtMs, expiresAtMs } = minted;
  const issuedAt = secondOf(issuedAtMs);
  return signIdToken(serviceId, {
    iat: issuedAt,
    nbf: issuedAt,
    ...(expiresAtMs === null ? {} : { exp: secondOf(expiresAtMs) }),
    ...claims,
  });
}

const secondOf = (ms: number) => Math.floor(ms / 1000);
