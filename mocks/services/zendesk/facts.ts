// What is known of Zendesk beyond its answers to refusals.

import type { Service } from '../../service.ts';

const ANNOUNCEMENT = 'support.zendesk.com 9182123625370: refresh token grant type and token expirations';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'rotation',
    says: 'a successful refresh answers with a new refresh token and deletes the previous access and refresh tokens',
    source: ANNOUNCEMENT,
    sureness: 'documented',
  },
  {
    about: 'duty',
    says: 'apps had to take up refresh tokens by 2026-01-31, customers by 2026-04-30; before, tokens never expired',
    source: ANNOUNCEMENT,
    sureness: 'documented',
  },
  {
    about: 'lifetimes',
    says: 'a client may state expires_in and refresh_token_expires_in in its token request, of a code and of a refresh',
    source: ANNOUNCEMENT,
    sureness: 'documented',
  },
  {
    about: 'lifetimes that may be asked for',
    says:
      'five minutes to two days for access tokens, seven to ninety days for refresh tokens; what lies beyond is cut to ' +
      'the nearest here',
    source: 'developer.zendesk.com: OAuth tokens for grant types; the numbers are not confirmed',
    sureness: 'assumed',
  },
  {
    about: 'lifetimes where nothing is asked for',
    says: 'two days for access tokens, thirty for refresh tokens, counted from the issue of each',
    source: 'third-party integrations; ninety days are the most that may be asked for',
    sureness: 'assumed',
  },
  {
    about: 'reuse',
    says: 'a used refresh token is refused; nothing is said of the family, so it lives on',
    source: ANNOUNCEMENT,
    sureness: 'assumed',
  },
  {
    about: 'revocation',
    says: 'deleting the current token at the API ends its refresh token too: both are one record',
    source: 'developer.zendesk.com: revoking an OAuth access token; the refresh token is an inference',
    sureness: 'assumed',
  },
  {
    about: 'scopes',
    says: 'read and write open everything; narrower ones are named by resource, as in tickets:read',
    source: 'developer.zendesk.com: OAuth scopes',
    sureness: 'documented',
  },
  {
    about: 'authorization code lifetime',
    says: 'a code lives for two minutes',
    source: 'support.zendesk.com 4408845965210: using OAuth; the number is not confirmed',
    sureness: 'assumed',
  },
  {
    about: 'rate limit',
    says:
      '700 calls a minute of an account on the Enterprise plan, 200 or 400 on smaller ones, told in X-Rate-Limit ' +
      'headers; beyond it 429 with Retry-After and a line of plain text',
    source: 'developer.zendesk.com: rate limits',
    sureness: 'documented',
  },
];
