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

describe('no-spent-token', () => {
  type Told = ReturnType<typeof connected>;
  const WORDS = { account: ROTOR, endpoint: 'token', method: 'POST', token: `${ROTOR}/rt-1` } as const;
  /** An exchange that the server has committed, and whose answer is on its way. */
  function committed(told: Told) {
    const pending = told.open(WORDS);
    const { exchange } = pending.common;
    told.mint(ROTOR, 'access', HOUR, exchange);
    const successor = told.mint(ROTOR, 'refresh', null, exchange);
    const common = { party: 'agent', service: 'rotor', account: ROTOR, token: `${ROTOR}/rt-1`, exchange };
    told.append({ kind: 'token.rotated', ...common, successor });
    return pending;
  }
  const ways: readonly (readonly [string, 'pass' | 'fail', (told: Told) => void])[] = [
    [
      'fails at the end of the grace',
      'fail',
      (told) => {
        told.refresh(ROTOR, { rotates: true });
        told.at(MINUTE + 25);
        told.refusedRefresh(ROTOR, 'rotated');
      },
    ],
    [
      'passes when another party, which has no part in the answer, presents it',
      'pass',
      (told) => {
        told.refresh(ROTOR, { rotates: true });
        told.later(HOUR);
        told.open({ ...WORDS, party: 'other' });
      },
    ],
    [
      'passes what was on its way with other words as the answer came',
      'pass',
      (told) => {
        told.refresh(ROTOR, { rotates: true });
        told.open({ ...WORDS, path: '/other' });
      },
    ],
    [
      'fails a second try at the very moment at which the answer was lost',
      'fail',
      (told) => {
        const pending = committed(told);
        told.later(2 * MINUTE);
        told.lose(pending);
        for (const path of ['/one', '/two']) told.open({ ...WORDS, path });
      },
    ],
    [
      'passes what was sent before the answer was lost',
      'pass',
      (told) => {
        const pending = committed(told);
        told.later(2 * MINUTE);
        for (const path of ['/one', '/two']) told.open({ ...WORDS, path });
        told.lose(pending);
      },
    ],
    [
      'passes what is sent while the answer is still to come',
      'pass',
      (told) => {
        committed(told);
        told.later(2 * MINUTE);
        for (const path of ['/one', '/two']) told.open({ ...WORDS, path });
      },
    ],
  ];
  test.each(ways)('%s', (_title, verdict, tell) => {
    const told = connected(WITH_GRACE);
    tell(told);
    expect(verdictOf(noSpentToken, told.ledger).verdict).toBe(verdict);
  });
});

test('no-spent-token does not apply where no service rotates, and needs a rotation', () => {
  const plain = [account('acme-hubspot', 'hubspot', {})];
  expect(verdictOf(noSpentToken, story(plain).ledger).verdict).toBe('not-applicable');
  expect(verdictOf(noSpentToken, connected().ledger).verdict).toBe('inconclusive');
});
