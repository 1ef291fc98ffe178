// What is known of Discord beyond its answers to refusals.

import type { Service } from '../../service.ts';

const OAUTH2 = 'docs.discord.com/developers/topics/oauth2';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'access token lifetime',
    says: 'seven days, told as 604800',
    source: OAUTH2,
    sureness: 'documented',
  },
  {
    about: 'refresh token lifetime',
    says: 'no end by itself',
    source: 'Discord does not document one',
    sureness: 'assumed',
  },
  {
    about: 'rotation',
    says: 'a refresh answers with a new refresh token, and the old one is dead at once',
    source: 'Discord shows the answer but does not say what becomes of the old one',
    sureness: 'assumed',
  },
  {
    about: 'revocation',
    says:
      'revoking any token, whatever the hint says, revokes every access and refresh token of that authorization; ' +
      'in the mock an authorization is one consent',
    source: `${OAUTH2}: token revocation`,
    sureness: 'documented',
  },
  {
    about: 'who may revoke',
    says: 'the client only, with its credentials; a revocation without them is refused like one with wrong ones',
    source: 'RFC 7009 section 2.1; that the words are the same is an inference',
    sureness: 'assumed',
  },
  {
    about: 'token requests',
    says: 'must be a form; neither JSON nor the query string is read. The client stands in Basic or in the body',
    source: `${OAUTH2}; for the query string discord/discord-api-docs#7299`,
    sureness: 'documented',
  },
  {
    about: 'authorization code lifetime',
    says: 'a code lives for a hundred seconds, or until it is used',
    source: 'a maintainer in discord/discord-api-docs#1768',
    sureness: 'observed',
  },
  {
    about: 'JSON error codes',
    says:
      '50025 is an invalid OAuth2 access token, met where a bot adds a user to a guild; 50026 is a missing scope; ' +
      '50001 and 50013 are missing access and missing permissions',
    source: 'docs.discord.com/developers/topics/opcodes-and-status-codes',
    sureness: 'documented',
  },
  {
    about: 'rate limit',
    says: '429 with retry_after as a fraction of seconds and X-RateLimit headers; limits are not to be hard coded',
    source: 'docs.discord.com/developers/topics/rate-limits',
    sureness: 'documented',
  },
  {
    about: 'limit in numbers',
    says: "fifty calls a second, the global limit, which the mock counts for each tenant in place of each route's own",
    source: 'support-dev.discord.com: my bot is being rate limited',
    sureness: 'assumed',
  },
];
