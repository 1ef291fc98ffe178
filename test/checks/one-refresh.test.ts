// One expiry, one refresh.

import { describe, expect, test } from 'vitest';
import oneRefresh from '../../scenarios/checks/one-refresh.ts';
import { HOUR, MINUTE, story, verdictOf } from './ledgers.ts';

describe('one-refresh fails', () => {
  test('when two refreshes meet the same expiry', () => {
    const { ledger, at, refresh } = story();
    at(30 * MINUTE);
    const first = refresh('acme-hubspot');
    const second = refresh('acme-hubspot');
    expect(verdictOf(oneRefresh, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [first.opened, second.opened],
      atMs: 30 * MINUTE + 50,
    });
  });

  test('when a late refusal of the old token triggers another refresh', () => {
    const { ledger, mint, at, later, open, answer, refresh } = story();
    mint('acme-hubspot', 'access', 30 * MINUTE);
    at(30 * MINUTE);
    const late = open({ token: 'acme-hubspot/at-1' });
    const first = refresh('acme-hubspot');
    later(20);
    answer(late, 'expired');
    const second = refresh('acme-hubspot');
    expect(verdictOf(oneRefresh, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [first.opened, second.opened],
    });
  });

  test('when every call refreshes first', () => {
    const { ledger, at, refresh } = story();
    for (const minute of [3, 6, 9]) {
      at(minute * MINUTE);
      refresh('acme-hubspot');
    }
    expect(verdictOf(oneRefresh, ledger).message).toContain('It happened once more.');
  });
});

describe('one-refresh passes', () => {
  test('when each generation is refreshed near its end', () => {
    const { ledger, at, refresh } = story();
    for (const minute of [25, 50, 75]) {
      at(minute * MINUTE);
      refresh('acme-hubspot');
    }
    expect(verdictOf(oneRefresh, ledger).verdict).toBe('pass');
  });

  test.each(['session-ended', 'not-yet-known'] as const)('when the new token was refused (%s)', (truth) => {
    const { ledger, call, refresh } = story();
    refresh('acme-hubspot');
    call(truth, { token: 'acme-hubspot/at-1' });
    refresh('acme-hubspot');
    expect(verdictOf(oneRefresh, ledger).verdict).toBe('pass');
  });

  test('when the answer to the first never arrived', () => {
    const { ledger, refresh } = story();
    refresh('acme-hubspot', { lost: true });
    refresh('acme-hubspot');
    expect(verdictOf(oneRefresh, ledger).verdict).toBe('pass');
  });

  test('when the answer to the first had not come for so long that it was given up', () => {
    const { ledger, open, mint, later, answer, refresh } = story();
    const words = { account: 'acme-hubspot', endpoint: 'token', method: 'POST' } as const;
    const slow = open({ ...words, token: 'acme-hubspot/rt-1' });
    mint('acme-hubspot', 'access', HOUR, slow.common.exchange);
    later(20_000);
    refresh('acme-hubspot');
    answer(slow, 'ok');
    expect(verdictOf(oneRefresh, ledger).verdict).toBe('pass');
  });

  test('when the first was refused, or answered by an outage', () => {
    const { ledger, refusedRefresh, refresh } = story();
    refusedRefresh('acme-hubspot', 'wrong-secret');
    refusedRefresh('acme-hubspot', 'fault');
    refusedRefresh('acme-hubspot', 'rate-limited');
    refresh('acme-hubspot');
    expect(verdictOf(oneRefresh, ledger).verdict).toBe('pass');
  });

  test('when a session of unstated length is refreshed by a schedule of the subject’s own', () => {
    const { ledger, at, refresh } = story();
    for (const minute of [10, 20, 30]) {
      at(minute * MINUTE);
      refresh('acme-salesforce', { lifeMs: 2 * HOUR });
    }
    expect(verdictOf(oneRefresh, ledger).verdict).toBe('pass');
  });

  test('when different accounts are refreshed together', () => {
    const { ledger, refresh } = story();
    refresh('acme-hubspot');
    refresh('acme-salesforce');
    expect(verdictOf(oneRefresh, ledger).verdict).toBe('pass');
  });

  test('when probes with unminted tokens ask for nothing', () => {
    const { ledger, refresh, call } = story();
    refresh('acme-hubspot');
    const probe = { account: null, token: 'unminted', service: 'hubspot', route: 'token' };
    call('unknown-token', probe);
    call('unknown-token', probe);
    expect(verdictOf(oneRefresh, ledger).verdict).toBe('pass');
  });
});

