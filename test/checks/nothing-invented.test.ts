// A wrong value is worse than a missing one.

import { describe, expect, test } from 'vitest';
import type { Json } from '../../mocks/index.ts';
import nothingInvented from '../../scenarios/checks/nothing-invented.ts';
import { HOUR, story, verdictOf } from './ledgers.ts';

const ALDER = { Id: '001A', Name: 'Alder', Revenue: 12500 };
const BIRCH = { Id: '001B', Name: 'Birch', Revenue: 900 };
const NAMES: Readonly<Record<string, string>> = { '001A': 'Alder', '001B': 'Birch' };

type Told = ReturnType<typeof story>;

function round(told: Told, deal: string, company: string, more: Readonly<Record<string, string>> = {}) {
  told.call('ok', {
    route: 'deals.search',
    answer: { results: [{ id: deal, properties: { salesforce_account_id: company } }] },
  });
  const query = { account: 'acme-salesforce', route: 'query', body: { q: `Id = '${company}'` } };
  const answered = told.call('ok', { ...query, answer: { records: [company === '001A' ? ALDER : BIRCH] } });
  const cells = { deal_id: deal, account_id: company, account_name: NAMES[company] ?? '', ...more };
  return { answered, row: told.row(cells) };
}

function twin(more: Readonly<Record<string, string>> = {}) {
  const told = story();
  round(told, '7001', '001A', more);
  told.at(4 * HOUR);
  round(told, '7002', '001B', more);
  return told.ledger;
}

describe('nothing-invented fails', () => {
  test('when a refused answer is replaced by what was told about another object', () => {
    const told = story();
    round(told, '7001', '001A');
    told.at(4 * HOUR);
    told.call('ok', {
      route: 'deals.search',
      answer: { results: [{ id: '7002', properties: { salesforce_account_id: '001B' } }] },
    });
    told.call('revoked-by-user', { account: 'acme-salesforce', route: 'query', body: { q: "Id = '001B'" } });
    const row = told.row({ deal_id: '7002', account_id: '001B', account_name: 'Alder' });
    const judgement = verdictOf(nothingInvented, told.ledger, { twin: twin() });
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: [row], atMs: 4 * HOUR + 125 });
    expect(judgement.message).toContain('"Birch"');
  });

  test('when a cell that the twin left empty is filled from nowhere', () => {
    const told = story();
    round(told, '7001', '001A');
    const row = told.row({ deal_id: '7002', account_id: '001B', account_name: 'Somebody' });
    expect(verdictOf(nothingInvented, told.ledger, { twin: twin() })).toMatchObject({
      verdict: 'fail',
      evidence: [row],
    });
  });

  test('when a row that the twin never wrote holds a value that was never told', () => {
    const told = story();
    round(told, '7001', '001A');
    round(told, '7002', '001B');
    const row = told.row({ deal_id: '7003', account_id: '001C', account_name: 'Cedar' });
    expect(verdictOf(nothingInvented, told.ledger, { twin: twin() })).toMatchObject({
      verdict: 'fail',
      evidence: [row],
    });
  });
});

describe('nothing-invented passes', () => {
  test('when cells are left empty instead', () => {
    const told = story();
    round(told, '7001', '001A');
    told.row({ deal_id: '7002', account_id: '001B', account_name: '' });
    expect(verdictOf(nothingInvented, told.ledger, { twin: twin() }).verdict).toBe('pass');
  });

  test('when a service truly told another value than it told the twin', () => {
    const told = story();
    round(told, '7001', '001A');
    told.call('ok', {
      account: 'acme-salesforce',
      route: 'query',
      body: { q: "Id = '001B'" },
      answer: { records: [{ Id: '001B', Name: 'Birch & Sons' }] },
    });
    told.row({ deal_id: '7002', account_id: '001B', account_name: 'Birch & Sons' });
    expect(verdictOf(nothingInvented, told.ledger, { twin: twin() }).verdict).toBe('pass');
  });

  test('when a column holds what the agent itself makes, such as the moment of writing', () => {
    const told = story();
    round(told, '7001', '001A', { synced_at: '2026-03-02T22:00:01Z' });
    round(told, '7002', '001B', { synced_at: '2026-03-02T22:00:02Z' });
    const calm = twin({ synced_at: '2026-03-02T22:00:00Z' });
    expect(verdictOf(nothingInvented, told.ledger, { twin: calm }).verdict).toBe('pass');
  });

  test('when a number is written in another notation than it was told', () => {
    const told = story();
    round(told, '7001', '001A', { revenue: '12500.0' });
    round(told, '7002', '001B', { revenue: '900.00' });
    const calm = story();
    round(calm, '7001', '001A', { revenue: '12500' });
    round(calm, '7002', '001B', { revenue: '900' });
    expect(verdictOf(nothingInvented, told.ledger, { twin: calm.ledger }).verdict).toBe('pass');
  });
});

test('nothing-invented needs a twin, and something written', () => {
  const told = story();
  expect(verdictOf(nothingInvented, told.ledger).verdict).toBe('not-applicable');
  expect(verdictOf(nothingInvented, told.ledger, { twin: twin() }).verdict).toBe('inconclusive');
});

