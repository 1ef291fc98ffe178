// A run may lose work; it may not lose it without a word.

import { describe, expect, test } from 'vitest';
import claimsTrue from '../../scenarios/checks/claims-true.ts';
import noSilentSkip from '../../scenarios/checks/no-silent-skip.ts';
import { HOUR, MINUTE, story, verdictOf } from './ledgers.ts';

const DEAL = { id: '7001', properties: { salesforce_account_id: '001A' } };
const COMPANY = { Id: '001A', Name: 'Alder' };
const QUERY = {
  account: 'acme-salesforce',
  route: 'query',
  body: { q: "SELECT Name FROM Account WHERE Id = '001A'" },
};
const WHOLE = { deal_id: '7001', account_id: '001A', account_name: 'Alder' };
const BARE = { deal_id: '7001', account_id: '001A', account_name: '' };

/** What the twin did at hour 4: search, enrich, write. */
function twin() {
  const told = story();
  told.at(4 * HOUR);
  told.call('ok', { route: 'deals.search', answer: { results: [DEAL] } });
  told.call('ok', { ...QUERY, answer: { records: [COMPANY] } });
  told.row(WHOLE);
  return told.ledger;
}

/** The same round after the Salesforce grant died. */
function refusedRound() {
  const told = story();
  told.at(4 * HOUR);
  told.call('ok', { route: 'deals.search', answer: { results: [DEAL] } });
  const refused = told.call('revoked-by-user', QUERY);
  return { ...told, refused };
}

describe('no-silent-skip fails', () => {
  test('when a completed run lacks a cell that the twin wrote, and names the refusal behind it', () => {
    const { ledger, row, claim, refused } = refusedRound();
    const written = row(BARE);
    const claimed = claim({ status: 'completed' });
    const judgement = verdictOf(noSilentSkip, ledger, { twin: twin() });
    expect(judgement).toMatchObject({
      verdict: 'fail',
      evidence: [refused.answered, written, claimed],
      atMs: 4 * HOUR + 100,
    });
  });

  test('when a row is missing and no refusal shows, because the agent never called', () => {
    const { ledger, at, claim } = story();
    at(6 * HOUR);
    const claimed = claim({ status: 'completed', counts: { rows: 0 } });
    const judgement = verdictOf(noSilentSkip, ledger, { twin: twin() });
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: [claimed] });
    expect(judgement.message).toContain('deal_id 7001');
    expect(judgement.message).toContain('04:00:00');
  });

  test('when a partial run names something else', () => {
    const { ledger, row, claim } = refusedRound();
    row(BARE);
    claim({ status: 'partial', skipped: [{ item: '7999', reason: 'salesforce refused' }] });
    expect(verdictOf(noSilentSkip, ledger, { twin: twin() }).verdict).toBe('fail');
  });

  test('when the named account was given up only later', () => {
    const { ledger, at, later, call, claim } = story();
    at(HOUR);
    call('expired', { route: 'deals.search' });
    later(MINUTE);
    call('ok', { route: 'deals.search', answer: { results: [DEAL] } });
    at(5 * HOUR);
    call('revoked-by-user', QUERY);
    claim({ status: 'partial', skipped: [{ account: 'acme-salesforce', reason: 'revoked' }] });
    expect(verdictOf(noSilentSkip, ledger, { twin: twin() }).verdict).toBe('fail');
  });

  test('without a twin, by the last answer alone', () => {
    const { ledger, claim, refused } = refusedRound();
    const claimed = claim({ status: 'completed' });
    expect(verdictOf(noSilentSkip, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [refused.answered, claimed],
    });
  });
});

test('no-silent-skip holds a run to its last claim', () => {
  const { ledger, claim, refused } = refusedRound();
  claim({ status: 'failed' });
  const claimed = claim({ status: 'completed' });
  expect(verdictOf(noSilentSkip, ledger)).toMatchObject({ evidence: [refused.answered, claimed] });
});

