// What is known of Auth0 beyond its answers to refusals.

import type { Service } from '../../service.ts';

const ROTATION = 'auth0.com/docs/secure/tokens/refresh-tokens/configure-refresh-token-rotation';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'access token lifetime',
    says: '24 hours for an API where nothing else is set',
    source: 'auth0.com/docs/secure/tokens/access-tokens; the default is not confirmed',
    sureness: 'assumed',
  },
  {
    about: 'refresh token lifetime',
    says: 'thirty days from the sign-in and fifteen days without use; each can be chosen, or none',
    source: 'the schema of the Management API; the defaults are not confirmed',
    sureness: 'assumed',
  },
  {
    about: 'rotation',
    says: 'can be turned on for each application; on here, as for single page apps',
    source: ROTATION,
    sureness: 'documented',
  },
  {
    about: 'grace',
    says: 'a rotation overlap of zero seconds or more, zero by default; in it a new token is issued',
    source: ROTATION,
    sureness: 'documented',
  },
  {
    about: 'depth of the grace',
    says: 'only the token before the newest is honoured; the one before that is a breach at any time',
    source: ROTATION,
    sureness: 'documented',
  },
  {
    about: 'reuse',
    says: 'revokes the whole family of refresh tokens',
    source: ROTATION,
    sureness: 'documented',
  },
  {
    about: 'access tokens of a dead family',
    says: 'are signed and stand for themselves: they are honoured to their end',
    source: 'auth0.com/docs/secure/tokens/revoke-tokens: only refresh tokens can be revoked',
    sureness: 'documented',
  },
  {
    about: 'who may revoke',
    says: 'the client only, with its credentials; a revocation without them is refused like one with wrong ones',
    source: 'RFC 7009 section 2.1; that the words are the same is an inference',
    sureness: 'assumed',
  },
  {
    about: 'password',
    says: 'a new password leaves refresh tokens alone',
    source: 'no document says otherwise',
    sureness: 'assumed',
  },
  {
    about: 'number of refresh tokens',
    says: '200 live ones for each user and application; one more silently ends the oldest',
    source: 'support.auth0.com: limits of refresh tokens',
    sureness: 'documented',
  },
  {
    about: 'change of the rotation mode',
    says: 'ends the tokens of the other mode; nothing in the mock changes the mode of a running service',
    source: ROTATION,
    sureness: 'documented',
  },
  {
    about: 'authorization code lifetime',
    says: 'a code lives for ten minutes',
    source: 'RFC 6749 section 4.1.2; not confirmed for Auth0',
    sureness: 'assumed',
  },
  {
    about: 'rate limit',
    says:
      'x-ratelimit-limit, -remaining and -reset on every answer of the Management API and on a 429 of the token ' +
      'endpoint, which only a busy tenant gives',
    source: 'auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy',
    sureness: 'assumed',
  },
];
