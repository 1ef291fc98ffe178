// Who comes back before the time that was named.

import { describe, expect, test } from 'vitest';
import retryAfterObeyed from '../../scenarios/checks/retry-after-obeyed.ts';
import { CRM, grantStory, OTHER } from './grant-ledgers.ts';
import { MINUTE, verdictOf } from './ledgers.ts';

function limited(endpoint: 'token' | 'resource' = 'token') {
  const story = grantStory();
  const words = { account: CRM, endpoint, method: 'POST', token: `${CRM}/rt-1` } as const;
  const { common } = story.open(words);
  const end = {
    ...common,
    status: 429,
    truth: 'rate-limited',
    committed: true,
    body: null,
    retryAfterMs: MINUTE,
  } as const;
  const told = story.append({ kind: 'exchange.answered', ...end }).seq;
  const again = (account: string = CRM) => story.open({ ...words, account, token: `${account}/rt-1` }).opened;
  return { ...story, told, again };
}

describe('retry-after-obeyed fails', () => {
  test.each(['token', 'resource'] as const)(
    'when the same is asked of a %s endpoint before its time',
    (endpoint) => {
      const { ledger, later, again, told } = limited(endpoint);
      later(MINUTE - 1);
      const early = again();
      expect(verdictOf(retryAfterObeyed, ledger)).toMatchObject({
        verdict: 'fail',
        evidence: [told, early],
        atMs: MINUTE - 1,
      });
    },
  );
});

describe('retry-after-obeyed passes', () => {
  test('when the time has come', () => {
    const { ledger, later, again } = limited();
    later(MINUTE);
    again();
    expect(verdictOf(retryAfterObeyed, ledger).verdict).toBe('pass');
  });

  test('when another account asks, or one was on its way', () => {
    const { ledger, later, again } = limited();
    again();
    later(1000);
    again(OTHER);
    expect(verdictOf(retryAfterObeyed, ledger).verdict).toBe('pass');
  });
});

test('retry-after-obeyed is inconclusive where no answer named a time', () => {
  const { ledger, refresh } = grantStory();
  refresh(CRM);
  expect(verdictOf(retryAfterObeyed, ledger).verdict).toBe('inconclusive');
});

describe('retry-after-obeyed counts as an answer that names a time', () => {
  test.each([
    ['one of a refusal', 400, MINUTE, 'fail'],
    ['none without a time', 429, null, 'inconclusive'],
    ['none that went well', 399, MINUTE, 'inconclusive'],
  ])('%s', (_what, status, retryAfterMs, verdict) => {
    const { ledger, call, later } = grantStory();
    const words = { account: CRM, status, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
    call('rate-limited', words);
    later(1000);
    call('ok', { account: CRM });
    expect(verdictOf(retryAfterObeyed, ledger).verdict).toBe(verdict);
  });
});

test.each([
  ['the token endpoint by another path', 'token', {}, 'fail'],
  ['the same route for something else', 'resource', {}, 'fail'],
  ['another route', 'resource', { route: 'elsewhere' }, 'pass'],
] as const)('retry-after-obeyed where the next request asks %s: %s', (_what, endpoint, more, verdict) => {
  const { ledger, later, open } = limited(endpoint);
  later(1000);
  open({ account: CRM, endpoint, method: 'POST', token: `${CRM}/rt-1`, path: '/elsewhere', ...more });
  expect(verdictOf(retryAfterObeyed, ledger).verdict).toBe(verdict);
});
