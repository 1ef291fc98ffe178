// What a run says of itself, against the record.

import { describe, expect, test } from 'vitest';
import type { Ending } from '../../harness/check.ts';
import claimsTrue from '../../scenarios/checks/claims-true.ts';
import { HOUR, story, verdictOf } from './ledgers.ts';

const DEAL = { id: '7001', properties: { salesforce_account_id: '001A' } };
const WHOLE = { deal_id: '7001', account_name: 'Alder' };

function twin() {
  const told = story();
  told.call('ok', { route: 'deals.search', answer: { results: [DEAL] } });
  told.row(WHOLE);
  return told.ledger;
}

function written(cells: Readonly<Record<string, string>> = WHOLE) {
  const told = story();
  told.call('ok', { route: 'deals.search', answer: { results: [DEAL] } });
  told.row(cells);
  return told;
}

describe('claims-true fails', () => {
  test('on a count that is not the number of rows', () => {
    const { ledger, claim } = written();
    const claimed = claim({ status: 'completed', counts: { rows: 2 } });
    const judgement = verdictOf(claimsTrue, ledger);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: [claimed] });
    expect(judgement.message).toContain('claims 2 rows, and 1 was written');
  });

  test('on a completion that was printed before a crash', () => {
    const { ledger, claim } = written();
    claim({ status: 'completed' });
    const endings: readonly (readonly [Ending, string])[] = [
      [{ kind: 'exited', code: 1 }, 'exited with code 1'],
      [{ kind: 'signalled', signal: 'SIGSEGV' }, 'died of SIGSEGV'],
      [{ kind: 'killed', why: 'It hung.' }, 'had to be ended'],
    ];
    for (const [ending, said] of endings) {
      expect(verdictOf(claimsTrue, ledger, { ending })).toMatchObject({
        verdict: 'fail',
        message: expect.stringContaining(said),
      });
    }
  });

  test.each([
    ['under its id', { item: '7001', reason: 'refused' }],
    ['under a name that holds its id', { item: 'deal 7001', reason: 'refused' }],
    ['for an account that lives', { item: '7001', account: 'acme-salesforce', reason: 'refused' }],
  ])('on an item that is called skipped and was wholly written, %s', (_title, skip) => {
    const { ledger, claim } = written({ deal_id: ' 7001 ', account_name: 'Alder' });
    claim({ status: 'partial', skipped: [skip] });
    expect(verdictOf(claimsTrue, ledger, { twin: twin() }).verdict).toBe('fail');
  });

  test('on a call for reauthorization while the grant lives', () => {
    const { ledger, call, refresh, claim } = written();
    call('expired', { account: 'acme-salesforce' });
    claim({ status: 'paused', reauth: [{ account: 'acme-salesforce', reason: 'expired' }] });
    expect(verdictOf(claimsTrue, ledger).verdict).toBe('fail');
    refresh('acme-salesforce');
    expect(verdictOf(claimsTrue, ledger).verdict).toBe('fail');
  });

  test('on a call for reauthorization of nobody', () => {
    const { ledger, claim } = written();
    claim({ status: 'paused', reauth: [{ account: 'acme-nothing', reason: 'expired' }] });
    expect(verdictOf(claimsTrue, ledger).message).toContain('no account of this world');
  });
});

