// A dead grant is left alone.

import { describe, expect, test } from 'vitest';
import stopsOnTerminal from '../../scenarios/checks/stops-on-terminal.ts';
import { HOUR, MINUTE, story, verdictOf } from './ledgers.ts';

const ID = 'acme-salesforce';
const CALL = { account: ID };

function dead() {
  const told = story();
  told.mint(ID, 'refresh', null);
  told.at(4 * HOUR);
  told.call('revoked-by-user', CALL);
  const refusal = told.refusedRefresh(ID, 'revoked-by-user');
  told.later(3 * MINUTE);
  return { ...told, refusal };
}

describe('stops-on-terminal fails', () => {
  test('when every round knocks again', () => {
    const { ledger, later, refusedRefresh, refusal } = dead();
    refusedRefresh(ID, 'revoked-by-user');
    later(3 * MINUTE);
    const second = refusedRefresh(ID, 'revoked-by-user');
    later(3 * MINUTE);
    const third = refusedRefresh(ID, 'revoked-by-user');
    const judgement = verdictOf(stopsOnTerminal, ledger);
    expect(judgement).toMatchObject({
      verdict: 'fail',
      evidence: [refusal.answered, second.opened, third.opened],
    });
    expect(judgement.message).toContain('It happened once more.');
  });

  test('when calls go on with the dead access token', () => {
    const { ledger, later, call, refusal } = dead();
    call('revoked-by-user', CALL);
    later(3 * MINUTE);
    const again = call('revoked-by-user', CALL);
    expect(verdictOf(stopsOnTerminal, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [refusal.answered, again.opened],
    });
  });

  test('when a subject that never refreshes goes on calling', () => {
    const { ledger, at, later, call } = story();
    at(4 * HOUR);
    const first = call('revoked-by-user', CALL);
    later(MINUTE);
    call('revoked-by-user', CALL);
    later(MINUTE);
    const third = call('revoked-by-user', CALL);
    expect(verdictOf(stopsOnTerminal, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [first.answered, third.opened],
    });
  });
});

describe('stops-on-terminal passes', () => {
  test('when the account is left alone, or tried just once more', () => {
    const { ledger, refusedRefresh } = dead();
    expect(verdictOf(stopsOnTerminal, ledger).verdict).toBe('pass');
    refusedRefresh(ID, 'revoked-by-user');
    expect(verdictOf(stopsOnTerminal, ledger).verdict).toBe('pass');
  });

  test('when other calls were on their way', () => {
    const { ledger, at, later, open, answer, refusedRefresh } = story();
    at(4 * HOUR);
    const pending = ['a', 'b', 'c'].map((route) => open({ ...CALL, route }));
    refusedRefresh(ID, 'revoked-by-user');
    later(10);
    for (const call of pending) answer(call, 'revoked-by-user');
    expect(verdictOf(stopsOnTerminal, ledger).verdict).toBe('pass');
  });

  test('when an access token that still lives is used up', () => {
    const { ledger, call } = dead();
    for (const _ of [1, 2, 3]) call('ok', CALL);
    expect(verdictOf(stopsOnTerminal, ledger).verdict).toBe('pass');
  });

  test('when a newer refresh token is tried, or a new grant is used', () => {
    const { ledger, mint, later, refusedRefresh, refresh, call } = dead();
    const newer = mint(ID, 'refresh', null);
    for (const _ of [1, 2]) refusedRefresh(ID, 'fault', newer);
    refresh(ID, { token: newer });
    later(HOUR);
    for (const _ of [1, 2]) call('expired', CALL);
    expect(verdictOf(stopsOnTerminal, ledger).verdict).toBe('pass');
  });

  test('when other accounts go on', () => {
    const { ledger, call } = dead();
    for (const _ of [1, 2, 3]) call('expired', { account: 'acme-hubspot' });
    expect(verdictOf(stopsOnTerminal, ledger).verdict).toBe('pass');
  });
});

test('stops-on-terminal is inconclusive where no grant was refused for good', () => {
  const { ledger, call, refusedRefresh } = story();
  call('expired');
  call('scope-missing', { status: 403 });
  refusedRefresh('acme-hubspot', 'wrong-secret');
  refusedRefresh('acme-hubspot', 'fault');
  expect(verdictOf(stopsOnTerminal, ledger).verdict).toBe('inconclusive');
});
