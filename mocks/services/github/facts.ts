// What is known of GitHub beyond its answers to refusals: the knobs of each kind of token, and what no knob can say.

import type { Service } from '../../service.ts';

const EXPIRATION = 'docs.github.com: token expiration and revocation';
const REFRESHING = 'docs.github.com: refreshing user access tokens';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'user tokens of GitHub Apps',
    says: 'live for eight hours; the refresh token lives for 15,811,200 s from its issue, used or not',
    source: REFRESHING,
    sureness: 'documented',
  },
  {
    about: 'rotation',
    says: 'a refresh ends the old refresh token and the old access token at once; no grace is documented',
    source: REFRESHING,
    sureness: 'documented',
  },
  {
    about: 'reuse',
    says: 'a used refresh token is refused; nothing is said of the family, so it lives on',
    source: REFRESHING,
    sureness: 'assumed',
  },
  {
    about: 'tokens of OAuth apps',
    says: 'have no refresh token and no expiry, and die when unused for one year; here every use counts',
    source: EXPIRATION,
    sureness: 'documented',
  },
  {
    about: 'token limit',
    says:
      'ten tokens per user, OAuth app and set of scopes, the eleventh revokes the oldest; and ten new ones an hour, ' +
      'which the mock does not count',
    source: EXPIRATION,
    sureness: 'documented',
  },
  {
    about: 'tokens of installations',
    says: 'live for one hour, are issued for a JWT of at most ten minutes, and many of them live side by side',
    source: 'docs.github.com: generating an installation access token',
    sureness: 'documented',
  },
  {
    about: 'a fresh installation token',
    says: 'may be refused for some seconds until every server knows it; the mock knows it at once, or after the knob birthDelay',
    source: '@octokit/auth-app 8.3.1, which repeats 401s for five seconds',
    sureness: 'observed',
  },
  {
    about: 'repositories of an installation token',
    says: 'may be narrowed when it is asked for; the mock gives every token all repositories of its tenant',
    source: 'docs.github.com/rest/apps: create an installation access token',
    sureness: 'documented',
  },
  {
    about: 'the app in its JWT',
    says: 'is named by its client id or its number; the mock knows the client id only',
    source: 'docs.github.com: generating a JWT',
    sureness: 'documented',
  },
  {
    about: 'answers of the token endpoint',
    says: 'are form-encoded unless the Accept header asks for JSON or XML, and errors have the status 200',
    source: 'docs.github.com: authorizing OAuth apps; octokit',
    sureness: 'documented',
  },
  {
    about: 'acts that leave grants alone',
    says: 'a new password ends no OAuth token; who leaves an organisation does not take its installations along',
    source: EXPIRATION,
    sureness: 'assumed',
  },
  {
    about: 'public repositories',
    says: 'are read with any token and refuse writes; those of the mock are private',
    source: 'docs.github.com/rest: troubleshooting the REST API',
    sureness: 'documented',
  },
  {
    about: 'primary rate limit',
    says:
      '403 or 429 with x-ratelimit-remaining: 0, in the mock 403; 5,000 calls an hour for a user, and at least as ' +
      'many for an installation',
    source: 'docs.github.com/rest: rate limits',
    sureness: 'documented',
  },
  {
    about: 'secondary rate limit',
    says:
      '403 or 429 whose message holds "You have exceeded a secondary rate limit", perhaps with retry-after; of several ' +
      'such limits the mock has that of eighty requests a minute that make content, here of a tenant',
    source: 'docs.github.com/rest: rate limits; @octokit/plugin-throttling 11.0.5',
    sureness: 'documented',
  },
  {
    about: 'device flow',
    says:
      'polls are answered 200 with authorization_pending, slow_down (five seconds more between polls from then on), ' +
      'expired_token, access_denied, incorrect_device_code or device_flow_disabled; the mock does not have the flow',
    source: 'docs.github.com: authorizing OAuth apps, device flow',
    sureness: 'documented',
  },
  {
    about: 'unverified addresses',
    says: 'a code is refused as unverified_user_email while the primary address of the user is not verified',
    source: 'docs.github.com: troubleshooting OAuth app access token request errors',
    sureness: 'documented',
  },
  {
    about: 'suspended users',
    says: '403 "Sorry. Your account was suspended": the person, not the app, has to write to GitHub',
    source: 'third parties; the words are not confirmed',
    sureness: 'assumed',
  },
  {
    about: 'webhooks',
    says:
      'github_app_authorization (revoked) and installation (deleted, suspend, unsuspend) tell a GitHub App what ended; ' +
      'an OAuth app is told nothing',
    source: 'docs.github.com: webhook events and payloads',
    sureness: 'documented',
  },
];
