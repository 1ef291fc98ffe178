// Where refresh tokens rotate, a spent one must not come back.

import { describe, expect, test } from 'vitest';
import noSpentToken from '../../scenarios/checks/no-spent-token.ts';
import { account, HOUR, MINUTE, story, verdictOf } from './ledgers.ts';

const ROTOR = 'acme-rotor';
const WITH_GRACE = [account(ROTOR, 'rotor', { rotates: true, graceMs: MINUTE })];

function connected(accounts?: Parameters<typeof story>[0]) {
  const told = story(accounts);
  told.mint(ROTOR, 'refresh', null);
  return told;
}

describe('no-spent-token fails', () => {
  test('when the first refresh token is presented for ever', () => {
    const { ledger, at, refresh, refusedRefresh } = connected();
    const first = refresh(ROTOR, { rotates: true });
    at(HOUR);
    const again = refusedRefresh(ROTOR, 'rotated');
    expect(verdictOf(noSpentToken, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [first.rotated, again.opened],
      atMs: HOUR,
    });
  });

  test('when the grace is over', () => {
    const { ledger, later, refresh, refusedRefresh } = connected(WITH_GRACE);
    refresh(ROTOR, { rotates: true });
    later(2 * MINUTE);
    refusedRefresh(ROTOR, 'rotated');
    expect(verdictOf(noSpentToken, ledger).verdict).toBe('fail');
  });

  test('when a lost answer is asked for a second time', () => {
    const { ledger, later, refresh, refusedRefresh } = connected();
    const first = refresh(ROTOR, { rotates: true, lost: true });
    refusedRefresh(ROTOR, 'rotated');
    later(1000);
    const second = refusedRefresh(ROTOR, 'rotated');
    expect(verdictOf(noSpentToken, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [first.rotated, second.opened],
    });
  });
});

describe('no-spent-token passes', () => {
  test('when each refresh presents the newest token', () => {
    const { ledger, at, refresh } = connected();
    refresh(ROTOR, { rotates: true });
    at(HOUR);
    refresh(ROTOR, { rotates: true, token: `${ROTOR}/rt-2` });
    expect(verdictOf(noSpentToken, ledger).verdict).toBe('pass');
  });

  test('inside the grace', () => {
    const { ledger, later, refresh } = connected(WITH_GRACE);
    refresh(ROTOR, { rotates: true });
    later(1000);
    refresh(ROTOR, { rotates: true });
    expect(verdictOf(noSpentToken, ledger).verdict).toBe('pass');
  });

  test('once after a lost answer', () => {
    const { ledger, refresh, refusedRefresh } = connected();
    refresh(ROTOR, { rotates: true, lost: true });
    refusedRefresh(ROTOR, 'rotated');
    expect(verdictOf(noSpentToken, ledger).verdict).toBe('pass');
  });

  test('when the second presentation was sent before the first was answered', () => {
    const { ledger, open, mint, append, later, answer } = connected();
    const words = { account: ROTOR, endpoint: 'token', method: 'POST', token: `${ROTOR}/rt-1` } as const;
    const [winner, loser] = [open(words), open(words)];
    const { exchange } = winner.common;
    mint(ROTOR, 'access', HOUR, exchange);
    const successor = mint(ROTOR, 'refresh', null, exchange);
    const common = { party: 'agent', service: 'rotor', account: ROTOR, token: `${ROTOR}/rt-1`, exchange };
    append({ kind: 'token.rotated', ...common, successor });
    later(50);
    answer(winner, 'ok');
    answer(loser, 'rotated');
    expect(verdictOf(noSpentToken, ledger).verdict).toBe('pass');
  });
});

test('no-spent-token does not apply where no service rotates, and needs a rotation', () => {
  const plain = [account('acme-hubspot', 'hubspot', {})];
  expect(verdictOf(noSpentToken, story(plain).ledger).verdict).toBe('not-applicable');
  expect(verdictOf(noSpentToken, connected().ledger).verdict).toBe('inconclusive');
});
