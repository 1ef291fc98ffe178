// What is known of Slack beyond its answers to refusals: the knobs, and the trouble that only faults bring.

import type { Service } from '../../service.ts';

const ROTATION = 'docs.slack.dev/authentication/using-token-rotation';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'access token lifetime',
    says: '43200 seconds with token rotation, which cannot be turned off again; without it tokens never expire',
    source: ROTATION,
    sureness: 'documented',
  },
  {
    about: 'rotation',
    says: 'a refresh replaces the refresh token; the old one is revoked after a short grace period',
    source: ROTATION,
    sureness: 'documented',
  },
  {
    about: 'length of the grace period',
    says: 'one minute',
    source: 'Slack does not tell the length',
    sureness: 'assumed',
  },
  {
    about: 'reuse',
    says: 'a spent refresh token is refused and its successor lives on',
    source: 'Slack does not document more than the refusal',
    sureness: 'assumed',
  },
  {
    about: 'refresh token lifetime',
    says: 'no end by itself',
    source: 'Slack does not document one',
    sureness: 'assumed',
  },
  {
    about: 'old access token',
    says: 'lives on after a refresh; no more than two are alive, and a refresh that makes a third revokes the oldest',
    source: ROTATION,
    sureness: 'documented',
  },
  {
    about: 'revocation',
    says: 'auth.revoke ends one token with rotation, the whole authorization without; apps.uninstall ends all',
    source: ROTATION,
    sureness: 'documented',
  },
  {
    about: 'password',
    says: 'the app is installed in the workspace: a new password leaves the grant alone',
    source: 'an inference; Slack does not say it',
    sureness: 'assumed',
  },
  {
    about: 'client authentication',
    says: 'Basic is preferred; @slack/oauth 4.0.0 sends the fields in the body',
    source: 'docs.slack.dev/authentication/installing-with-oauth',
    sureness: 'documented',
  },
  {
    about: 'user tokens',
    says:
      'an installation with user_scope tells a token of the person under authed_user, and a refresh tells it at the ' +
      'top; where one installation gives both a bot and a person, each refreshes by itself. The mock always gives a ' +
      'bot, or in a variant the person alone',
    source: `docs.slack.dev/authentication/installing-with-oauth and ${ROTATION}`,
    sureness: 'documented',
  },
  {
    about: 'rate limit',
    says:
      '429 with Retry-After and error ratelimited: the only status that is not 200; each method of an app in a ' +
      'workspace belongs to a tier, and here all of them to the fourth, of a hundred calls a minute',
    source: 'docs.slack.dev/apis/web-api/rate-limits',
    sureness: 'documented',
  },
  {
    about: 'passing trouble',
    says:
      '200 with service_unavailable, internal_error or fatal_error; with org_login_required while a workspace moves to ' +
      'an organization, and team_added_to_org once it has: then the app must be installed anew',
    source: 'docs.slack.dev/reference/methods',
    sureness: 'documented',
  },
  {
    about: 'refusals of a token by its kind or its person',
    says:
      'not_allowed_token_type where a method takes only a bot’s or only a person’s token, two_factor_setup_required ' +
      'where the workspace demands a second factor that the person has not set up; the mock says neither',
    source: 'docs.slack.dev/reference/methods',
    sureness: 'documented',
  },
  {
    about: 'events',
    says: 'tokens_revoked and app_uninstalled tell the app that its tokens are gone',
    source: 'docs.slack.dev/reference/events/tokens_revoked',
    sureness: 'documented',
  },
];
