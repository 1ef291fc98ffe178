// Signed assertions (RFC 7523): clients that show who they are with a key in place of a password, and what they earn.

import type { JsonObject } from './http.ts';
import { isSignedWith, readJwt } from './jwt.ts';
import type { Randomness } from './randomness.ts';
import type { Refusal } from './refusals.ts';
import type { ExtensionGrant, Service, WireRow } from './service.ts';
import type { TokenDesk } from './token-desk.ts';

/** The grant type of a token request with an assertion. */
export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** The body of such a request, for recipes. */
export const JWT_BEARER_BODY = `grant_type=${encodeURIComponent(JWT_BEARER)}&assertion={assertion}`;

/** The key (PEM) with which a service's client signs. */
type KeyOf = (randomness: Randomness) => string;

/** The grant that earns tokens for assertions; `judge` says whose token the claims of one earn, or why none. */
export const byAssertion =
  (
    keyOf: KeyOf,
    judge: (claims: JsonObject, asked: Parameters<ExtensionGrant>[0]) => ReturnType<ExtensionGrant>,
  ): ExtensionGrant =>
  (asked) => {
    const { fields, randomness, tokens } = asked;
    const read = readAssertion(fields.assertion, keyOf(randomness), tokens);
    return 'refused' in read ? read : judge(read.claims, asked);
  };

/**
 * The service for a client that lives by assertions alone: no consent, nothing to refresh, and at the token endpoint
 * these words. What the client is told as its secret is its private key.
 */
export const livingByAssertions = (
  service: Service,
  how: { readonly keyOf: KeyOf; readonly grant: ExtensionGrant; readonly wire: readonly WireRow[] },
): Service => ({
  ...service,
  policy: { ...service.policy, refresh: { kind: 'none' }, rotation: 'none', grantsPerAccount: null },
  endpoints: { ...service.endpoints, authorize: [] },
  clientSecret: how.keyOf,
  extensionGrants: { [JWT_BEARER]: how.grant },
  wire: [...how.wire, ...service.wire.filter(({ at }) => at === 'resource' || at === 'revoke')],
});

/** The claims of an assertion that its issuer, a client, has signed with the one key that is registered. */
function readAssertion(
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
