// What counts as a refresh, and what came of it.

import { expect, test } from 'vitest';
import { refreshesOf } from '../../scenarios/checks/refreshes.ts';
import { story } from './ledgers.ts';

const ID = 'acme-rotor';

/** Each refresh by what it presented, what it minted, and whether that arrived. */
const told = ({ ledger }: ReturnType<typeof story>) =>
  refreshesOf(ledger).map(({ account, presented, access, delivered }) => [
    account,
    presented,
    access?.token ?? null,
    delivered,
  ]);

test('a refresh is told with the token that it presented, and the one that came of it', () => {
  const run = story();
  run.mint(ID, 'access', null);
  run.refresh(ID, { rotates: true });
  run.refresh(ID, { token: `${ID}/rt-1`, lost: true });
  run.refusedRefresh(ID, 'fault', `${ID}/rt-1`);
  run.open({ account: ID, endpoint: 'token', method: 'POST', token: `${ID}/rt-1` });
  expect(told(run)).toEqual([
    [ID, `${ID}/rt-1`, `${ID}/at-2`, true],
    [ID, `${ID}/rt-1`, `${ID}/at-3`, false],
    [ID, `${ID}/rt-1`, null, false],
    [ID, `${ID}/rt-1`, null, false],
  ]);
});

test('a call, a request without a refresh token, and one with a token that nobody minted are none', () => {
  const run = story();
  run.call('ok', { account: ID });
  run.answer(run.open({ account: ID, endpoint: 'token', method: 'POST', token: null }), 'ok');
  run.answer(
    run.open({ account: null, endpoint: 'token', method: 'POST', token: 'unminted' }),
    'unknown-token',
  );
  expect(told(run)).toEqual([]);
});