test('no-silent-skip says whether anything was lost, and concludes nothing from silence', () => {
  const { ledger, claim, call } = refusedRound();
  expect(verdictOf(noSilentSkip, ledger).verdict).toBe('inconclusive');
  claim({ status: 'partial', skipped: [{ item: '001A', reason: 'refused' }] });
  call('ok', { ...QUERY, answer: { records: [COMPANY] } });
  expect(verdictOf(noSilentSkip, ledger).message).toContain('Nothing was lost');
  call('expired', QUERY);
  expect(verdictOf(noSilentSkip, ledger).message).toContain('All that was lost is named');
});

describe('no-silent-skip passes', () => {
  test('when an account is named that was refused as soon as the agent was there again', () => {
    const told = story();
    told.at(3 * HOUR);
    told.append({ kind: 'process.killed', party: 'agent', reason: 'It was hit.' });
    told.at(4 * HOUR + 3 * MINUTE);
    told.append({ kind: 'process.started', party: 'agent', resume: true });
    told.call('reused');
    told.claim({ status: 'partial', skipped: [{ account: 'acme-hubspot', reason: 'refused' }] });
    expect(verdictOf(noSilentSkip, told.ledger, { twin: twin() }).verdict).toBe('pass');
  });

  test('when the rows that a sheet refused are named, and not the sheet', () => {
    const told = story();
    const sheet = { account: 'acme-google', method: 'POST', route: 'append', path: '/sheets/report' };
    told.call('ok', { route: 'deals.search', answer: { results: [DEAL] } });
    told.call('ok', { ...sheet, answer: { spreadsheetId: 'report' } });
    told.call('scope-missing', { ...sheet, body: { values: [['7001', 'Alder']] } });
    const { ledger, claim } = told;
    claim({ status: 'partial', skipped: [{ item: '7001', account: 'acme-google', reason: 'refused' }] });
    expect(verdictOf(noSilentSkip, ledger).verdict).toBe('pass');
    claim({ status: 'partial', skipped: [] });
    expect(verdictOf(noSilentSkip, ledger).verdict).toBe('fail');
  });

  test('when an account is named whose calls failed without a refusal', () => {
    const told = story();
    told.at(4 * HOUR);
    told.call('fault', { status: 503 });
    told.claim({ status: 'partial', skipped: [{ account: 'acme-hubspot', reason: 'answered 503' }] });
    expect(verdictOf(noSilentSkip, told.ledger, { twin: twin() }).verdict).toBe('pass');
  });

  test('when the item is named, whether its row was written bare or not at all', () => {
    for (const writes of [true, false]) {
      const { ledger, row, claim } = refusedRound();
      if (writes) row(BARE);
      claim({ status: 'partial', skipped: [{ item: '7001', reason: 'salesforce refused' }] });
      expect(verdictOf(noSilentSkip, ledger, { twin: twin() }).verdict).toBe('pass');
    }
  });

  test('when the account is named, for all that needed it from its refusal on', () => {
    for (const writes of [true, false]) {
      const { ledger, row, claim } = refusedRound();
      if (writes) row(BARE);
      claim({ status: 'completed', skipped: [{ account: 'acme-salesforce', reason: 'revoked' }] });
      expect(verdictOf(noSilentSkip, ledger, { twin: twin() }).verdict).toBe('pass');
    }
  });

  test('when the account that lost a race is named, though another of its calls was answered', () => {
    const { ledger, at, open, later, answer, call, refusedRefresh, claim } = story();
    at(4 * HOUR);
    const winner = open({ endpoint: 'token', method: 'POST', token: 'acme-hubspot/rt-1' });
    refusedRefresh('acme-hubspot', 'rotated');
    answer(winner, 'ok');
    call('ok', { route: 'deals.search', answer: { results: [DEAL] } });
    later(HOUR);
    claim({ status: 'partial', skipped: [{ account: 'acme-hubspot', reason: 'invalid_grant' }] });
    expect(verdictOf(noSilentSkip, ledger, { twin: twin() }).verdict).toBe('pass');
  });

  test('when a run that is not complete asks for the reauthorization of the account', () => {
    const { ledger, row, claim } = refusedRound();
    row(BARE);
    claim({ status: 'paused', reauth: [{ account: 'acme-salesforce', reason: 'revoked' }] });
    expect(verdictOf(noSilentSkip, ledger, { twin: twin() }).verdict).toBe('pass');
  });

  test('when the refused call was made again and answered', () => {
    const { ledger, call, row, claim } = refusedRound();
    call('ok', { ...QUERY, answer: { records: [COMPANY] } });
    row(WHOLE);
    claim({ status: 'completed', counts: { rows: 1 } });
    expect(verdictOf(noSilentSkip, ledger, { twin: twin() }).verdict).toBe('pass');
  });

  test('when the next round asks for several objects at once, the refused one among them', () => {
    const { ledger, call, row, claim } = refusedRound();
    const both = { q: "SELECT Name FROM Account WHERE Id IN ('001A', '001B')" };
    call('ok', { ...QUERY, body: both, answer: { records: [COMPANY, { Id: '001B', Name: 'Birch' }] } });
    row(WHOLE);
    claim({ status: 'completed' });
    expect(verdictOf(noSilentSkip, ledger, { twin: twin() }).verdict).toBe('pass');
  });

  test('when the run says that it failed', () => {
    const { ledger, claim } = refusedRound();
    claim({ status: 'failed' }, 'exit-code');
    expect(verdictOf(noSilentSkip, ledger, { twin: twin() }).verdict).toBe('pass');
  });

  test('when the run paused, for what was still to come', () => {
    const { ledger, claim } = refusedRound();
    claim({ status: 'paused' });
    expect(verdictOf(noSilentSkip, ledger, { twin: twin() }).verdict).toBe('pass');
  });
});

