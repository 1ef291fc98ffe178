// Tokens that are known to be dead are not worth a request.

import { describe, expect, test } from 'vitest';
import noDeadTokenSent from '../../scenarios/checks/no-dead-token-sent.ts';
import { HOUR, MINUTE, story, verdictOf } from './ledgers.ts';

const SESSION = { account: 'acme-salesforce' };

function stated() {
  const told = story();
  told.mint('acme-hubspot', 'access', 30 * MINUTE);
  return told;
}

/** A session of unstated length that lapsed at 01:00:00. */
function lapsed() {
  const told = story();
  told.mint('acme-salesforce', 'access', HOUR);
  told.at(HOUR);
  told.expire('acme-salesforce/at-1');
  told.later(2 * MINUTE);
  return told;
}

describe('no-dead-token-sent fails', () => {
  test('when a token goes out later than 1 s after its stated expiry', () => {
    const { ledger, at, call } = stated();
    at(30 * MINUTE + 1001);
    const sent = call('expired');
    expect(verdictOf(noDeadTokenSent, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [sent.opened],
      atMs: 30 * MINUTE + 1001,
    });
  });

  test('when a refused token is sent again', () => {
    const { ledger, call, later } = lapsed();
    const first = call('expired', SESSION);
    later(1000);
    const again = call('expired', SESSION);
    expect(verdictOf(noDeadTokenSent, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [first.answered, again.opened],
    });
  });

  test('when the refused request is repeated at once', () => {
    const { ledger, call } = lapsed();
    const first = call('expired', SESSION);
    const again = call('expired', SESSION);
    expect(verdictOf(noDeadTokenSent, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [first.answered, again.opened],
    });
  });
});

describe('no-dead-token-sent passes', () => {
  test('when the token dies in flight', () => {
    const { ledger, at, call, refresh } = stated();
    at(30 * MINUTE - 20);
    call('expired');
    refresh('acme-hubspot');
    call('ok', { token: 'acme-hubspot/at-2' });
    expect(verdictOf(noDeadTokenSent, ledger).verdict).toBe('pass');
  });

  test('when a service that states no lifetime refuses once per expiry', () => {
    const { ledger, call, refresh } = lapsed();
    call('expired', SESSION);
    refresh('acme-salesforce');
    call('ok', { ...SESSION, token: 'acme-salesforce/at-2' });
    expect(verdictOf(noDeadTokenSent, ledger).verdict).toBe('pass');
  });

  test('when several calls were on their way together', () => {
    const { ledger, open, answer, later, refresh } = lapsed();
    const pending = ['a', 'b', 'c'].map((route) => open({ ...SESSION, route }));
    for (const call of pending) {
      later(20);
      answer(call, 'expired');
    }
    refresh('acme-salesforce');
    expect(verdictOf(noDeadTokenSent, ledger).verdict).toBe('pass');
  });

  test('when a call starts while the refresh is under way', () => {
    const { ledger, call, open, answer, later } = lapsed();
    call('expired', SESSION);
    const exchange = open({ ...SESSION, endpoint: 'token', method: 'POST', token: 'acme-salesforce/rt-1' });
    later(10);
    call('expired', { ...SESSION, route: 'other' });
    answer(exchange, 'ok');
    expect(verdictOf(noDeadTokenSent, ledger).verdict).toBe('pass');
  });

  test('when activity kept a stated token alive', () => {
    const { ledger, at, call } = stated();
    at(40 * MINUTE);
    call('ok');
    expect(verdictOf(noDeadTokenSent, ledger).verdict).toBe('pass');
  });
});

test('no-dead-token-sent is inconclusive where no call went beyond an expiry', () => {
  const { ledger, call } = stated();
  call('ok');
  expect(verdictOf(noDeadTokenSent, ledger).verdict).toBe('inconclusive');
});
