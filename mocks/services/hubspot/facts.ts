// What is known of HubSpot beyond its answers to refusals: the knobs, and the trouble that only faults bring.

import type { Service } from '../../service.ts';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'access token lifetime',
    says: 'expires_in is 1800 and fixed; it was six hours before, and clients are told to follow expires_in',
    source: 'developers.hubspot.com/changelog/upcoming-expiration-of-oauth-access-tokens-is-changing',
    sureness: 'documented',
  },
  {
    about: 'rotation',
    says: 'a refresh answers with the same refresh token, which never expires by itself',
    source: 'several independent integrations; HubSpot documents neither rotation nor expiry',
    sureness: 'assumed',
  },
  {
    about: 'success',
    says: 'token answers carry hub_id and scopes since 2025-08-18',
    source: 'developers.hubspot.com/changelog: additional details in OAuth responses',
    sureness: 'documented',
  },
  {
    about: 'revocation',
    says: 'deleting a refresh token leaves the access tokens that it brought alive',
    source: 'developers.hubspot.com/docs/api-reference/legacy/authentication/oauth-tokens/v1/guide',
    sureness: 'documented',
  },
  {
    about: 'ends of a grant',
    says:
      'uninstalling the app (which it may do itself, by external-install), a revocation, or the deletion of the ' +
      'portal; a new password is not among them',
    source: 'developers.hubspot.com/docs: managing OAuth tokens; the password is an inference',
    sureness: 'assumed',
  },
  {
    about: 'client authentication',
    says: 'in the body; a secret in the Authorization header is not read',
    source: 'developers.hubspot.com/docs: managing OAuth tokens; postmanlabs/postman-app-support#3655',
    sureness: 'observed',
  },
  {
    about: 'token endpoints',
    says:
      'the v1 endpoints end on 2027-02-16; v3 and 2026-03 take their fields in the body only, and refuse with the ' +
      'fields of RFC 6749, while v1 says status and message',
    source:
      'developers.hubspot.com/docs/api-reference/auth-oauth-v3/guide; changelog: new OAuth v3 API endpoints and ' +
      'standardized error responses',
    sureness: 'documented',
  },
  {
    about: 'authorization code lifetime',
    says: 'a code lives for ten minutes',
    source: 'RFC 6749 section 4.1.2; HubSpot does not document it',
    sureness: 'assumed',
  },
  {
    about: 'introspection',
    says: 'answers active, token_use, token_type, client_id, hub_id, user_id and scopes',
    source: "third parties' test fixtures",
    sureness: 'assumed',
  },
  {
    about: 'search',
    says: 'five filter groups of six filters, 200 results a page, 10,000 results in all',
    source: 'developers.hubspot.com/docs/api/crm/search',
    sureness: 'documented',
  },
  {
    about: 'burst limit',
    says:
      '429 with errorType RATE_LIMIT and policyName TEN_SECONDLY_ROLLING after 110 calls in ten seconds of an app in ' +
      'a portal; the mock counts in fixed windows of ten seconds, which do not roll',
    source: 'answers quoted in public issue threads; the number is not confirmed',
    sureness: 'observed',
  },
  {
    about: 'daily limit',
    says: 'none for calls with OAuth, whose answers lack the daily headers too; other apps meet policyName DAILY',
    source:
      'developers.hubspot.com/changelog/rate-limit-headers-will-now-appear-for-oauth-authenticated-calls',
    sureness: 'documented',
  },
  {
    about: 'search limit',
    says:
      '429 with "You have reached your secondly limit."; search answers carry no rate limit headers; in the mock ' +
      'searches count to the burst limit alone, but in a variant that allows five a second',
    source: '@hubspot/api-client 13.5.0, RetryDecorator',
    sureness: 'observed',
  },
  {
    about: 'passing trouble',
    says: '423 locked for two seconds, 477 while an account migrates (with Retry-After), 5xx with an HTML page',
    source: 'error lists of third-party integrations',
    sureness: 'assumed',
  },
];
