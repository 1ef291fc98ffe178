// Services that limit the calls of a tenant by the clock: the last call that passes, the words beyond it, the next window.

import { describe, expect, test } from 'vitest';
import type { Service } from '../../mocks/service.ts';
import asana from '../../mocks/services/asana/index.ts';
import { cloudIdOf } from '../../mocks/services/atlassian/ids.ts';
import atlassian from '../../mocks/services/atlassian/index.ts';
import dropbox from '../../mocks/services/dropbox/index.ts';
import github from '../../mocks/services/github/index.ts';
import google from '../../mocks/services/google/index.ts';
import hubspot from '../../mocks/services/hubspot/index.ts';
import linear from '../../mocks/services/linear/index.ts';
import notion from '../../mocks/services/notion/index.ts';
import openai from '../../mocks/services/openai/index.ts';
import plain from '../../mocks/services/plain/index.ts';
import salesforce from '../../mocks/services/salesforce/index.ts';
import slack from '../../mocks/services/slack/index.ts';
import spotify from '../../mocks/services/spotify/index.ts';
import stripe from '../../mocks/services/stripe/index.ts';
import zendesk from '../../mocks/services/zendesk/index.ts';
import zoom from '../../mocks/services/zoom/index.ts';
import { withPolicy } from '../../mocks/variant.ts';
import { visit } from './visit.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

interface Limit {
  readonly service: Service;
  readonly calls: number;
  readonly windowMs: number;
  readonly path: string;
  readonly words?: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: object;
  };
  /** Headers of the first call, and of the last one that passes. */
  readonly first?: Readonly<Record<string, string>>;
  readonly last?: Readonly<Record<string, string>>;
  /** What the refusal says, a quarter of the window before its end. */
  readonly refused: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

const busy = (service: Service) => service.variants.busy?.apply(service) ?? expect.unreachable();

const LIMITS: readonly Limit[] = [
  {
    service: busy(plain),
    path: '/v1/me',
    calls: 20,
    windowMs: HOUR,
    refused: { status: 429, headers: { 'retry-after': '900' }, body: { error: 'too_many_requests' } },
  },
  {
    service: hubspot,
    path: '/crm/v3/objects/deals',
    calls: 110,
    windowMs: 10 * SECOND,
    last: { 'x-hubspot-ratelimit-max': '110', 'x-hubspot-ratelimit-remaining': '0' },
    refused: { status: 429, body: { errorType: 'RATE_LIMIT', policyName: 'TEN_SECONDLY_ROLLING' } },
  },
  {
    service: slack,
    path: '/api/auth.test',
    calls: 100,
    windowMs: MINUTE,
    refused: {
      status: 429,
      headers: { 'retry-after': '15' },
      body: { ok: false, error: 'ratelimited' },
    },
  },
  {
    service: google,
    path: '/v4/spreadsheets/report-acme',
    calls: 300,
    windowMs: MINUTE,
    refused: {
      status: 429,
      body: {
        error: {
          status: 'RESOURCE_EXHAUSTED',
          details: [
            {
              reason: 'RATE_LIMIT_EXCEEDED',
              metadata: { quota_metric: 'sheets.googleapis.com/read_requests' },
            },
          ],
        },
      },
    },
  },
  {
    service: busy(github),
    path: '/repos/acme/website',
    calls: 20,
    windowMs: HOUR,
    last: { 'x-ratelimit-limit': '20', 'x-ratelimit-remaining': '0' },
    refused: {
      status: 403,
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-used': '21' },
      body: { message: 'API rate limit exceeded.', status: '403' },
    },
  },
  {
    service: busy(linear),
    path: '/graphql',
    words: { method: 'POST', body: { query: '{ viewer { id } }' } },
    calls: 20,
    windowMs: HOUR,
    last: { 'x-ratelimit-requests-limit': '20', 'x-ratelimit-requests-remaining': '0' },
    refused: {
      status: 400,
      headers: { 'retry-after': '900' },
      body: { errors: [{ extensions: { type: 'ratelimited', code: 'RATELIMITED' } }] },
    },
  },
  {
    service: busy(salesforce),
    path: '/services/data/v60.0/sobjects/Account/describe',
    calls: 20,
    windowMs: 24 * HOUR,
    last: { 'sforce-limit-info': 'api-usage=20/20' },
    refused: {
      status: 403,
      body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }],
    },
  },
  {
    service: atlassian,
    calls: 100,
    windowMs: SECOND,
    path: `/ex/jira/${cloudIdOf('acme')}/rest/api/3/myself`,
    first: { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '99' },
    refused: {
      status: 429,
      headers: {
        'retry-after': '1',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': '2026-03-02T22:00Z',
        'ratelimit-reason': 'jira-burst-based',
      },
      body: { errorMessages: ['The request has been rate-limited. Please try again later.'] },
    },
  },
  {
    service: zendesk,
    calls: 700,
    windowMs: MINUTE,
    path: '/api/v2/tickets',
    first: { 'x-rate-limit': '700', 'x-rate-limit-remaining': '699', 'ratelimit-reset': '60' },
    refused: {
      status: 429,
      headers: { 'content-type': 'text/plain', 'retry-after': '15', 'x-rate-limit-remaining': '0' },
      body: 'Number of allowed API requests per minute exceeded',
    },
  },
  {
    service: spotify,
    calls: 90,
    windowMs: 30 * SECOND,
    path: '/v1/me',
    refused: {
      status: 429,
      headers: { 'retry-after': '8' },
      body: { error: { status: 429, message: 'API rate limit exceeded' } },
    },
  },
  {
    service: zoom,
    calls: 30,
    windowMs: SECOND,
    path: '/v2/users/me/meetings',
    first: { 'x-ratelimit-type': 'QPS', 'x-ratelimit-limit': '30', 'x-ratelimit-remaining': '29' },
    refused: {
      status: 429,
      headers: { 'x-ratelimit-remaining': '0' },
      body: { code: 429, message: expect.stringContaining('maximum per-second rate limit') },
    },
  },
  {
    service: notion,
    calls: 180,
    windowMs: MINUTE,
    path: '/v1/users/me',
    words: { headers: { 'notion-version': '2022-06-28' } },
    refused: {
      status: 429,
      headers: { 'retry-after': '15' },
      body: { object: 'error', status: 429, code: 'rate_limited' },
    },
  },
  {
    service: dropbox,
    calls: 300,
    windowMs: MINUTE,
    path: '/2/users/get_current_account',
    words: { method: 'POST' },
    refused: {
      status: 429,
      headers: { 'retry-after': '15' },
      body: {
        error_summary: expect.stringMatching(/^too_many_requests\/\.{0,3}$/),
        error: { reason: { '.tag': 'too_many_requests' }, retry_after: 15 },
      },
    },
  },
  {
    service: asana,
    calls: 150,
    windowMs: MINUTE,
    path: '/api/1.0/tasks',
    refused: {
      status: 429,
      headers: { 'retry-after': '15' },
      body: { errors: [{ message: expect.stringContaining('hit a rate limit') }] },
    },
  },
  {
    service: stripe,
    calls: 25,
    windowMs: SECOND,
    path: '/v1/account',
    refused: {
      status: 429,
      headers: { 'stripe-rate-limited-reason': 'global-rate' },
      body: { error: { type: 'invalid_request_error', code: 'rate_limit' } },
    },
  },
];

