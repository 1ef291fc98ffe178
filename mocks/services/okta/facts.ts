// What is known of Okta beyond its answers to refusals.

import type { Service } from '../../service.ts';

const ROTATION = 'developer.okta.com/docs/guides/refresh-tokens';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'access token lifetime',
    says: 'one hour, fixed, at the org authorization server; five minutes to a day at a custom one',
    source: 'developer.okta.com/docs/reference/api/oidc',
    sureness: 'documented',
  },
  {
    about: 'token requests',
    says: 'must be a form: JSON is refused before OAuth is asked, with one of the numbered errors',
    source: 'Kong/volcano-agent-sdk#21',
    sureness: 'observed',
  },
  {
    about: 'refresh token lifetime',
    says: 'unlimited, but seven days without use end it',
    source: ROTATION,
    sureness: 'documented',
  },
  {
    about: 'rotation',
    says: 'off for web and mobile apps, whose refreshes name no refresh token; on for single page apps',
    source: ROTATION,
    sureness: 'documented',
  },
  {
    about: 'grace',
    says: 'a rotated token is honoured for another thirty seconds; zero to sixty can be chosen',
    source: ROTATION,
    sureness: 'documented',
  },
  {
    about: 'reuse',
    says: 'the return of a rotated token ends the newest one and every access token since the sign-in',
    source: ROTATION,
    sureness: 'documented',
  },
  {
    about: 'lifetime of rotated tokens',
    says: 'a new token inherits the end of the first one',
    source: ROTATION,
    sureness: 'documented',
  },
  {
    about: 'revocation',
    says: 'of a refresh token takes its access tokens along; of an access token leaves the refresh token alive',
    source: 'developer.okta.com/docs/guides/revoke-tokens',
    sureness: 'documented',
  },
  {
    about: 'who may revoke',
    says: 'the client only, with its credentials; a revocation without them is refused like one with wrong ones',
    source: 'RFC 7009 section 2.1; that the words are the same is an inference',
    sureness: 'assumed',
  },
  {
    about: 'words of a dead refresh token',
    says: 'expired, rotated and revoked share one text',
    source: 'okta/okta-react-native#287 and others',
    sureness: 'observed',
  },
  {
    about: 'rate limit',
    says: 'X-Rate-Limit-Limit, -Remaining and -Reset (epoch seconds) on every answer, and no Retry-After; 600 a minute',
    source: 'developer.okta.com/docs/reference/rate-limits; the number depends on endpoint and plan',
    sureness: 'assumed',
  },
  {
    about: 'API tokens',
    says: 'are carried under the scheme SSWS, where a token of OAuth is invalid',
    source: 'developer.okta.com/docs/guides/create-an-api-token',
    sureness: 'documented',
  },
  {
    about: 'authorization code lifetime',
    says: 'a code lives for five minutes',
    source: 'developer.okta.com/docs/reference/api/oidc; the number is not confirmed',
    sureness: 'assumed',
  },
];
