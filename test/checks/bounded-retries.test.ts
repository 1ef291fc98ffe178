// The same request, sent again and again.

import { describe, expect, test } from 'vitest';
import boundedRetries from '../../scenarios/checks/bounded-retries.ts';
import { MINUTE, story, verdictOf } from './ledgers.ts';

const ID = 'acme-hubspot';
const times = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('bounded-retries fails', () => {
  test('when one request is refused a fifth time within minutes', () => {
    const { ledger, call, later } = story();
    const sends = times(7).map(() => {
      later(10_000);
      return call('expired').opened;
    });
    expect(verdictOf(boundedRetries, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: sends.slice(0, 5),
      atMs: 50_200,
    });
  });

  test('when one refresh is refused a fifth time within minutes', () => {
    const { ledger, refusedRefresh } = story();
    for (const _ of times(5)) refusedRefresh(ID, 'revoked-by-user');
    expect(verdictOf(boundedRetries, ledger).verdict).toBe('fail');
  });

  test('when a refusal is answered by refresh after refresh', () => {
    const { ledger, call, refresh } = story();
    const sends = times(3).map(() => {
      const send = call('denied-by-policy', { status: 403 }).opened;
      refresh(ID);
      return send;
    });
    expect(verdictOf(boundedRetries, ledger)).toMatchObject({ verdict: 'fail', evidence: sends });
  });

  test('when an outage is hammered', () => {
    const { ledger, call } = story();
    for (const _ of times(21)) call('fault', { status: 503 });
    expect(verdictOf(boundedRetries, ledger).verdict).toBe('fail');
  });
});

describe('bounded-retries passes', () => {
  test('when every round spends one refresh on a refusal that it does not heal', () => {
    const { ledger, call, refresh, later } = story();
    for (const _ of times(5)) {
      call('scope-missing');
      refresh(ID);
      call('scope-missing');
      later(3 * MINUTE);
    }
    expect(verdictOf(boundedRetries, ledger).verdict).toBe('pass');
  });

  test('when a sign-in page comes in place of a refusal, and the request is tried a few times more', () => {
    const { ledger, call, later } = story();
    for (const _ of times(6)) {
      call('session-ended', { status: 200, answer: '<html></html>' });
      later(1000);
    }
    expect(verdictOf(boundedRetries, ledger).verdict).toBe('pass');
  });

  test('when a refused request is sent once more after a refresh', () => {
    const { ledger, call, refresh } = story();
    call('expired');
    refresh(ID);
    call('denied-by-policy', { status: 403 });
    expect(verdictOf(boundedRetries, ledger).verdict).toBe('pass');
  });

  test('when every round meets the same refusal anew', () => {
    const { ledger, call, later } = story();
    for (const _ of times(20)) {
      call('expired');
      later(3 * MINUTE);
    }
    expect(verdictOf(boundedRetries, ledger).verdict).toBe('pass');
  });

  test('when many different requests are refused', () => {
    const { ledger, call } = story();
    for (const index of times(20)) call('expired', { path: `/deals/${index}` });
    expect(verdictOf(boundedRetries, ledger).verdict).toBe('pass');
  });

  test('when an outage is waited out with backoff', () => {
    const { ledger, call, later } = story();
    for (const index of times(8)) {
      call('unavailable', { status: 503 });
      later(1000 * 2 ** index);
    }
    call('ok');
    expect(verdictOf(boundedRetries, ledger).verdict).toBe('pass');
  });

  test('when an answer came in between', () => {
    const { ledger, call } = story();
    for (const _ of times(5)) {
      call('expired');
      call('ok');
    }
    expect(verdictOf(boundedRetries, ledger).verdict).toBe('pass');
  });
});

test('bounded-retries is inconclusive where nothing failed', () => {
  const { ledger, call } = story();
  call('ok');
  expect(verdictOf(boundedRetries, ledger).verdict).toBe('inconclusive');
});
