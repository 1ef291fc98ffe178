// What is known of Box beyond its answers to refusals.

import type { Service } from '../../service.ts';

const TOKENS = 'developer.box.com/guides/authentication/tokens';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'access token lifetime',
    says: 'about an hour; answers state from 3600 to some 4200 seconds, and what they state holds',
    source: `${TOKENS} for the hour; its samples, and answers quoted in public, for the rest`,
    sureness: 'observed',
  },
  {
    about: 'refresh token lifetime',
    says: 'sixty days from the issue of each',
    source: `${TOKENS}/refresh`,
    sureness: 'documented',
  },
  {
    about: 'rotation',
    says: 'a refresh token can be used once, and comes with the next one',
    source: `${TOKENS}/refresh`,
    sureness: 'documented',
  },
  {
    about: 'reuse',
    says: 'is refused, and harms no other token',
    source: 'Box documents nothing of a revoked family',
    sureness: 'assumed',
  },
  {
    about: 'the old access token',
    says: 'lives to its end',
    source: 'Box does not say',
    sureness: 'assumed',
  },
  {
    about: 'a dead access token',
    says: 'is answered with a header and an empty body: whoever parses the body gets nothing',
    source: 'box/box-node-sdk#157',
    sureness: 'observed',
  },
  {
    about: 'success',
    says: 'beside the tokens and the lifetime restricted_to, token_type bearer, and issued_token_type as RFC 8693 has it',
    source: 'developer.box.com/reference/resources/access-token',
    sureness: 'documented',
  },
  {
    about: 'revocation',
    says: 'takes either token with the credentials of the client, and ends both',
    source: `${TOKENS}/revoke`,
    sureness: 'documented',
  },
  {
    about: 'what is not shared',
    says: 'is not found, as what does not exist',
    source: 'developer.box.com: client errors; box/box-openapi#308',
    sureness: 'documented',
  },
  {
    about: 'server authentication',
    says:
      'an app that speaks for itself asks for each token with its password, or with an assertion that lives for a ' +
      'minute at most, and gets no refresh token; that an assertion can be used once the mock does not check',
    source: 'developer.box.com/guides/authentication/client-credentials and /jwt',
    sureness: 'documented',
  },
  {
    about: 'authorization code lifetime',
    says: 'a code lives for thirty seconds',
    source: 'developer.box.com/guides/authentication/oauth2; the errors guide says tens of seconds',
    sureness: 'documented',
  },
  {
    about: 'rate limits',
    says:
      'a thousand calls a minute for each user, then 429 with retry-after; searches and uploads have limits of their ' +
      'own, which the mock does not count',
    source: 'developer.box.com/guides/api-calls/permissions-and-errors/rate-limits',
    sureness: 'documented',
  },
];