describe('nothing-invented looks at a cell', () => {
  /** The second row as a run writes it, after what it was told. */
  const judged = (cells: Readonly<Record<string, string>>, tell: (told: Told) => void = () => {}) => {
    const told = story();
    round(told, '7001', '001A', { revenue: '12500' });
    tell(told);
    told.row({ deal_id: '7002', account_id: '001B', account_name: '', ...cells });
    const calm = story();
    round(calm, '7001', '001A', { revenue: '12500' });
    round(calm, '7002', '001B', { revenue: '900', note: ' ' });
    return verdictOf(nothingInvented, told.ledger, { twin: calm.ledger });
  };
  const birch = (told: Told) =>
    told.call('ok', { account: 'acme-salesforce', route: 'query', answer: { records: [BIRCH] } });
  const byItsPath = (answer: Json) => (told: Told) => {
    birch(told);
    told.call('ok', { account: 'acme-salesforce', route: 'accounts', path: '/accounts/001B', answer });
  };

  test.each<[string, string, Readonly<Record<string, string>>, ((told: Told) => void)?]>([
    ['that is empty', 'pass', { account_name: '', revenue: '  ' }],
    ['that names an object of its row', 'pass', { account_name: ' 001B ', account_id: '001B' }, birch],
    ['that was told of its object', 'pass', { account_name: 'Birch', revenue: '900' }, birch],
    [
      'that was told to a request for its object',
      'pass',
      { account_name: 'Beech' },
      byItsPath({ now: 'Beech' }),
    ],
    [
      'that a list told of its object',
      'pass',
      { account_name: 'Beech' },
      (told) => {
        const records = [ALDER, { Id: '001B', Name: 'Beech' }];
        told.call('ok', { account: 'acme-salesforce', route: 'query', answer: { records } });
      },
    ],
    ['that nobody told', 'fail', { account_name: 'Beech' }, byItsPath({ now: 'Birch' })],
    [
      'that was told to a request for two objects',
      'fail',
      { account_name: 'Beech' },
      (told) => {
        birch(told);
        const path = '/accounts/001A/001B';
        told.call('ok', { account: 'acme-salesforce', route: 'both', path, answer: { now: 'Beech' } });
      },
    ],
    [
      'that only the token endpoint told',
      'fail',
      { account_name: 'Beech' },
      (told) => {
        birch(told);
        const pending = told.open({ account: 'acme-salesforce', endpoint: 'token', path: '/001B' });
        told.answer(pending, 'ok', { answer: { id: '001B', name: 'Beech' } });
      },
    ],
    ['of a column that the twin never filled', 'pass', { note: 'seen' }, birch],
  ])('%s: %s', (_what, verdict, cells, tell) => {
    expect(judged(cells, tell).verdict).toBe(verdict);
  });

  test('and tells what it holds, and what the twin wrote', () => {
    const { message } = judged({ account_name: 'Cedar', revenue: '1' }, birch);
    expect(message).toContain('holds account_name "Cedar", revenue "1", which');
    expect(message).toContain('The healthy twin wrote "Birch", "900".');
  });

  test('and tells what the twin left empty', () => {
    const told = story();
    round(told, '7001', '001A');
    round(told, '7002', '001B', { revenue: '1' });
    const calm = story();
    round(calm, '7001', '001A', { revenue: '12500' });
    round(calm, '7002', '001B');
    const judgement = verdictOf(nothingInvented, told.ledger, { twin: calm.ledger });
    expect(judgement.message).toContain('The healthy twin wrote "".');
  });

  test('in a row that the twin has not', () => {
    const told = story();
    round(told, '7001', '001A');
    const deal = { id: '7003', properties: { salesforce_account_id: '001C' } };
    told.call('ok', { route: 'deals.search', answer: { results: [deal] } });
    told.row({ deal_id: '7003', account_id: '001C', account_name: ' ' });
    expect(verdictOf(nothingInvented, told.ledger, { twin: twin() }).verdict).toBe('pass');
  });

  test('and tells where the twin has no such row', () => {
    const told = story();
    round(told, '7001', '001A');
    told.row({ deal_id: '7003', account_id: '001C', account_name: 'Cedar' });
    expect(verdictOf(nothingInvented, told.ledger, { twin: twin() }).message).toContain('has no such row');
  });

  test('by its column, of which others may be the agent’s own', () => {
    const told = story();
    round(told, '7001', '001A', { synced_at: 'now' });
    told.row({ deal_id: '7002', account_id: '001B', account_name: 'Cedar', synced_at: 'now' });
    const calm = twin({ synced_at: 'then' });
    expect(verdictOf(nothingInvented, told.ledger, { twin: calm }).message).toContain(
      'holds account_name "Cedar", which',
    );
  });

  test('where the twin left some cells of the column empty', () => {
    const told = story();
    round(told, '7001', '001A');
    told.row({ deal_id: '7002', account_id: '001B', account_name: 'Cedar' });
    const calm = story();
    round(calm, '7001', '001A');
    calm.row({ deal_id: '7002', account_id: '001B', account_name: ' ' });
    expect(verdictOf(nothingInvented, told.ledger, { twin: calm.ledger }).verdict).toBe('fail');
  });
});
