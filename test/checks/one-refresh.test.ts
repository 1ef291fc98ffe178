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

  test('when the new token was refused in between', () => {
    const { ledger, call, refresh } = story();
    refresh('acme-hubspot');
    call('session-ended', { token: 'acme-hubspot/at-1' });
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