test('one-refresh is inconclusive only where nothing expired and nothing was refreshed', () => {
  const { ledger, mint, call, expire } = story();
  mint('acme-hubspot', 'access', 30 * MINUTE);
  call('ok');
  expect(verdictOf(oneRefresh, ledger).verdict).toBe('inconclusive');
  expire('acme-hubspot/at-1');
  expect(verdictOf(oneRefresh, ledger).verdict).toBe('pass');
});

describe('one-refresh takes a token for fresh', () => {
  /** Two refreshes, so long after each other, of a token that lives so long. */
  const judged = (id: string, lifeMs: number | null, afterMs: number, world = {}) => {
    const { ledger, open, mint, answer, at } = story(undefined, world);
    for (const ms of [HOUR, HOUR + afterMs]) {
      at(ms);
      const pending = open({ account: id, endpoint: 'token', method: 'POST', token: `${id}/rt-1` });
      mint(id, 'access', lifeMs, pending.common.exchange);
      answer(pending, 'ok');
    }
    return verdictOf(oneRefresh, ledger).verdict;
  };

  test.each([
    ['below half of its stated life', 'acme-hubspot', 30, 15, -1, 'fail'],
    ['no more from there on', 'acme-hubspot', 30, 15, 0, 'pass'],
    ['for ever where it has no end', 'acme-hubspot', null, 600, 0, 'fail'],
    ['for five minutes where nothing is stated', 'acme-salesforce', 120, 5, -1, 'fail'],
    ['no more after them', 'acme-salesforce', 120, 5, 0, 'pass'],
    ['below half of a short life that is not stated', 'acme-salesforce', 6, 3, -1, 'fail'],
    ['no more after that', 'acme-salesforce', 6, 3, 0, 'pass'],
  ] as const)('%s', (_how, id, lifeMinutes, afterMinutes, moreMs, verdict) => {
    const lifeMs = lifeMinutes === null ? null : lifeMinutes * MINUTE;
    expect(judged(id, lifeMs, afterMinutes * MINUTE + moreMs)).toBe(verdict);
  });

  test.each([
    ['below half of what it was told', 20, 5.5, -1, 'fail'],
    ['no more from there on', 20, 5.5, 0, 'pass'],
    ['below half of a life that was too short to be told', 8, 4, -1, 'fail'],
    ['no more after that', 8, 4, 0, 'pass'],
  ] as const)('in compressed time %s', (_how, lifeMinutes, afterMinutes, moreMs, verdict) => {
    const afterMs = afterMinutes * MINUTE + moreMs;
    expect(judged('acme-hubspot', lifeMinutes * MINUTE, afterMs, { timeFactor: 360 })).toBe(verdict);
  });
});

describe('one-refresh knows the order of things', () => {
  test('the second is the one whose token was minted last', () => {
    const { ledger, open, mint, answer, later } = story();
    const words = {
      account: 'acme-hubspot',
      endpoint: 'token',
      method: 'POST',
      token: 'acme-hubspot/rt-1',
    } as const;
    const slow = open(words);
    later(100);
    const quick = open(words);
    for (const pending of [quick, slow]) mint('acme-hubspot', 'access', HOUR, pending.common.exchange);
    for (const pending of [quick, slow]) answer(pending, 'ok');
    expect(verdictOf(oneRefresh, ledger)).toMatchObject({ evidence: [slow.opened, quick.opened], atMs: 0 });
  });

  test('the first refusal of a token is reason enough, however often it is refused again', () => {
    const { ledger, call, refresh } = story();
    refresh('acme-hubspot');
    call('session-ended', { token: 'acme-hubspot/at-1' });
    refresh('acme-hubspot');
    call('session-ended', { token: 'acme-hubspot/at-1' });
    expect(verdictOf(oneRefresh, ledger).verdict).toBe('pass');
  });

  test.each([
    [15_000, 'pass'],
    [14_999, 'fail'],
  ])('an answer that did not come for %s ms', (ms, verdict) => {
    const { ledger, open, mint, later, answer, refresh } = story();
    const words = { account: 'acme-hubspot', endpoint: 'token', method: 'POST' } as const;
    const slow = open({ ...words, token: 'acme-hubspot/rt-1' });
    mint('acme-hubspot', 'access', HOUR, slow.common.exchange);
    later(ms);
    refresh('acme-hubspot');
    answer(slow, 'ok');
    expect(verdictOf(oneRefresh, ledger).verdict).toBe(verdict);
  });

  test('one that came in the meantime is no reason', () => {
    const { ledger, later, refresh } = story();
    refresh('acme-hubspot');
    later(20_000);
    refresh('acme-hubspot');
    expect(verdictOf(oneRefresh, ledger).verdict).toBe('fail');
  });
});
