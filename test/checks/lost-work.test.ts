// What a run did not do: what it was refused to the end, and what its healthy twin wrote.

import { describe, expect, test } from 'vitest';
import { lostWork } from '../../scenarios/checks/lost-work.ts';
import { account, HOUR, MINUTE, story } from './ledgers.ts';

const DEAL = { id: '7001', owner: '001A' };
const SEARCH = { route: 'deals.search', answer: { results: [DEAL] } };
const READ = { route: 'deals.read', path: '/deals/7001' };
const OFFICES = { account: 'acme-rotor', route: 'offices.list', answer: { offices: [{ city: 'Aarhus' }] } };

/** A run that has found the deal. */
function searched(at = HOUR) {
  const told = story();
  told.at(at);
  told.call('ok', SEARCH);
  return told;
}

describe('a refused request', () => {
  test('is lost with the account, the object, and what was told together with it', () => {
    const told = story();
    told.at(HOUR);
    told.call('ok', { ...SEARCH, answer: { results: [{ id: '7001', owner_id: '001A' }] } });
    const first = told.call('expired', READ);
    const second = told.call('revoked-by-user', READ);
    const [lost, ...more] = lostWork(told.ledger, null);
    expect(more).toEqual([]);
    expect(lost).toEqual({
      atMs: HOUR + 100,
      accounts: new Set(['acme-hubspot']),
      names: new Set(['7001', '001A']),
      toALimit: false,
      message: expect.stringContaining('acme-hubspot refused `deals.read` for 7001 (expired)'),
      evidence: [first.answered, second.answered],
    });
  });

  test('has names from the twin too, which was answered where the run was not', () => {
    const told = story();
    const twin = story();
    told.call('expired', READ);
    twin.call('ok', { ...READ, answer: { id: '7001', owner_id: '001A' } });
    const [lost] = lostWork(told.ledger, twin.ledger);
    expect(lost?.names).toEqual(new Set(['7001', '001A']));
    expect(lostWork(told.ledger, null)[0]?.names).toEqual(new Set());
  });

  test('that names an object of which no record tells has this one name', () => {
    const told = story();
    told.call('ok', { answer: { spreadsheetId: 'report', rows: [] } });
    told.call('expired', { path: '/sheets/report' });
    expect(lostWork(told.ledger, null)[0]?.names).toEqual(new Set(['report']));
  });

  test('that names no object is called by its route', () => {
    const told = searched();
    told.call('expired', { route: 'deals.search', path: '/search' });
    const [lost] = lostWork(told.ledger, null);
    expect(lost).toMatchObject({ names: new Set(), accounts: new Set(['acme-hubspot']) });
    expect(lost?.message).toContain('refused `deals.search` (expired)');
  });

  test('without an account may have been meant for any of its service', () => {
    const accounts = [
      account('acme', 'hubspot', {}),
      account('globex', 'hubspot', {}),
      account('other', 'rotor', {}),
    ];
    const told = story(accounts);
    told.call('unknown-token', { account: null, service: 'hubspot' });
    expect(lostWork(told.ledger, null)[0]?.accounts).toEqual(new Set(['hubspot', 'acme', 'globex']));
  });

  test('that adds a known object to another is lost under the name of what was added', () => {
    const told = searched();
    told.call('ok', { ...READ, path: '/sheets/report', answer: { id: 'report' } });
    const append = { method: 'POST', route: 'append', path: '/sheets/report' };
    told.call('expired', { ...append, body: { values: ['7001'] } });
    expect(lostWork(told.ledger, null).map(({ names }) => [...names])).toEqual([['7001']]);
    // Once it is asked without a name, it is the work on the place itself.
    told.call('expired', { ...append, body: { values: ['new'] } });
    expect(lostWork(told.ledger, null).map(({ names }) => [...names])).toEqual([['report'], ['7001']]);
  });

  test('that was answered in the end is not lost', () => {
    const told = searched();
    told.call('expired', READ);
    told.call('ok', READ);
    expect(lostWork(told.ledger, null)).toEqual([]);
  });
});

