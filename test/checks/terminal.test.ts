// Which grants are dead, and who knocks at them.

import { describe, expect, test } from 'vitest';
import { needsReauthorization, terminalRefusals } from '../../scenarios/checks/terminal.ts';
import { HOUR, MINUTE, story } from './ledgers.ts';

const ID = 'acme-salesforce';
const OTHER = 'acme-hubspot';

type Told = ReturnType<typeof story>;

describe('an account needs a reauthorization', () => {
  test.each<[string, boolean, (told: Told) => void]>([
    ['never, where nothing happened', false, () => {}],
    ['once its refresh was refused for good', true, (told) => told.refusedRefresh(ID, 'idle')],
    ['once the operator must act', true, (told) => told.call('denied-by-policy', { account: ID })],
    ['not for the age of a token', false, (told) => told.call('expired', { account: ID })],
    ['not for trouble', false, (told) => told.refusedRefresh(ID, 'fault')],
    ['not for a limit', false, (told) => told.refusedRefresh(ID, 'rate-limited')],
    ['not for another account', false, (told) => told.refusedRefresh(OTHER, 'idle')],
    ['once its grant was revoked', true, (told) => told.revoke(`${ID}/rt-1`, 'revoked-by-user')],
    ['not where a session ended', false, (told) => told.revoke(`${ID}/at-1`, 'session-ended')],
    ['not where another grant was revoked', false, (told) => told.revoke(`${OTHER}/rt-1`, 'revoked-by-user')],
    [
      'no more after a refresh',
      false,
      (told) => {
        told.refusedRefresh(ID, 'idle');
        told.revoke(`${ID}/rt-1`, 'revoked-by-user');
        told.refresh(ID);
      },
    ],
    [
      'again after that',
      true,
      (told) => {
        told.refresh(ID);
        told.refusedRefresh(ID, 'idle');
      },
    ],
    [
      'also where the last of several refreshes came before, or was another’s',
      true,
      (told) => {
        told.refresh(ID);
        told.refresh(ID);
        told.refusedRefresh(ID, 'idle');
        told.refresh(OTHER);
      },
    ],
    [
      'no more after the last of several refreshes',
      false,
      (told) => {
        told.refresh(ID);
        told.refusedRefresh(ID, 'idle');
        told.refresh(ID);
      },
    ],
  ])('%s', (_when, expected, happen) => {
    const told = story();
    happen(told);
    expect(needsReauthorization(told.ledger, ID)).toBe(expected);
  });
});

describe('after a terminal refusal', () => {
  const dead = () => {
    const told = story();
    told.mint(ID, 'access', HOUR);
    told.mint(ID, 'refresh', null);
    told.at(4 * HOUR);
    return told;
  };
  const knocksIn = ({ ledger }: Told) =>
    terminalRefusals(ledger).map(({ account, knocks }) => [account, knocks.map(({ opened }) => opened.seq)]);

  test('calls and refreshes of the account are knocks, until it has new tokens', () => {
    const told = dead();
    told.refusedRefresh(ID, 'revoked-by-user');
    told.later(MINUTE);
    const call = told.call('expired', { account: ID });
    told.mint(OTHER, 'access', HOUR);
    const refresh = told.refusedRefresh(ID, 'fault');
    told.call('ok', { account: ID });
    told.refusedRefresh(OTHER, 'fault');
    told.mint(ID, 'access', HOUR);
    told.call('expired', { account: ID });
    expect(knocksIn(told)).toEqual([[ID, [call.opened, refresh.opened]]]);
  });

  test('where the resource server said it, any refresh is a knock', () => {
    const told = dead();
    told.call('revoked-by-user', { account: ID, token: `${ID}/at-1` });
    told.later(MINUTE);
    const refresh = told.refusedRefresh(ID, 'fault');
    expect(knocksIn(told)).toEqual([[ID, [refresh.opened]]]);
  });

  test('a token that nobody minted is no newer one', () => {
    const told = dead();
    told.refusedRefresh(ID, 'revoked-by-user', 'unminted');
    told.later(MINUTE);
    const again = told.refusedRefresh(ID, 'unknown-token', 'unminted');
    told.later(MINUTE);
    told.refusedRefresh(ID, 'fault');
    expect(knocksIn(told)).toEqual([[ID, [again.opened]]]);
  });

  test('each grant has its own', () => {
    const told = dead();
    told.refusedRefresh(ID, 'revoked-by-user');
    told.refusedRefresh(ID, 'revoked-by-user');
    const newer = told.mint(ID, 'refresh', null);
    told.refusedRefresh(ID, 'idle', newer);
    expect(knocksIn(told)).toEqual([
      [ID, [expect.any(Number)]],
      [ID, []],
    ]);
  });

  test('a missing scope, or no account, is not the end of a grant', () => {
    const told = dead();
    told.call('scope-missing', { account: ID });
    told.call('unknown-token', { account: null, token: 'unminted' });
    expect(knocksIn(told)).toEqual([]);
  });
});
