// What is known of Anthropic beyond its answers to refusals: the knobs, and the trouble that only faults bring.

import type { Service } from '../../service.ts';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'access token lifetime',
    says: 'expires_in is 28800, eight hours; the server may refuse the token before',
    source: 'anthropics/claude-code#54443',
    sureness: 'observed',
  },
  {
    about: 'refresh token lifetime',
    says: '30 days from issue, told as refresh_token_expires_in',
    source: 'one third-party test fixture',
    sureness: 'assumed',
  },
  {
    about: 'rotation',
    says: 'every refresh replaces the refresh token and the old one is dead at once; the SDK takes it as optional',
    source: 'anthropics/claude-code#25609, #53063, #54443; @anthropic-ai/sdk 1.12.0, user-oauth',
    sureness: 'observed',
  },
  {
    about: 'reuse',
    says: 'a spent refresh token is refused and its successor lives on',
    source: 'anthropics/claude-code#24317, #88947; that nothing worse happens is an inference',
    sureness: 'assumed',
  },
  {
    about: 'client',
    says: 'public: a client id in a JSON body, no secret; refreshes carry anthropic-beta too, which is not enforced here',
    source: '@anthropic-ai/sdk 1.12.0, lib/credentials',
    sureness: 'observed',
  },
  {
    about: 'success',
    says: 'token_type Bearer, expires_in a number, scope, and account and organization as far as known',
    source: '@anthropic-ai/sdk 1.12.0 checks the first two; account and organization are not confirmed',
    sureness: 'assumed',
  },
  {
    about: 'revocation endpoint',
    says: 'none is known',
    source: 'neither the documentation nor the SDK names one',
    sureness: 'assumed',
  },
  {
    about: 'API keys and federation',
    says: 'x-api-key (a variant), and a jwt-bearer grant, which the mock does not know',
    source: 'docs.anthropic.com; @anthropic-ai/sdk 1.12.0',
    sureness: 'documented',
  },
  {
    about: 'end of an API key',
    says: 'none, unless whoever makes it sets one; then it is refused like any other dead key',
    source: 'a third-party report of the setting; the words are an inference',
    sureness: 'assumed',
  },
  {
    about: 'half-dead sessions',
    says: 'beside 403 account_session_invalid some endpoints still answer 200 with an empty client_data',
    source: 'anthropics/claude-code#38414; the mock bars the whole session',
    sureness: 'observed',
  },
  {
    about: 'token endpoint limit',
    says: '429 rate_limit_error with a long cooldown',
    source: 'answers quoted in public issue threads',
    sureness: 'observed',
  },
  {
    about: 'API limits and overload',
    says: '429 rate_limit_error with retry-after, 529 overloaded_error, 402 billing_error; the last two only as faults',
    source: 'docs.anthropic.com/en/api/errors, /rate-limits',
    sureness: 'documented',
  },
  {
    about: 'rate limit headers',
    says:
      'anthropic-ratelimit-requests-limit, -remaining and -reset (RFC 3339); 50 requests a minute of an organization ' +
      'is a guess, and the mock does not count tokens',
    source: 'docs.anthropic.com/en/api/rate-limits',
    sureness: 'documented',
  },
];