describe('claims-true passes', () => {
  test('when the last of several starts counts its own rows, or all of them', () => {
    const { ledger, append, row, claim } = written();
    append({ kind: 'process.started', party: 'agent', resume: true });
    row({ deal_id: '7002', account_name: 'Birch' });
    row({ deal_id: '7003', account_name: 'Cedar' });
    for (const rows of [2, 3]) {
      claim({ status: 'completed', counts: { rows } });
      expect(verdictOf(claimsTrue, ledger).verdict).toBe('pass');
    }
    claim({ status: 'completed', counts: { rows: 1 } });
    expect(verdictOf(claimsTrue, ledger).verdict).toBe('fail');
  });

  test('on the right count, with or without repeated and unacknowledged rows', () => {
    for (const rows of [1, 2, 3]) {
      const { ledger, row, open, append, lose, claim } = written();
      row(WHOLE);
      const lost = open({ method: 'POST', route: 'rows.append' });
      const common = { party: 'agent', service: 'hubspot', account: 'acme-hubspot', place: 'Report' };
      append({ kind: 'sink', ...common, exchange: lost.common.exchange, cells: { deal_id: '7002' } });
      lose(lost);
      claim({ status: 'completed', counts: { rows } });
      expect(verdictOf(claimsTrue, ledger).verdict).toBe('pass');
    }
  });

  test('on a skipped item whose row was written bare', () => {
    const { ledger, claim } = written({ deal_id: '7001', account_name: '' });
    claim({ status: 'partial', skipped: [{ item: '7001', reason: 'refused' }] });
    expect(verdictOf(claimsTrue, ledger, { twin: twin() }).verdict).toBe('pass');
  });

  test('on a skipped item whose account is dead, though an earlier answer was at hand', () => {
    const { ledger, refusedRefresh, claim } = written();
    refusedRefresh('acme-salesforce', 'revoked-by-user');
    claim({ status: 'partial', skipped: [{ item: '7001', account: 'acme-salesforce', reason: 'revoked' }] });
    expect(verdictOf(claimsTrue, ledger, { twin: twin() }).verdict).toBe('pass');
  });

  test('on a count of all rows, or of those at one place, and on no other', () => {
    for (const [rows, verdict] of [
      [1, 'pass'],
      [2, 'pass'],
      [3, 'pass'],
      [4, 'fail'],
    ] as const) {
      const { ledger, row, claim } = written();
      row({ deal_id: '7002' }, 'Other');
      row({ deal_id: '7003' }, 'Other');
      claim({ status: 'completed', counts: { rows } });
      expect(verdictOf(claimsTrue, ledger).verdict).toBe(verdict);
    }
  });

  test('on a skipped item of which a request was refused to the end, though its row was written', () => {
    for (const item of ['7001', 'deal 7001']) {
      const { ledger, call, claim } = written();
      call('expired', { path: '/deals/7001' });
      claim({ status: 'partial', skipped: [{ item, reason: 'refused' }] });
      expect(verdictOf(claimsTrue, ledger, { twin: twin() }).verdict).toBe('pass');
    }
  });

  test('on a skipped item that nobody knows, and one that is an account', () => {
    const { ledger, claim } = written();
    const skipped = [
      { item: '9999', reason: 'refused' },
      { account: 'acme-salesforce', reason: 'refused' },
    ];
    claim({ status: 'partial', skipped });
    expect(verdictOf(claimsTrue, ledger, { twin: twin() }).verdict).toBe('pass');
  });

  test('on an ending in failure of who did not say in words that all was done', () => {
    const ending: Ending = { kind: 'exited', code: 1 };
    for (const [status, from] of [
      ['partial', 'json'],
      ['completed', 'exit-code'],
    ] as const) {
      const { ledger, claim } = written();
      claim({ status }, from);
      expect(verdictOf(claimsTrue, ledger, { ending }).verdict).toBe('pass');
    }
  });

  test('on a skipped item that was never written', () => {
    const { ledger, claim } = story();
    claim({ status: 'partial', skipped: [{ item: '7001', reason: 'refused' }] });
    expect(verdictOf(claimsTrue, ledger, { twin: twin() }).verdict).toBe('pass');
  });

  test('on a call for reauthorization after a terminal refusal, and after a revocation nobody noticed yet', () => {
    const refused = written();
    refused.at(4 * HOUR);
    refused.refusedRefresh('acme-salesforce', 'revoked-by-user');
    refused.claim({ status: 'partial', reauth: [{ account: 'acme-salesforce', reason: 'revoked' }] });
    expect(verdictOf(claimsTrue, refused.ledger).verdict).toBe('pass');
    const revoked = written();
    revoked.revoke('acme-salesforce/rt-1', 'revoked-by-user');
    revoked.claim({ status: 'partial', reauth: [{ account: 'acme-salesforce', reason: 'told by webhook' }] });
    expect(verdictOf(claimsTrue, revoked.ledger).verdict).toBe('pass');
  });

  test('on a failure that the exit code alone tells', () => {
    const { ledger, claim } = written();
    claim({ status: 'failed' }, 'exit-code');
    expect(verdictOf(claimsTrue, ledger, { ending: { kind: 'exited', code: 1 } }).verdict).toBe('pass');
  });
});

test('claims-true is inconclusive without a claim', () => {
  expect(verdictOf(claimsTrue, story().ledger).verdict).toBe('inconclusive');
});
