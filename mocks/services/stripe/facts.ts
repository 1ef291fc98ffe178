// What is known of Stripe beyond its answers to refusals: the knobs, and the trouble that only faults bring.

import type { Service } from '../../service.ts';

const APPS = 'docs.stripe.com/stripe-apps/api-authentication/oauth';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'access token lifetime',
    says: 'one hour for apps; with Connect a token never expires',
    source: `${APPS} and docs.stripe.com/connect/oauth-reference; the hour is not confirmed`,
    sureness: 'assumed',
  },
  {
    about: 'refresh token lifetime',
    says: 'one year for apps, replaced at every exchange; with Connect it neither ends nor changes',
    source: `${APPS}; not confirmed`,
    sureness: 'assumed',
  },
  {
    about: 'the old tokens',
    says: 'the old refresh token is dead at once without harm to its successor; the old access token lives on',
    source: 'Stripe does not document it',
    sureness: 'assumed',
  },
  {
    about: 'success',
    says: 'token_type bearer, scope, livemode, stripe_user_id, stripe_publishable_key; no lifetime is told',
    source: 'stripe-node, OAuthToken',
    sureness: 'observed',
  },
  {
    about: 'client authentication',
    says: "the platform's secret key alone, as the name of Basic, by Bearer or as client_secret; the client id may stand beside it",
    source: APPS,
    sureness: 'documented',
  },
  {
    about: 'calls',
    says: 'a key comes by Bearer, or as the name of Basic authentication',
    source: 'docs.stripe.com/api/authentication',
    sureness: 'documented',
  },
  {
    about: 'test and live mode',
    says: 'a code or refresh token of one mode is invalid_grant under a key of the other; the mock has one mode',
    source: 'stripe-ruby, InvalidGrantError',
    sureness: 'documented',
  },
  {
    about: 'ends of a grant',
    says:
      'the user removes the app, or with Connect the platform deauthorizes the account at oauth/deauthorize; in the mock ' +
      'only what the user does is told by a webhook',
    source: 'docs.stripe.com/connect/oauth-reference; account.application.deauthorized tells the platform',
    sureness: 'documented',
  },
  {
    about: 'password',
    says: 'the app is installed in the account: a new password leaves the grant alone',
    source: 'an inference; Stripe does not say it',
    sureness: 'assumed',
  },
  {
    about: 'idempotency',
    says: 'the same request under the same Idempotency-Key within 24 hours is answered again and done once',
    source: 'docs.stripe.com/api/idempotent_requests',
    sureness: 'documented',
  },
  {
    about: 'rate limit',
    says:
      '25 calls a second of an account in a sandbox, 100 in live mode; beyond it 429 with the code rate_limit and the ' +
      'header Stripe-Rate-Limited-Reason, and without Retry-After. An object that another request holds is lock_timeout',
    source: 'docs.stripe.com/rate-limits',
    sureness: 'documented',
  },
];
