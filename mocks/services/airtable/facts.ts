// What is known of Airtable beyond its answers to refusals.

import type { Service } from '../../service.ts';

const REFERENCE = 'airtable.com/developers/web/api/oauth-reference';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'lifetimes',
    says: 'sixty minutes for access tokens, sixty days for refresh tokens, told as expires_in and refresh_expires_in',
    source: `${REFERENCE}, as quoted in estuary/connectors#1262`,
    sureness: 'documented',
  },
  {
    about: 'rotation',
    says: 'a refresh invalidates the access and the refresh token before it, at once',
    source: `${REFERENCE}, as quoted in PipedreamHQ/pipedream#8727`,
    sureness: 'documented',
  },
  {
    about: 'what that does',
    says: 'calls on their way with the token before get a 401; a grace period was asked for, and is not there',
    source: 'PipedreamHQ/pipedream#8727',
    sureness: 'observed',
  },
  {
    about: 'the return of a used refresh token',
    says: 'is refused, without harm to its successor',
    source: 'not known; the mildest reading',
    sureness: 'assumed',
  },
  {
    about: 'client authentication',
    says: 'Basic for integrations with a secret, which is not read from the body; client_id in the body for those without',
    source: `${REFERENCE}: token creation request headers; that a secret in the body fails: coda/packs-sdk#2349`,
    sureness: 'documented',
  },
  {
    about: 'PKCE and state',
    says: 'are required of every authorization request; the mock verifies a challenge where one was sent',
    source: `${REFERENCE}: authorization parameter rules`,
    sureness: 'documented',
  },
  {
    about: 'revocation',
    says: 'there is no endpoint for it: the user removes the integration',
    source: `${REFERENCE}, which names none`,
    sureness: 'assumed',
  },
  {
    about: 'authorization code lifetime',
    says: 'a code lives for ten minutes',
    source: 'RFC 6749 section 4.1.2',
    sureness: 'assumed',
  },
  {
    about: 'rate limit',
    says: 'five calls a second for a base, and thirty seconds to wait after one too many',
    source: 'airtable.com/developers/web/api/errors',
    sureness: 'documented',
  },
];
