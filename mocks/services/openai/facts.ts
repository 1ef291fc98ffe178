// What is known of OpenAI beyond its answers to refusals: the knobs, and the trouble that only faults bring.

import type { Service } from '../../service.ts';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'API keys',
    says: 'no end and no refresh; a key dies when it is deleted, or its project or its member is removed',
    source: 'platform.openai.com/docs/api-reference/authentication',
    sureness: 'documented',
  },
  {
    about: 'a key with an end',
    says: 'OpenAI has none; one that a config gives an end is refused like a key that was deleted',
    source: 'an inference',
    sureness: 'assumed',
  },
  {
    about: 'workload identity',
    says: 'a signed token is exchanged at auth.openai.com/oauth/token for one of 3600 seconds (a variant)',
    source: 'openai 6.49.0, which refreshes 1200 seconds early and tries once more on 401',
    sureness: 'observed',
  },
  {
    about: 'the key in the refusal',
    says: 'the words of a wrong key show both ends of it',
    source: 'answers quoted in public issue threads',
    sureness: 'observed',
  },
  {
    about: 'password',
    says: 'a key belongs to a project: a new password leaves it alone',
    source: 'an inference; OpenAI does not say it',
    sureness: 'assumed',
  },
  {
    about: 'rate limit',
    says: '429 with code rate_limit_exceeded and retry-after, retry-after-ms',
    source: 'platform.openai.com/docs/guides/rate-limits',
    sureness: 'documented',
  },
  {
    about: 'rate limit headers',
    says:
      'x-ratelimit-limit-requests, -remaining-requests and -reset-requests such as 6m0s; 500 a minute of an ' +
      'organization is a guess, and the mock does not count tokens',
    source: 'platform.openai.com/docs/guides/rate-limits',
    sureness: 'documented',
  },
  {
    about: 'quota',
    says: '429 with code insufficient_quota, which waiting does not heal; the SDK tries again all the same. A variant says it once the service is restricted',
    source: 'platform.openai.com/docs/guides/error-codes',
    sureness: 'documented',
  },
  {
    about: 'outage',
    says: '500, and 503 when overloaded',
    source: 'platform.openai.com/docs/guides/error-codes',
    sureness: 'documented',
  },
];
