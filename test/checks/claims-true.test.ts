// What a run says of itself, against the record.

import { describe, expect, test } from 'vitest';
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
    expect(verdictOf(claimsTrue, ledger, { ending: { kind: 'exited', code: 1 } }).verdict).toBe('fail');
    expect(verdictOf(claimsTrue, ledger, { ending: { kind: 'signalled', signal: 'SIGSEGV' } }).verdict).toBe(
      'fail',
    );
  });

  test('on an item that is called skipped and was wholly written', () => {
    const { ledger, claim } = written();
    claim({ status: 'partial', skipped: [{ item: '7001', reason: 'refused' }] });
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