const WITHOUT_RETRY_AFTER = ['zoom', 'stripe', 'google'];

describe.each(LIMITS)(
  '$service.id: $calls calls',
  ({ service, calls, windowMs, path, words = {}, ...told }) => {
    const { first = {}, last = {}, refused } = told;
    // Tokens that outlive the window, so that it is the limit that ends.
    const lasting = withPolicy(service, { access: { kind: 'never' } });

    test('pass in a window, one more is refused in its own words, and the next window is open', () => {
      const { call: callAt, advance } = visit(lasting);
      const call = () => callAt(path, words);
      const passed = Array.from({ length: calls }, call);
      expect(new Set(passed.map(({ truth }) => truth))).toEqual(new Set(['ok']));
      expect(passed[0]?.answer.headers).toMatchObject(first);
      expect(passed.at(-1)?.answer.headers).toMatchObject(last);
      advance(windowMs * 0.75);
      const beyond = call();
      expect(beyond.truth).toBe('rate-limited');
      expect({ ...beyond.answer }).toMatchObject(refused);
      if (WITHOUT_RETRY_AFTER.includes(service.id))
        expect(beyond.answer.headers).not.toHaveProperty('retry-after');
      advance(windowMs * 0.25 - 1);
      expect(call().truth).toBe('rate-limited');
      advance(1);
      expect(call().truth).toBe('ok');
    });

    test('are those of one tenant, and the policy says how many', () => {
      const { call, connect } = visit(withPolicy(lasting, { callsPerWindow: 1 }));
      const other = connect(`globex-${service.id}`, 'globex').accessToken;
      expect([call(path, words).truth, call(path, words).truth]).toEqual(['ok', 'rate-limited']);
      expect(call(path, { ...words, token: other }).truth).not.toBe('rate-limited');
    });
  },
);

