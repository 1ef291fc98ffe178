// Ids are what answers call so, found again wherever a request may name them.

import { expect, test } from 'vitest';
import type { Json } from '../../mocks/index.ts';
import { attemptsOf } from '../../scenarios/checks/attempts.ts';
import { idsNamed, idsTold } from '../../scenarios/checks/ids.ts';
import { story } from './ledgers.ts';

const toldBy = (body: Json) => {
  const { ledger, call } = story();
  call('ok', { answer: body });
  return [...idsTold(ledger, null)];
};

test('an id is told under a key that says so', () => {
  for (const key of ['id', 'Id', 'ID', 'deal_id', 'deal-id', 'spreadsheetId', 'accountID'])
    expect(toldBy({ of: [{ [key]: 'x1' }] })).toEqual(['x1']);
  for (const key of ['idle', 'paid', 'valid', 'deal_idle', 'Idle', 'isIDLE', 'IDs', 'Ix', 'xid'])
    expect(toldBy({ of: [{ [key]: 'x1' }] })).toEqual([]);
});

test('only an answer of a resource server that did what was asked tells ids, in any of the runs', () => {
  const run = story();
  run.call('ok', { answer: { id: 'x1' } });
  run.call('expired', { answer: { id: 'refused' } });
  run.open({});
  const pending = run.open({ endpoint: 'token', method: 'POST' });
  run.answer(pending, 'ok', { answer: { id: 'of-a-token' } });
  const twin = story();
  twin.call('ok', { answer: { id: 'x2' } });
  expect([...idsTold(run.ledger, twin.ledger)]).toEqual(['x1', 'x2']);
});

test('a request names ids in its path, encoded or not, in its query, and in its body', () => {
  const known = new Set(['x1', 'x2', 'x3', 'a/b', '%zz']);
  const { ledger, call, append } = story();
  call('ok', { path: '/deals/x1/notes' });
  call('ok', { path: '/deals/a%2Fb' });
  call('ok', { path: '/deals/%zz' });
  call('ok', { method: 'POST', body: { filter: ["Id = 'x2'", { of: 'x3' }] } });
  call('ok', { path: '/deals/x12' });
  const [opened] = ledger.entries.filter((entry) => entry.kind === 'exchange.opened');
  if (opened !== undefined) append({ ...opened, path: '/deals', query: { id: 'x2' } });
  expect(attemptsOf(ledger).map((attempt) => [...idsNamed(attempt, known)])).toEqual([
    ['x1'],
    ['a/b'],
    ['%zz'],
    ['x2', 'x3'],
    [],
    ['x2'],
  ]);
});
