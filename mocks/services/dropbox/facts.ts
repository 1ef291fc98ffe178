// What is known of Dropbox beyond its answers to refusals.

import type { Service } from '../../service.ts';

const GUIDE = 'www.dropbox.com/developers: OAuth guide';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'access token lifetime',
    says: 'four hours, stated as 14400',
    source: GUIDE,
    sureness: 'documented',
  },
  {
    about: 'refresh token',
    says: 'never expires, is never replaced, and is told once: in the exchange of a code asked for with token_access_type=offline',
    source: `${GUIDE}; dropbox 10.34.0, which reads no refresh token from a refresh`,
    sureness: 'documented',
  },
  {
    about: 'missing scope',
    says: 'is a 401, as an expired token is: a client that refreshes on every 401 refreshes for ever',
    source: 'dropbox 10.34.0: AuthError in its types; answers quoted in public issue threads',
    sureness: 'documented',
  },
  {
    about: 'revocation',
    says: 'revoking an access token at auth/token/revoke ends its refresh token too',
    source: 'dropbox 10.34.0: auth/token/revoke in its documentation',
    sureness: 'documented',
  },
  {
    about: 'fields in the URL',
    says: "the vendor's own SDK sends the refresh token in the query string",
    source: 'dropbox 10.34.0',
    sureness: 'observed',
  },
  {
    about: 'authorization code lifetime',
    says: 'a code lives for ten minutes',
    source: 'RFC 6749 section 4.1.2; Dropbox states none',
    sureness: 'assumed',
  },
  {
    about: 'rate limit',
    says: '429 with Retry-After and error_summary too_many_requests/.. or too_many_write_operations/..',
    source: 'www.dropbox.com/developers: HTTP documentation, errors by status code',
    sureness: 'documented',
  },
  {
    about: 'calls of a minute',
    says: 'three hundred here; Dropbox states no number, and counts by user and app',
    source: 'chosen so that a backup meets it and an ordinary night does not',
    sureness: 'assumed',
  },
];
