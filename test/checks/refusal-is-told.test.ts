// A refusal that is not healed must be heard of somewhere.

import { describe, expect, test } from 'vitest';
import refusalIsTold from '../../scenarios/checks/refusal-is-told.ts';
import { HOUR, story, verdictOf } from './ledgers.ts';

const DEAL = { id: '7001', properties: { salesforce_account_id: '001A' } };
const QUERY = { account: 'acme-salesforce', route: 'query', body: { q: "Id = '001A'" } };

function refused() {
  const told = story();
  told.at(4 * HOUR);
  told.call('ok', { route: 'deals.search', answer: { results: [DEAL] } });
  const call = told.call('revoked-by-user', QUERY);
  const exchange = told.refusedRefresh('acme-salesforce', 'revoked-by-user');
  return { ...told, call, exchange };
}

const printed = (stderr: string, stdout = '') => ({ printed: { stderr, stdout } });

describe('refusal-is-told fails', () => {
  test('when nothing is said at all', () => {
    const { ledger, call, exchange, claim } = refused();
    claim({ status: 'completed' });
    expect(verdictOf(refusalIsTold, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [call.answered, exchange.answered],
      atMs: 4 * HOUR + 100,
    });
  });

  test('when the lines that name the service speak of nothing bad', () => {
    const { ledger, claim } = refused();
    claim({ status: 'completed' });
    const calm = printed('round 80: 1 deal, salesforce: no account found\n', '{"rows":80}\n');
    expect(verdictOf(refusalIsTold, ledger, calm).verdict).toBe('fail');
  });

  test('when the trouble that is told is another service’s', () => {
    const { ledger } = refused();
    expect(
      verdictOf(refusalIsTold, ledger, printed('google: 429, waiting\nhubspot: failed once\n')).verdict,
    ).toBe('fail');
  });
});

describe('refusal-is-told passes', () => {
  test('when stderr names the account', () => {
    const { ledger } = refused();
    const said = printed('acme-salesforce: GET /services/data refused with 401: INVALID_SESSION_ID\n');
    expect(verdictOf(refusalIsTold, ledger, said).verdict).toBe('pass');
  });

  test('when a log on stdout names the service in its own spelling', () => {
    const { ledger } = refused();
    const said = printed('', 'WARN Salesforce session is dead, enrichment stops\n');
    expect(verdictOf(refusalIsTold, ledger, said).verdict).toBe('pass');
  });

  test('when an event names the account', () => {
    const { ledger, append } = refused();
    const event = { type: 'reauth_required', account: 'acme-salesforce', reason: 'unknown' };
    append({ kind: 'event.received', party: 'agent', event, via: 'http' });
    expect(verdictOf(refusalIsTold, ledger).verdict).toBe('pass');
  });

  test('when the claim names the account, and the item of the refused call', () => {
    const { ledger, claim } = refused();
    claim({
      status: 'partial',
      skipped: [{ item: '7001', reason: 'no answer' }],
      reauth: [{ account: 'acme-salesforce', reason: 'x' }],
    });
    expect(verdictOf(refusalIsTold, ledger).verdict).toBe('pass');
  });

  test('when the refusal was healed, which needs no word', () => {
    const { ledger, call, refresh } = story();
    call('expired', QUERY);
    refresh('acme-salesforce');
    call('ok', QUERY);
    expect(verdictOf(refusalIsTold, ledger).verdict).toBe('pass');
  });
});

test('refusal-is-told is inconclusive where nothing was refused for its credential', () => {
  const { ledger, call } = story();
  call('ok');
  call('not-found', { status: 404 });
  call('rate-limited', { status: 429 });
  expect(verdictOf(refusalIsTold, ledger).verdict).toBe('inconclusive');
});

describe('refusal-is-told knows what is meant', () => {
  test('by an object that is told of together with the one that was asked for', () => {
    const { ledger, call } = story();
    call('ok', { route: 'deals.search', answer: { results: [DEAL, { id: '7002' }] } });
    call('revoked-by-user', QUERY);
    expect(verdictOf(refusalIsTold, ledger, printed('7001: skipped\n')).verdict).toBe('pass');
    expect(verdictOf(refusalIsTold, ledger, printed('001a: skipped\n')).verdict).toBe('pass');
    expect(verdictOf(refusalIsTold, ledger, printed('7002: skipped\n')).verdict).toBe('fail');
  });

  test('and says of what it heard nothing', () => {
    const { ledger } = refused();
    expect(verdictOf(refusalIsTold, ledger).message).toContain('refused `query` for 001A (revoked-by-user)');
    const bare = story();
    bare.call('revoked-by-user', { account: 'acme-salesforce', route: 'limits' });
    expect(verdictOf(refusalIsTold, bare.ledger).message).toContain('refused `limits` (revoked-by-user)');
    const spent = story();
    spent.refusedRefresh('acme-salesforce', 'revoked-by-user');
    expect(verdictOf(refusalIsTold, spent.ledger).message).toContain('refused `token` (revoked-by-user)');
  });

  test('but takes no refresh for one that is still open, or whose token nobody had minted', () => {
    const { ledger, open, call } = story();
    open({ account: 'acme-hubspot', endpoint: 'token', method: 'POST' });
    call('expired', { account: 'acme-hubspot' });
    call('ok', { account: 'acme-hubspot' });
    expect(verdictOf(refusalIsTold, ledger).verdict).toBe('pass');
    const answered = story();
    answered.answer(
      answered.open({ account: null, endpoint: 'token', method: 'POST', token: 'unminted' }),
      'unknown-token',
    );
    expect(verdictOf(refusalIsTold, answered.ledger).verdict).toBe('pass');
  });
});

test('refusal-is-told takes a refresh for refused also while another one is still open', () => {
  const { ledger, open, refusedRefresh } = story();
  const { answered } = refusedRefresh('acme-hubspot', 'idle');
  open({ account: 'acme-hubspot', endpoint: 'token', method: 'POST' });
  expect(verdictOf(refusalIsTold, ledger)).toMatchObject({ verdict: 'fail', evidence: [answered] });
});
