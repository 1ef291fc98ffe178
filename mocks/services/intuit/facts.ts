// What is known of Intuit beyond its answers to refusals.

import type { Service } from '../../service.ts';

const OAUTH = 'developer.intuit.com: OAuth 2.0';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'access token lifetime',
    says: 'one hour, stated as 3600',
    source: OAUTH,
    sureness: 'documented',
  },
  {
    about: 'rotation',
    says:
      'a refresh hands out the same refresh token again until it is about a day old, then a new one; engineers say ' +
      'twenty-four to twenty-six hours, the mock takes twenty-five',
    source: 'an engineer of Intuit at intuit/oauth-jsclient#74',
    sureness: 'observed',
  },
  {
    about: 'the old refresh token',
    says: 'is dead as soon as the new one is handed out; an older FAQ gave it a day more',
    source: 'intuit/QuickBooks-V3-PHP-SDK#324, #454',
    sureness: 'observed',
  },
  {
    about: 'refresh token lifetime',
    says:
      'a hundred and one days from the issue of each value, told in x_refresh_token_expires_in, which counts down ' +
      'while the value stays the same; in the mock a value lives that long after its last use',
    source: `${OAUTH}: a hundred days; 8726400 is what answers say`,
    sureness: 'observed',
  },
  {
    about: 'hard end',
    says:
      'five years after the consent the user has to consent again; told in x_refresh_token_hard_expires_in to those ' +
      'who send the header x-include-refresh-token-hard-expires-in',
    source: 'the release notes and the source of intuit/oauth-jsclient',
    sureness: 'documented',
  },
  {
    about: 'company',
    says: 'its id comes with the redirect only, as realmId; no token answer tells it',
    source: OAUTH,
    sureness: 'documented',
  },
  {
    about: 'tracing',
    says: 'every answer has the header intuit_tid; in the mock the redirect has none',
    source: `${OAUTH}; the source of intuit/oauth-jsclient`,
    sureness: 'documented',
  },
  {
    about: 'two shapes of a fault',
    says: 'the gateway writes fault and error in lower case, the service behind it Fault and Error',
    source: 'bodies quoted in public issue threads',
    sureness: 'observed',
  },
  {
    about: 'revocation',
    says: 'takes either token, as JSON, and ends the whole connection',
    source: `${OAUTH}, revoke; the source of intuit/oauth-jsclient`,
    sureness: 'documented',
  },
  {
    about: 'who may revoke',
    says: 'the client only, with its credentials; a revocation without them is refused like one with wrong ones',
    source: 'RFC 7009 section 2.1; that the words are the same is an inference',
    sureness: 'assumed',
  },
  {
    about: 'authorization code lifetime',
    says: 'a code lives for ten minutes',
    source: 'common experience; no document states it',
    sureness: 'assumed',
  },
  {
    about: 'rate limits',
    says: 'five hundred calls a minute for each company; also ten at once, which the mock does not count',
    source: 'developer.intuit.com: limits and throttles',
    sureness: 'documented',
  },
];
