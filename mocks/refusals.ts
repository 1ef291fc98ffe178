// The one table of reasons why a request can be refused: what each means and what would heal it.

/** What a correct client does about a refusal. */
export type Remedy =
  | 'refresh' // exchange the refresh token for a new access token
  | 'reauthorize' // ask the resource owner for a new grant; nothing else helps
  | 'operator' // the client's own configuration is wrong: no user can heal it
  | 'request' // this request is wrong; the credential is fine
  | 'wait'; // the same request succeeds later

interface Meaning {
  readonly meaning: string;
  readonly remedy: Remedy;
}

/**
 * Every truth behind a refusal. The engine and the endpoints speak these words; a service's wire table says
 * what the vendor would answer for each, often the same words for several of them.
 */
export const REFUSALS = {
  // What can be wrong with a token.
  'no-token': { meaning: 'the request carried no credential', remedy: 'request' },
  'unknown-token': { meaning: 'nobody minted this token', remedy: 'reauthorize' },
  expired: { meaning: "the access token's lifetime is over", remedy: 'refresh' },
  idle: { meaning: 'the token was unused for longer than its window', remedy: 'reauthorize' },
  capped: {
    meaning: "the refresh token's lifetime is over, from its issue or from the consent",
    remedy: 'reauthorize',
  },
  rotated: { meaning: 'the refresh token was exchanged before and has a successor', remedy: 'reauthorize' },
  reused: { meaning: 'a spent refresh token came back, so the family was revoked', remedy: 'reauthorize' },
  superseded: { meaning: 'a refresh ended this access token', remedy: 'refresh' },
  'crowded-out': {
    meaning: 'newer access tokens pushed this one over the limit',
    remedy: 'refresh',
  },
  'not-yet-known': {
    meaning: 'the resource server has not heard of this fresh token yet',
    remedy: 'wait',
  },
  'not-refreshable': {
    meaning: 'the token cannot be exchanged for a pair that refreshes, or was already',
    remedy: 'request',
  },
  evicted: { meaning: 'a newer grant pushed this one over the limit', remedy: 'reauthorize' },
  'too-early': {
    meaning: 'the access token is still too fresh for the server to give another one',
    remedy: 'wait',
  },
  'wrong-client': { meaning: 'the token was issued to another client', remedy: 'operator' },

  // How a grant ends from outside.
  'revoked-by-user': { meaning: 'the user revoked the grant', remedy: 'reauthorize' },
  'revoked-by-admin': { meaning: 'an administrator revoked the grant', remedy: 'reauthorize' },
  'revoked-by-client': { meaning: 'the client itself revoked the token (RFC 7009)', remedy: 'reauthorize' },
  'session-ended': { meaning: 'the server ended this session before its stated end', remedy: 'refresh' },
  offboarded: { meaning: "the user's account was deactivated", remedy: 'reauthorize' },
  'account-deleted': { meaning: 'the account no longer exists', remedy: 'reauthorize' },
  'password-changed': { meaning: 'the user changed the password', remedy: 'reauthorize' },
  'consent-withdrawn': { meaning: 'the consent was withdrawn', remedy: 'reauthorize' },
  'reauth-required': {
    meaning: 'a session policy demands that the user proves presence',
    remedy: 'reauthorize',
  },

  // Policies that bar a living grant.
  'ip-restricted': { meaning: "the caller's address is not allowed", remedy: 'operator' },
  'session-policy': { meaning: 'a session policy bars this kind of session', remedy: 'operator' },
  'api-disabled': { meaning: 'the user lost the right to use the API', remedy: 'operator' },
  'org-without-api': { meaning: "the organisation's edition has no API", remedy: 'operator' },
  'service-restricted': { meaning: 'an administrator restricted the service', remedy: 'operator' },
  'denied-by-policy': { meaning: "the server's policy denies this route to this user", remedy: 'operator' },
  'other-resource': { meaning: 'the token was issued for another resource server', remedy: 'operator' },
  'other-host': { meaning: "the call went to another tenant's host than the token's", remedy: 'operator' },
  'scope-missing': { meaning: 'the token lacks the scope this route needs', remedy: 'reauthorize' },

  // What can be wrong with the client.
  'unknown-client': { meaning: 'no such client id', remedy: 'operator' },
  'wrong-secret': { meaning: 'the client secret is wrong or was rotated', remedy: 'operator' },
  'wrong-client-auth': {
    meaning: 'the client showed who it is in a way that this endpoint does not take',
    remedy: 'operator',
  },
  'client-deleted': { meaning: 'the client was deleted', remedy: 'operator' },

  // What can be wrong with an assertion by which a client shows who it is (RFC 7523).
  'assertion-invalid': {
    meaning: 'the assertion is malformed, is about nobody here, or was signed by somebody else',
    remedy: 'request',
  },
  'assertion-expired': { meaning: "the assertion's lifetime is over", remedy: 'request' },
  'assertion-from-future': { meaning: 'the assertion claims to be from the future', remedy: 'request' },
  'assertion-too-long': { meaning: 'the assertion claims too long a lifetime', remedy: 'request' },

  // What can be wrong with a token request or an authorization request.
  'unknown-tenant': { meaning: 'the endpoint names a tenant that does not exist', remedy: 'operator' },
  'unknown-resource': { meaning: 'a token was asked for a resource that does not exist', remedy: 'operator' },
  'bad-scope': { meaning: 'the scope asked for is malformed', remedy: 'request' },
  'unsupported-grant-type': { meaning: 'the grant type is not supported', remedy: 'request' },
  'missing-parameter': { meaning: 'a required parameter is missing or malformed', remedy: 'request' },
  'wrong-encoding': {
    meaning: 'the body is in an encoding that this endpoint does not read',
    remedy: 'request',
  },
  'unknown-code': { meaning: 'nobody issued this authorization code', remedy: 'reauthorize' },
  'used-code': { meaning: 'the authorization code was exchanged before', remedy: 'reauthorize' },
  'expired-code': { meaning: "the authorization code's lifetime is over", remedy: 'reauthorize' },
  'redirect-mismatch': {
    meaning: 'redirect_uri is not registered, or differs from the first',
    remedy: 'operator',
  },
  'pkce-mismatch': { meaning: 'code_verifier does not fit code_challenge', remedy: 'request' },
  'scope-exceeds': { meaning: 'more scope was asked for than was granted', remedy: 'request' },

  // What can be wrong with a resource request.
  'other-tenant': { meaning: 'the object belongs to a tenant this grant cannot see', remedy: 'operator' },
  'not-found': { meaning: 'no such object, or not visible to this grant', remedy: 'request' },
  'bad-request': { meaning: 'the request is malformed', remedy: 'request' },
  'rate-limited': { meaning: 'too many requests', remedy: 'wait' },
  unavailable: { meaning: 'the service is down for a while', remedy: 'wait' },
  unmodelled: { meaning: 'the mock does not model this route', remedy: 'request' },
} as const satisfies Record<string, Meaning>;

/** A reason from the table of refusals. */
export type Refusal = keyof typeof REFUSALS;

/** The reasons that are failures of authentication or authorization, as opposed to a wrong or unlucky request. */
export function isAuthFailure(reason: Refusal): boolean {
  const { remedy } = REFUSALS[reason];
  return remedy === 'refresh' || remedy === 'reauthorize' || remedy === 'operator' || reason === 'no-token';
}

/** The reasons after which trying the same refresh token again can never succeed. */
export function isTerminalForGrant(reason: Refusal): boolean {
  return REFUSALS[reason].remedy === 'reauthorize';
}