describe('against its twin', () => {
  /** The twin wrote one row at 2:00, with a name that one account told, and a city that another did. */
  function twin() {
    const told = searched(2 * HOUR);
    told.call('ok', { account: 'acme-salesforce', route: 'query', answer: { name: 'Alder', note: '' } });
    told.call('ok', OFFICES);
    told.row({ deal: ' 7001 ', name: 'Alder', city: 'Aarhus', note: ' ' });
    return told.ledger;
  }
  const TWIN_WROTE_MS = 2 * HOUR + 175;

  /** What is lost of the row itself. */
  const lostRows = (told: ReturnType<typeof story>) =>
    lostWork(told.ledger, twin()).filter(({ message }) => message.startsWith('The row'));

  test('a row that is missing needed all who told its values, and the account that holds it', () => {
    const told = story();
    told.at(5 * HOUR);
    const [lost] = lostWork(told.ledger, twin());
    expect(lost).toMatchObject({
      atMs: TWIN_WROTE_MS,
      accounts: new Set(['acme-hubspot', 'acme-salesforce', 'acme-rotor']),
      names: new Set(['7001', 'Alder', 'Aarhus', '']),
      evidence: [],
    });
    expect(lost?.message).toMatch(/^The row deal {2}7001 , name Alder, which .* is not in Report\.$/);
  });

  test('empty cells need nobody', () => {
    const told = story();
    const other = story();
    other.call('ok', { account: 'acme-salesforce', answer: { note: '' } });
    other.row({ deal: '7001', note: ' ' });
    expect(lostWork(told.ledger, other.ledger)[0]?.accounts).toEqual(new Set(['acme-hubspot']));
  });

  test('a cell that is missing needed who told its value, and nobody else', () => {
    const told = searched();
    told.at(3 * HOUR);
    const written = told.row({ deal: '7001', name: '', city: 'Aarhus', note: '' });
    const lost = lostRows(told);
    expect(lost).toMatchObject([
      { atMs: TWIN_WROTE_MS, accounts: new Set(['acme-salesforce']), evidence: [written] },
    ]);
    expect(lost[0]?.message).toMatch(/^The row .*, lacks name, which the healthy twin filled\.$/);
  });

  test('a row that holds another value has lost nothing', () => {
    const told = searched();
    told.row({ deal: '7001', name: 'Birch', city: 'Aarhus', note: '' });
    expect(lostRows(told)).toEqual([]);
  });

  test('the cause is the last word of a needed account before the row was written', () => {
    const told = searched();
    told.call('expired', { account: 'acme-salesforce', route: 'query' });
    const cause = told.call('revoked-by-user', { account: 'acme-salesforce', route: 'query', tookMs: 100 });
    const written = told.row({ deal: '7001', name: '', city: 'Aarhus', note: '' });
    told.later(MINUTE);
    told.call('account-deleted', { account: 'acme-salesforce', route: 'query' });
    const [lost] = lostRows(told);
    expect(lost?.evidence).toEqual([cause.answered, written]);
    expect(lost?.message).toContain(
      'Before that, at 01:00:00, acme-salesforce refused `query` (revoked-by-user).',
    );
  });

  test('a refusal that was healed before the row was written is no cause', () => {
    const told = searched();
    told.call('expired', { account: 'acme-salesforce', route: 'query' });
    told.call('ok', { account: 'acme-salesforce', route: 'query' });
    const written = told.row({ deal: '7001', name: '', city: 'Aarhus', note: '' });
    expect(lostRows(told)[0]?.evidence).toEqual([written]);
  });

  test('of two accounts that refused, the later is the cause; one that answered is none', () => {
    const told = story();
    told.at(HOUR);
    told.call('expired', { account: 'acme-salesforce', route: 'query' });
    const later = told.call('expired', { account: 'acme-rotor', route: 'offices.list' });
    told.call('ok', SEARCH);
    expect(lostRows(told)[0]?.evidence).toEqual([later.answered]);
  });

  test('a row that is missing was due when the twin wrote it, give or take a second', () => {
    const causes: readonly (readonly [number, number])[] = [
      [TWIN_WROTE_MS + 950, 1],
      [TWIN_WROTE_MS + 951, 0],
    ];
    for (const [sentMs, count] of causes) {
      const told = story();
      told.at(sentMs);
      told.call('expired', { account: 'acme-salesforce', route: 'query' });
      expect(lostRows(told)[0]?.evidence).toHaveLength(count);
    }
  });
});
