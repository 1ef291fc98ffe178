// What is known of Zoom beyond its answers to refusals.

import type { Service } from '../../service.ts';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'access token lifetime',
    says: 'one hour',
    source: 'developers.zoom.us/docs/rooms/s2s-oauth; third parties report the same of user tokens',
    sureness: 'observed',
  },
  {
    about: 'refresh token lifetime',
    says: 'about ninety days from the issue of each',
    source: 'developers.zoom.us: OAuth; third parties report fifteen years for old apps',
    sureness: 'assumed',
  },
  {
    about: 'rotation',
    says: 'every refresh gives a new refresh token, and the old one is invalid at once',
    source: 'a production log quoted in public; developers.zoom.us: use the latest refresh token',
    sureness: 'observed',
  },
  {
    about: 'one grant per account and app',
    says: 'one set of tokens lives: connecting again elsewhere ends both tokens of the first connection at once',
    source: 'a production log quoted in public',
    sureness: 'observed',
  },
  {
    about: 'words of a dead refresh token',
    says: 'always the reason "Invalid Token!", but 400 or 401, and invalid_grant or invalid_request as the error',
    source: 'bodies quoted in public issue threads',
    sureness: 'observed',
  },
  {
    about: 'client authentication',
    says: 'by Basic, as Zoom tells; a secret in the body is taken too',
    source: 'openiddict/openiddict-core#2025',
    sureness: 'observed',
  },
  {
    about: 'revocation',
    says: 'only the client may ask for it, by Basic as for tokens; it ends the whole grant',
    source: 'developers.zoom.us: OAuth, revoking an access token; what it takes with it is an inference',
    sureness: 'assumed',
  },
  {
    about: 'missing scope',
    says: 'is a 400 with the code 4711',
    source: 'JubaerHossain/zoom-laravel#15',
    sureness: 'observed',
  },
  {
    about: 'authorization code lifetime',
    says: 'a code lives for five minutes',
    source: 'developers.zoom.us/docs/rooms/za/za-digi-sign-oauth',
    sureness: 'documented',
  },
  {
    about: 'rate limit',
    says:
      'by the account and the weight of a call: thirty light ones a second on the Pro plan, fewer heavy ones, and those ' +
      'by the day, too. The mock takes every call for a light one, and has the second only',
    source: 'developers.zoom.us: rate limits',
    sureness: 'documented',
  },
  {
    about: 'headers of the rate limit',
    says: 'X-RateLimit-Category, -Type, -Limit and -Remaining; Retry-After for the day only, as a moment',
    source: 'developers.zoom.us: rate limits, in an older edition',
    sureness: 'observed',
  },
];
