// What is known of Linear beyond its answers to refusals: the knobs, and the trouble that only faults bring.

import type { Service } from '../../service.ts';

const DOCS = 'linear.app/developers/oauth-2-0-authentication';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'access token lifetime',
    says: '24 hours, told as 86399 seconds; for new apps since 2025-10-01, for all since 2026-04-01',
    source: DOCS,
    sureness: 'documented',
  },
  {
    about: 'access token lifetime before',
    says: 'ten years, told as 315705599 seconds, and no refresh token',
    source: 'linear/linear#251',
    sureness: 'observed',
  },
  {
    about: 'rotation',
    says: 'a refresh answers with a new access token and a new refresh token',
    source: DOCS,
    sureness: 'documented',
  },
  {
    about: 'the old refresh token',
    says: 'dead at once, without harm to its successor; a grace of thirty minutes is rumoured',
    source: 'Linear does not document it',
    sureness: 'assumed',
  },
  {
    about: 'refresh token lifetime',
    says: 'no end by itself',
    source: 'Linear does not document it',
    sureness: 'assumed',
  },
  {
    about: 'old access token',
    says: 'lives on to its end after a refresh',
    source: 'Linear does not document it',
    sureness: 'assumed',
  },
  {
    about: 'revocation',
    says: 'revoking the refresh token ends the grant, revoking an access token ends that one',
    source: 'RFC 7009 section 2.1; Linear does not document it',
    sureness: 'assumed',
  },
  {
    about: 'client authentication',
    says: 'Basic or in the body; with PKCE no secret is needed, neither for the code nor for the refreshes after it',
    source: DOCS,
    sureness: 'documented',
  },
  {
    about: 'success',
    says: 'scope is a string; an array for apps made before 2023-12-01',
    source: DOCS,
    sureness: 'documented',
  },
  {
    about: 'migrate_old_token',
    says: 'exchanges a ten-year token, once, for one of a day with a refresh token; a variant of the mock does',
    source: DOCS,
    sureness: 'documented',
  },
  {
    about: 'client_credentials',
    says:
      'one token of 30 days, told as 2591999 seconds, for each app that has the grant enabled, as in a variant; the ' +
      'next one ends it, and so does a new secret, which the mock leaves out',
    source: DOCS,
    sureness: 'documented',
  },
  {
    about: 'partial success',
    says: 'an answer 200 may hold both data and errors',
    source: 'linear.app/developers/graphql',
    sureness: 'documented',
  },
  {
    about: 'rate limit',
    says:
      '400 or 429, in the mock 400, with code RATELIMITED, retry-after and x-ratelimit-requests-* (reset in ms); of ' +
      'complexity, which has a limit and headers of its own, the mock keeps no count',
    source: '@linear/sdk 98.0.0',
    sureness: 'observed',
  },
  {
    about: 'rate limit per app user',
    says: '5000 requests an hour',
    source: 'the number is not confirmed',
    sureness: 'assumed',
  },
];
