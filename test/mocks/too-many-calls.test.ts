// Services that refuse a tenant for a while after too many calls: when, in which words, and for how long.

import { describe, expect, test } from 'vitest';
import type { Service } from '../../mocks/service.ts';
import github from '../../mocks/services/github/index.ts';
import google from '../../mocks/services/google/index.ts';
import hubspot from '../../mocks/services/hubspot/index.ts';
import linear from '../../mocks/services/linear/index.ts';
import salesforce from '../../mocks/services/salesforce/index.ts';
import slack from '../../mocks/services/slack/index.ts';
import { visit } from './visit.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

interface Limit {
  readonly service: Service;
  readonly path: string;
  readonly post?: object;
  readonly most: number;
  readonly windowMs: number;
  /** What the last call and the first one too many are answered, in part. */
  readonly last?: object;
  readonly refused: object;
}

const busy = (service: Service) => service.variants.busy?.apply(service) ?? expect.unreachable();

const LIMITS: readonly Limit[] = [
  {
    service: hubspot,
    path: '/crm/v3/objects/deals',
    most: 110,
    windowMs: 10 * SECOND,
    last: { headers: { 'x-hubspot-ratelimit-max': '110', 'x-hubspot-ratelimit-remaining': '0' } },
    refused: { status: 429, body: { errorType: 'RATE_LIMIT', policyName: 'TEN_SECONDLY_ROLLING' } },
  },
  {
    service: slack,
    path: '/api/auth.test',
    most: 100,
    windowMs: MINUTE,
    refused: {
      status: 429,
      headers: { 'retry-after': '60' },
      body: { ok: false, error: 'ratelimited' },
    },
  },
  {
    service: google,
    path: '/v4/spreadsheets/report-acme',
    most: 300,
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
    most: 20,
    windowMs: HOUR,
    last: { headers: { 'x-ratelimit-limit': '20', 'x-ratelimit-remaining': '0' } },
    refused: {
      status: 403,
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-used': '21' },
      body: { message: 'API rate limit exceeded.', status: '403' },
    },
  },
  {
    service: busy(linear),
    path: '/graphql',
    post: { query: '{ viewer { id } }' },
    most: 20,
    windowMs: HOUR,
    last: { headers: { 'x-ratelimit-requests-limit': '20', 'x-ratelimit-requests-remaining': '0' } },
    refused: {
      status: 400,
      headers: { 'retry-after': '3600' },
      body: { errors: [{ extensions: { type: 'ratelimited', code: 'RATELIMITED' } }] },
    },
  },
  {
    service: busy(salesforce),
    path: '/services/data/v60.0/sobjects/Account/describe',
    most: 20,
    windowMs: 24 * HOUR,
    last: { headers: { 'sforce-limit-info': 'api-usage=20/20' } },
    refused: {
      status: 403,
      body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }],
    },
  },
];

describe.each(LIMITS)('$service.id', ({ service, path, post, most, windowMs, last = {}, refused }) => {
  // A session that activity extends, so that it is the window that ends and not the token.
  const lasting: Service = { ...service, policy: { ...service.policy, access: { kind: 'never' } } };
  const words = post === undefined ? {} : { method: 'POST', body: post };

  test('refuses one call more than it allows, until the window is over', () => {
    const { call, advance } = visit(lasting);
    for (let nth = 1; nth < most; nth++) expect(call(path, words).truth).toBe('ok');
    expect(call(path, words)).toMatchObject({ truth: 'ok', answer: last });
    expect(call(path, words)).toMatchObject({ truth: 'rate-limited', answer: refused });
    advance(windowMs - 1);
    expect(call(path, words).truth).toBe('rate-limited');
    advance(1);
    expect(call(path, words).truth).toBe('ok');
  });

  test('counts each tenant for itself, and takes the limit from the policy', () => {
    const { call, connect } = visit({ ...lasting, policy: { ...lasting.policy, callsPerWindow: 1 } });
    const other = connect(`globex-${service.id}`, 'globex').accessToken;
    call(path, words);
    expect(call(path, words).truth).toBe('rate-limited');
    expect(call(path, { ...words, token: other }).truth).not.toBe('rate-limited');
  });
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
