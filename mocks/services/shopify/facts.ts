// What is known of Shopify beyond its answers to refusals.

import type { Service } from '../../service.ts';

const OFFLINE = 'shopify.dev: about offline access tokens';
const RESILIENT = 'shopify.dev/changelog/more-resilient-refreshes-for-expiring-offline-access-tokens';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'access token lifetime',
    says: '3600 seconds for expiring offline tokens, which exist since 2025-12-10',
    source: 'shopify.dev/changelog/offline-access-tokens-now-support-expiry-and-refresh',
    sureness: 'documented',
  },
  {
    about: 'who must use them',
    says:
      'public apps made since 2026-04-01, and every public app from 2027-01-01; for others expiring=1 asks for them, ' +
      'and the default service always gives them',
    source: OFFLINE,
    sureness: 'documented',
  },
  {
    about: 'non-expiring offline tokens',
    says:
      'live until the app is uninstalled or its secret is revoked, and have no refresh token; in the mock a secret that ' +
      'is rotated is revoked at once',
    source: OFFLINE,
    sureness: 'documented',
  },
  {
    about: 'refresh token lifetime',
    says: 'ninety days from the issue of each, told as refresh_token_expires_in',
    source: RESILIENT,
    sureness: 'documented',
  },
  {
    about: 'rotation',
    says:
      'every use gives a new refresh token; the one before it may be used again until its successor is used, for at ' +
      'most thirty days from its first use, and never beyond its own ninety',
    source: RESILIENT,
    sureness: 'documented',
  },
  {
    about: 'rotation before 2026-08-28',
    says: 'a used refresh token could be tried again for sixty minutes',
    source: RESILIENT,
    sureness: 'documented',
  },
  {
    about: 'what a second try gives',
    says: 'another pair',
    source: 'Shopify does not say whether it is the same pair',
    sureness: 'assumed',
  },
  {
    about: 'old access token',
    says: 'lives on to its end after a refresh',
    source: 'Shopify does not say it',
    sureness: 'assumed',
  },
  {
    about: 'words of a dead refresh token',
    says: '401 invalid_request in a captured answer; an article says 400 invalid_grant, which is a variant',
    source: 'community.shopify.dev/t/35182, nango.dev/blog/shopify-oauth-refresh-token-invalid-grant',
    sureness: 'observed',
  },
  {
    about: 'one pair per app and shop',
    says: 'what a later authorization or exchange brings replaces the refresh token before',
    source:
      'shopify.dev/changelog/more-resilient-token-exchanges-when-migrating-tokens-without-a-user-session',
    sureness: 'documented',
  },
  {
    about: 'who the grant belongs to',
    says: 'the app as installed in the shop: a new password or a staff member who left changes nothing',
    source: `${OFFLINE}: meant for service-to-service requests`,
    sureness: 'assumed',
  },
  {
    about: 'token exchange',
    says:
      'a session token, signed with the secret of the app and good for a minute, earns an offline token, or an online ' +
      'one where requested_token_type says so',
    source: 'shopify.dev: exchange a session token for an access token',
    sureness: 'documented',
  },
  {
    about: 'online tokens',
    says:
      'are told with associated_user, live a day or until the user logs out, and have no refresh token; the mock knows ' +
      'them by token exchange only, and ends them early with all sessions only',
    source: 'shopify.dev: about online access tokens',
    sureness: 'documented',
  },
  {
    about: "another shop's host",
    says: 'knows the tokens of its shop only: it refuses others as it does those that nobody minted',
    source: 'common experience, in no document; some report 404',
    sureness: 'assumed',
  },
  {
    about: 'authorization code',
    says: 'is sent back with shop, host, timestamp and an hmac; its exchange repeats no redirect_uri',
    source: '@shopify/shopify-api 12.2.0',
    sureness: 'observed',
  },
  {
    about: 'REST limit',
    says: 'forty calls at once and two more a second, on the standard plan',
    source: 'shopify.dev/docs/api/admin-rest/usage/rate-limits',
    sureness: 'documented',
  },
  {
    about: 'GraphQL limit',
    says: 'a hundred points a second on the standard plan, and at most a thousand for one query',
    source: 'shopify.dev/docs/apps/build/apis/graphql-admin/rate-limits',
    sureness: 'documented',
  },
  {
    about: 'GraphQL cost',
    says: 'an object is a point, a list two and one for each; the bucket holds what twenty seconds restore',
    source:
      'MONEI/Shopify-api-node#489 has 1000 at 50 a second; how lists are counted today is not confirmed',
    sureness: 'assumed',
  },
];
