// Whose a signed assertion is (RFC 7523): a client that shows who it is with a key in place of a password.

import type { JsonObject } from './http.ts';
import { isSignedWith, readJwt } from './jwt.ts';
import type { Refusal } from './refusals.ts';
import type { TokenDesk } from './token-desk.ts';

/** The claims of an assertion that its issuer, a client, has signed with the one key (PEM) that is registered. */
export function readAssertion(
  assertion: string | undefined,
  key: string,
  tokens: TokenDesk,
): { readonly claims: JsonObject } | { readonly refused: Refusal; readonly detail?: string } {
  if (assertion === undefined) return { refused: 'missing-parameter', detail: 'assertion' };
  const claims = readJwt(assertion);
  if (claims === null) return { refused: 'assertion-invalid' };
  const client = tokens.client(String(claims.iss));
  if (client === null) return { refused: 'unknown-client' };
  if (client.deleted) return { refused: 'client-deleted' };
  // A rotated secret is a key that was replaced by one that nobody here holds.
  if (client.secret !== key || !isSignedWith(assertion, key)) return { refused: 'wrong-secret' };
  return { claims };
}
