// What is known of Atlassian beyond its answers to refusals.

import type { Service } from '../../service.ts';

const REFRESH_TOKENS = 'developer.atlassian.com/cloud/oauth/getting-started/refresh-tokens';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'access token lifetime',
    says: 'one hour, stated as 3600',
    source: 'developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps',
    sureness: 'documented',
  },
  {
    about: 'rotation',
    says: 'every refresh gives a new refresh token, and disables the one that was used',
    source: REFRESH_TOKENS,
    sureness: 'documented',
  },
  {
    about: 'leeway',
    says:
      'the old refresh token works for ten minutes more, and so does the access token that came with it; then both ' +
      'are revoked, so an access token can die before its own end',
    source: `${REFRESH_TOKENS}; an Atlassian engineer at community.developer.atlassian.com/t/83103`,
    sureness: 'documented',
  },
  {
    about: 'reuse after the leeway',
    says: 'ends the whole chain',
    source: 'as Auth0 does, on which the authorization server runs',
    sureness: 'assumed',
  },
  {
    about: 'refresh token idle end',
    says: 'a refresh token that nobody uses for ninety days is dead',
    source: `${REFRESH_TOKENS}, as quoted by integrators`,
    sureness: 'observed',
  },
  {
    about: 'refresh token hard end',
    says: 'a year after the consent the user has to consent again, however often the token was used',
    source: 'third parties; Atlassian states the end without saying from when it counts',
    sureness: 'assumed',
  },
  {
    about: 'password change',
    says: "a change of the user's password ends the refresh token; in the mock the access token lives to its end",
    source: 'the documentation of jira.js; Atlassian staff in public threads',
    sureness: 'observed',
  },
  {
    about: 'refresh token',
    says: 'comes only to those who asked for the scope offline_access',
    source: REFRESH_TOKENS,
    sureness: 'documented',
  },
  {
    about: 'missing scope',
    says: 'is a 401 of the gateway, not a 403: a client that refreshes on each 401 rotates for ever and never heals',
    source: 'the body quoted in many public threads',
    sureness: 'observed',
  },
  {
    about: 'permission',
    says: "a 403 is Jira's own: the user may not do this, whatever the token's scopes",
    source: 'developer.atlassian.com/cloud/jira/platform/rest/v3',
    sureness: 'documented',
  },
  {
    about: 'sites',
    says: 'every call names a site by its cloud id; accessible-resources lists those that the grant opens',
    source: 'developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps',
    sureness: 'documented',
  },
  {
    about: 'revocation',
    says: 'apps have no endpoint for it; users revoke in their account settings',
    source: 'developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps describes none',
    sureness: 'assumed',
  },
  {
    about: 'authorization code lifetime',
    says: 'a code lives for five minutes',
    source: 'common experience; no document states it',
    sureness: 'assumed',
  },
  {
    about: 'rate limit',
    says:
      'three at once: points by the hour, writes to one issue, and calls by the second: a hundred reads or creations ' +
      'of each endpoint, fifty changes. The mock has the last: a hundred calls of a site, whatever their endpoint',
    source:
      'developer.atlassian.com/cloud/jira/platform/rate-limiting; the numbers as third parties quote it',
    sureness: 'observed',
  },
  {
    about: 'headers of the rate limit',
    says:
      'X-RateLimit-Limit and -Remaining on every answer of Jira, and on a 429 Retry-After, X-RateLimit-Reset to the ' +
      'minute, and in RateLimit-Reason which of the limits it was',
    source: 'developer.atlassian.com/cloud/jira/platform/rate-limiting; jira.atlassian.com JRACLOUD-69262',
    sureness: 'documented',
  },
];
