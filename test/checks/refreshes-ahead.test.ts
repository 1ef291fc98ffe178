// What happens at the stated end of a token.

import { describe, expect, test } from 'vitest';
import refreshesAhead from '../../scenarios/checks/refreshes-ahead.ts';
import { CRM, grantStory, rotating } from './grant-ledgers.ts';
import { MINUTE, verdictOf } from './ledgers.ts';

const END = 30 * MINUTE;

function calledBeforeItsEnd(accounts = rotating()) {
  const story = grantStory(accounts);
  story.at(MINUTE);
  story.ask(CRM);
  return story;
}

function expiresUnreplaced() {
  const story = calledBeforeItsEnd();
  story.at(END);
  story.expire(`${CRM}/at-1`);
  story.at(END + MINUTE);
  return story;
}

describe('refreshes-ahead fails', () => {
  test('when a call is refused for the age of its token', () => {
    const { ledger, ask, call } = expiresUnreplaced();
    const refused = call('expired', { account: CRM, token: `${CRM}/at-1` });
    ask(CRM);
    expect(verdictOf(refreshesAhead, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [2, refused.answered],
    });
  });

  test('when a call waits for the refresh', () => {
    const { ledger, append, refresh } = expiresUnreplaced();
    const common = { party: 'broker-0', operation: 'call', call: 'c-9', account: CRM } as const;
    const sent = append({
      kind: 'call.sent',
      ...common,
      method: 'GET',
      path: '/v1',
      body: null,
      agent: null,
      task: null,
    });
    const late = refresh(CRM);
    append({ kind: 'call.returned', ...common, status: 200, result: { ok: true }, failure: null });
    expect(verdictOf(refreshesAhead, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [sent.seq, late.opened],
      atMs: END + MINUTE,
    });
  });
});

describe('refreshes-ahead passes', () => {
  test('when the token is replaced before its end', () => {
    const { ledger, at, refresh, expire, ask } = calledBeforeItsEnd();
    at(END - 2 * MINUTE);
    refresh(CRM);
    at(END);
    expire(`${CRM}/at-1`);
    ask(CRM);
    expect(verdictOf(refreshesAhead, ledger).verdict).toBe('pass');
  });

  test('when it was tried ahead, and the endpoint had trouble', () => {
    const { ledger, at, refusedRefresh, expire, ask, call } = calledBeforeItsEnd();
    at(END - 2 * MINUTE);
    refusedRefresh(CRM, 'unavailable');
    at(END);
    expire(`${CRM}/at-1`);
    call('expired', { account: CRM, token: `${CRM}/at-1` });
    ask(CRM);
    expect(verdictOf(refreshesAhead, ledger).verdict).toBe('pass');
  });

  test('when the process that would have done it was hit', () => {
    const { ledger, at, kill, expire, ask, call } = calledBeforeItsEnd();
    at(END - MINUTE);
    kill();
    at(END);
    expire(`${CRM}/at-1`);
    call('expired', { account: CRM, token: `${CRM}/at-1` });
    ask(CRM, null, { party: 'broker-1' });
    expect(verdictOf(refreshesAhead, ledger).verdict).toBe('pass');
  });
});

test('refreshes-ahead does not apply where no lifetime is stated', () => {
  const { ledger } = calledBeforeItsEnd(rotating({ statesLifetime: false }));
  expect(verdictOf(refreshesAhead, ledger).verdict).toBe('not-applicable');
});

test('refreshes-ahead is inconclusive where no call came after an end', () => {
  const { ledger } = expiresUnreplaced();
  expect(verdictOf(refreshesAhead, ledger).verdict).toBe('inconclusive');
});
