// What trouble at the token endpoint is taken for.

import { describe, expect, test } from 'vitest';
import transientNotTerminal from '../../scenarios/checks/transient-not-terminal.ts';
import { CRM, grantStory } from './grant-ledgers.ts';
import { MINUTE, verdictOf } from './ledgers.ts';

describe('transient-not-terminal fails', () => {
  test.each(['fault', 'rate-limited', 'unavailable', 'wrong-secret'] as const)(
    'when %s makes it ask for a new consent',
    (truth) => {
      const { ledger, refusedRefresh, signal } = grantStory();
      const trouble = refusedRefresh(CRM, truth);
      const asked = signal('reauth_required');
      expect(verdictOf(transientNotTerminal, ledger)).toMatchObject({
        verdict: 'fail',
        evidence: [trouble.answered, asked],
      });
    },
  );

  test('when a call is told that it needs a new consent', () => {
    const { ledger, refusedRefresh, ask } = grantStory();
    const trouble = refusedRefresh(CRM, 'fault');
    const call = ask(CRM, 'REAUTH_REQUIRED');
    expect(verdictOf(transientNotTerminal, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [trouble.answered, call.returned],
    });
  });

  test('when an answer that never came is never asked for again', () => {
    const { ledger, open, lose, later, ask } = grantStory();
    lose(open({ account: CRM, endpoint: 'token', method: 'POST', token: `${CRM}/rt-1` }), 'fault');
    later(10 * MINUTE);
    ask(CRM, 'UPSTREAM_UNAVAILABLE');
    expect(verdictOf(transientNotTerminal, ledger).message).toContain('never refreshed again');
  });

  test('when it hammers at the endpoint', () => {
    const { ledger, refusedRefresh, later } = grantStory();
    for (let times = 0; times < 7; times++) {
      refusedRefresh(CRM, 'unavailable');
      later(500);
    }
    expect(verdictOf(transientNotTerminal, ledger).message).toContain('asked 7 times');
  });
});

describe('transient-not-terminal passes', () => {
  test('when it is tried again, and calls were told to come later', () => {
    const { ledger, refusedRefresh, refresh, ask, later } = grantStory();
    refusedRefresh(CRM, 'rate-limited');
    ask(CRM, 'UPSTREAM_UNAVAILABLE');
    later(MINUTE);
    refresh(CRM);
    expect(verdictOf(transientNotTerminal, ledger).verdict).toBe('pass');
  });

  test('when the grant is truly refused after the trouble', () => {
    const { ledger, refusedRefresh, signal, ask } = grantStory();
    refusedRefresh(CRM, 'fault');
    refusedRefresh(CRM, 'revoked-by-user');
    signal('reauth_required');
    ask(CRM, 'REAUTH_REQUIRED');
    expect(verdictOf(transientNotTerminal, ledger).verdict).toBe('pass');
  });

  test('when a fault speaks the service’s own words: nobody could know better', () => {
    const { ledger, open, answer, refusedRefresh, signal } = grantStory();
    refusedRefresh(CRM, 'fault');
    answer(open({ account: CRM, endpoint: 'token', method: 'POST', token: `${CRM}/rt-1` }), 'fault', {
      status: 400,
      answer: { error: 'invalid_grant' },
    });
    signal('reauth_required');
    expect(verdictOf(transientNotTerminal, ledger).verdict).toBe('pass');
  });
});

test('transient-not-terminal is inconclusive where there was no trouble', () => {
  const { ledger, refresh, refusedRefresh } = grantStory();
  refresh(CRM);
  refusedRefresh(CRM, 'revoked-by-user');
  expect(verdictOf(transientNotTerminal, ledger).verdict).toBe('inconclusive');
});