describe('limits beside that of all calls', () => {
  test('GitHub: eighty writes at once, with calls left; whoever waits as told goes on, and reads never stop', () => {
    const { call, advance } = visit(github);
    const open = () => call('/repos/acme/website/issues', { method: 'POST', body: { title: 'again' } });
    for (let nth = 1; nth <= 80; nth++) expect(open().truth).toBe('ok');
    const { truth, row, answer } = open();
    expect([truth, row, answer.status]).toEqual(['rate-limited', 'secondary-rate-limit', 403]);
    expect(answer.headers).toMatchObject({ 'retry-after': '60', 'x-ratelimit-remaining': '4919' });
    expect(answer.body).toMatchObject({ message: expect.stringContaining('a secondary rate limit') });
    expect(call('/repos/acme/website').truth).toBe('ok');
    advance(MINUTE);
    for (let nth = 1; nth <= 80; nth++) expect(open().truth).toBe('ok');
  });

  test('GitHub: a write beyond the quota of all calls is told of that one', () => {
    const { call } = visit(withPolicy(github, { callsPerWindow: 1 }));
    const open = () => call('/repos/acme/website/issues', { method: 'POST', body: { title: 'again' } });
    expect(open().truth).toBe('ok');
    expect(open().answer).toMatchObject({ body: { message: 'API rate limit exceeded.' } });
  });

  test('HubSpot: five searches a second in a variant, without headers, and other calls beside them', () => {
    const limited = hubspot.variants['search-limit']?.apply(hubspot) ?? expect.unreachable();
    const { call, advance } = visit(limited);
    const search = () => call('/crm/v3/objects/deals/search', { method: 'POST', body: {} });
    for (let nth = 1; nth <= 5; nth++) expect(search().truth).toBe('ok');
    expect(search()).toMatchObject({
      truth: 'rate-limited',
      answer: {
        status: 429,
        body: { message: 'You have reached your secondly limit.', policyName: 'SECONDLY' },
      },
    });
    expect(Object.keys(search().answer.headers)).toEqual(['content-type']);
    expect(call('/crm/v3/objects/deals').truth).toBe('ok');
    advance(200);
    expect([search().truth, search().truth]).toEqual(['ok', 'rate-limited']);
  });

  test('HubSpot: without the variant searches have no limit but that of all calls', () => {
    const { call } = visit(hubspot);
    const search = () => call('/crm/v3/objects/deals/search', { method: 'POST', body: {} });
    for (let nth = 1; nth <= 110; nth++) expect(search().truth).toBe('ok');
    expect(search().answer.body).toMatchObject({ policyName: 'TEN_SECONDLY_ROLLING' });
  });
});

test('OpenAI: credit that is spent is a 429 that no waiting heals, until somebody pays', () => {
  const { act, call, advance } = visit(openai.variants.prepaid?.apply(openai) ?? expect.unreachable());
  act({ act: 'restrict-service' });
  const { truth, answer } = call('/v1/models');
  expect([truth, answer.status]).toEqual(['service-restricted', 429]);
  expect(answer.body).toMatchObject({ error: { type: 'insufficient_quota', code: 'insufficient_quota' } });
  expect(answer.headers).not.toHaveProperty('retry-after');
  advance(24 * HOUR);
  expect(call('/v1/models').answer.status).toBe(429);
  act({ act: 'lift-restrictions' });
  expect(call('/v1/models').truth).toBe('ok');
});

test('an hour of GitHub and of Linear, and a day of Salesforce, have thousands of calls', () => {
  const limits = [github, linear, salesforce].map(({ policy }) => policy.callsPerWindow);
  expect(limits).toEqual([5000, 5000, 15_000]);
});

describe('what is counted apart', () => {
  const once = (service: Service) => visit({ ...service, policy: { ...service.policy, callsPerWindow: 1 } });

  test('each method of Slack, whether by GET or by POST', () => {
    const { call } = once(slack);
    expect(call('/api/auth.test').truth).toBe('ok');
    expect(call('/api/conversations.list').truth).toBe('ok');
    expect(call('/api/auth.test', { method: 'POST' }).truth).toBe('rate-limited');
  });

  test('reads and writes of Sheets; Drive is not limited', () => {
    const { call } = once(google);
    const sheet = '/v4/spreadsheets/report-acme';
    expect(call(sheet).truth).toBe('ok');
    const write = { method: 'POST', body: { values: [['x']] } };
    expect(call(`${sheet}/values/Report!A1:append?valueInputOption=RAW`, write).truth).toBe('ok');
    expect(call(`${sheet}/values/Report!A1`).truth).toBe('rate-limited');
    for (let nth = 1; nth <= 2; nth++) expect(call('/drive/v3/files').truth).toBe('ok');
  });

  test('the REST API of Salesforce; who the user is may be asked at any time', () => {
    const { call } = once(salesforce);
    const describe = '/services/data/v60.0/sobjects/Account/describe';
    for (let nth = 1; nth <= 2; nth++) expect(call('/services/oauth2/userinfo').truth).toBe('ok');
    expect([call(describe).truth, call(describe).truth]).toEqual(['ok', 'rate-limited']);
  });
});
