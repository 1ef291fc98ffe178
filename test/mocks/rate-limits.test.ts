// Services that limit the calls of a tenant by the clock: the last call that passes, the words beyond it, the next window.

import { describe, expect, test } from 'vitest';
import { cloudIdOf } from '../../mocks/services/atlassian/ids.ts';
import { SERVICES } from '../../mocks/services/index.ts';
import { visit } from './visit.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

interface Limit {
  readonly service: string;
  readonly calls: number;
  readonly windowMs: number;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What every answer tells once a single call was made. */
  readonly told?: Readonly<Record<string, string>>;
  /** What the refusal says, a quarter of the window before its end. */
  readonly body: unknown;
  readonly refusal: Readonly<Record<string, string>>;
}

const LIMITS: readonly Limit[] = [
  {
    service: 'atlassian',
    calls: 100,
    windowMs: SECOND,
    path: `/ex/jira/${cloudIdOf('acme')}/rest/api/3/myself`,
    told: { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '99' },
    body: { errorMessages: ['The request has been rate-limited. Please try again later.'] },
    refusal: {
      'retry-after': '1',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '2026-03-02T22:00Z',
      'ratelimit-reason': 'jira-burst-based',
    },
  },
  {
    service: 'zendesk',
    calls: 700,
    windowMs: MINUTE,
    path: '/api/v2/tickets',
    told: { 'x-rate-limit': '700', 'x-rate-limit-remaining': '699', 'ratelimit-reset': '60' },
    body: 'Number of allowed API requests per minute exceeded',
    refusal: { 'content-type': 'text/plain', 'retry-after': '15', 'x-rate-limit-remaining': '0' },
  },
  {
    service: 'spotify',
    calls: 90,
    windowMs: 30 * SECOND,
    path: '/v1/me',
    body: { error: { status: 429, message: 'API rate limit exceeded' } },
    refusal: { 'retry-after': '8' },
  },
  {
    service: 'zoom',
    calls: 30,
    windowMs: SECOND,
    path: '/v2/users/me/meetings',
    told: { 'x-ratelimit-type': 'QPS', 'x-ratelimit-limit': '30', 'x-ratelimit-remaining': '29' },
    body: { code: 429, message: expect.stringContaining('maximum per-second rate limit') },
    refusal: { 'x-ratelimit-remaining': '0' },
  },
  {
    service: 'notion',
    calls: 180,
    windowMs: MINUTE,
    path: '/v1/users/me',
    headers: { 'notion-version': '2022-06-28' },
    body: { object: 'error', status: 429, code: 'rate_limited' },
    refusal: { 'retry-after': '15' },
  },
  {
    service: 'dropbox',
    calls: 300,
    windowMs: MINUTE,
    path: '/2/users/get_current_account',
    method: 'POST',
    body: {
      error_summary: expect.stringMatching(/^too_many_requests\/\.{0,3}$/),
      error: { reason: { '.tag': 'too_many_requests' }, retry_after: 15 },
    },
    refusal: { 'retry-after': '15' },
  },
  {
    service: 'asana',
    calls: 150,
    windowMs: MINUTE,
    path: '/api/1.0/tasks',
    body: { errors: [{ message: expect.stringContaining('hit a rate limit') }] },
    refusal: { 'retry-after': '15' },
  },
  {
    service: 'stripe',
    calls: 25,
    windowMs: SECOND,
    path: '/v1/account',
    body: { error: { type: 'invalid_request_error', code: 'rate_limit' } },
    refusal: { 'stripe-rate-limited-reason': 'global-rate' },
  },
];

const WITHOUT_RETRY_AFTER = ['zoom', 'stripe'];

describe.each(LIMITS)('$service: $calls calls', ({ service: id, calls, windowMs, path, ...limit }) => {
  const { method = 'GET', headers = {}, told = {}, body, refusal } = limit;
  const service = SERVICES.find((one) => one.id === id) ?? expect.unreachable();

  test('pass in a window, one more is refused in its own words, and the next window is open', () => {
    const visited = visit(service);
    const call = () => visited.call(path, { method, headers });
    const first = call();
    expect(first.answer.status).toBe(200);
    expect(first.answer.headers).toMatchObject(told);
    for (let n = 2; n <= calls; n++) expect(call().answer.status).toBe(200);
    visited.advance(windowMs * 0.75);
    const refused = call();
    expect([refused.truth, refused.answer.status]).toEqual(['rate-limited', 429]);
    expect(refused.answer.headers).toMatchObject(refusal);
    if (WITHOUT_RETRY_AFTER.includes(id)) expect(refused.answer.headers).not.toHaveProperty('retry-after');
    if (typeof body === 'string') expect(refused.answer.body).toBe(body);
    else expect(refused.answer.body).toMatchObject(body as object);
    visited.advance(windowMs * 0.25);
    expect(call().answer.status).toBe(200);
  });

  test('are those of one tenant, and the policy says how many', () => {
    const visited = visit({ ...service, policy: { ...service.policy, callsPerWindow: 1 } });
    const other = visited.connect(`globex-${id}`, 'globex');
    const truth = (token?: string) =>
      visited.call(path, { method, headers, ...(token === undefined ? {} : { token }) }).truth;
    expect([truth(), truth()]).toEqual(['ok', 'rate-limited']);
    expect(truth(other.accessToken)).not.toBe('rate-limited');
  });
});