test('no-silent-skip is inconclusive where nothing was refused and nothing is known of the twin', () => {
  const { ledger, call, claim } = story();
  call('ok');
  claim({ status: 'completed' });
  expect(verdictOf(noSilentSkip, ledger).verdict).toBe('inconclusive');
});

describe('what was lost to a rate limit', () => {
  /** The same round, in which the company could not be read. */
  const limitedRound = (truth: 'rate-limited' | 'fault' | 'revoked-by-user', status: number) => {
    const told = story();
    told.at(4 * HOUR);
    told.call('ok', { route: 'deals.search', answer: { results: [DEAL] } });
    told.call(truth, { ...QUERY, status });
    told.row(BARE);
    return told;
  };

  test.each([
    ['a limit of the service', 'rate-limited', 403, 'pass', 'fail'],
    ['a 429 of a fault', 'fault', 429, 'pass', 'fail'],
    ['a refused credential', 'revoked-by-user', 429, 'fail', 'pass'],
  ] as const)('%s is judged by one of two checks', (_what, truth, status, silent, claims) => {
    const { ledger, claim } = limitedRound(truth, status);
    claim({ status: 'completed' });
    const more = { twin: twin(), claim: { status: 'completed' } } as const;
    expect(verdictOf(noSilentSkip, ledger, more).verdict).toBe(silent);
    expect(verdictOf(claimsTrue, ledger, more).verdict).toBe(claims);
  });

  test('is no lie where it is named, or the run says that it failed', () => {
    const named = limitedRound('rate-limited', 429);
    named.claim({ status: 'partial', skipped: [{ item: '7001', reason: 'limited' }] });
    expect(verdictOf(claimsTrue, named.ledger, { twin: twin() }).verdict).toBe('pass');
    const failed = limitedRound('rate-limited', 429);
    failed.claim({ status: 'failed' });
    expect(verdictOf(claimsTrue, failed.ledger, { twin: twin() }).verdict).toBe('pass');
  });
});
