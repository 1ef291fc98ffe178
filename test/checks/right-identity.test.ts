// Whose token a call carries.

import { describe, expect, test } from 'vitest';
import rightIdentity from '../../scenarios/checks/right-identity.ts';
import { brokerStory, done } from './broker-ledgers.ts';
import { CRM, grantStory, OTHER } from './grant-ledgers.ts';
import { account, MINUTE, verdictOf } from './ledgers.ts';

describe('right-identity fails', () => {
  test('when a call for one tenant goes out with the token of another', () => {
    const { ledger, at, upstream } = brokerStory();
    at(61_000);
    const { opened } = upstream('ok', { account: 'acme-crm', meantFor: 'globex-crm' });
    const judgement = verdictOf(rightIdentity, ledger);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: [opened], atMs: 61_000 });
    expect(judgement.message).toContain('which is another tenant’s, and was answered');
  });

  test('when it is another account of the same tenant, and also where the call is refused', () => {
    const { ledger, upstream } = brokerStory([account('one', 'crm', {}), account('two', 'crm', {})]);
    upstream('not-found', { account: 'one', meantFor: 'two', status: 404 });
    const { message } = verdictOf(rightIdentity, ledger);
    expect(message).toContain('with a token of one.');
  });
});

test('right-identity passes when each call carries its own, whatever the others do', () => {
  const { ledger, upstream, call } = brokerStory();
  upstream('ok');
  upstream('ok', { account: 'globex-crm' });
  call('ok', { account: 'acme-crm' });
  call('no-token', { account: null, token: null, meantFor: 'acme-crm' });
  expect(verdictOf(rightIdentity, ledger)).toMatchObject({
    verdict: 'pass',
    message: '2 requests upstream, each with a token of the account it was meant for.',
  });
});

test('right-identity is inconclusive where nobody knows whom a call was meant for', () => {
  const { ledger, call, refresh } = brokerStory();
  call('ok', { account: 'acme-crm' });
  refresh('acme-crm');
  expect(verdictOf(rightIdentity, ledger).verdict).toBe('inconclusive');
});

describe('a call after a new consent', () => {
  const PATH = '/v1/items';

  /** Connected; connected again with tokens of a new consent; asked for something, which goes out with one of the tokens. */
  function goesOut(
    token: string,
    more: { askedBefore?: true; status?: number; again?: string; alsoOther?: true } = {},
  ) {
    const told = grantStory();
    const ask = () => {
      const common = { party: 'broker-0', operation: 'call', call: 'c-own', account: CRM } as const;
      const what = { method: 'GET', path: PATH, body: null, agent: 'worker-1', task: 'task-1' };
      told.append({ kind: 'call.sent', ...common, ...what });
      return () =>
        told.append({ kind: 'call.returned', ...common, status: 200, result: done(), failure: null });
    };
    told.connect(CRM);
    told.connect(OTHER);
    const early = more.askedBefore === true ? ask() : null;
    const consents = (id: string) => {
      const { common } = told.open({ account: null, token: null, endpoint: 'token', method: 'POST' });
      told.mint(id, 'access', 30 * MINUTE, common.exchange);
    };
    consents(CRM);
    told.connect(more.again ?? CRM, more.status);
    if (more.alsoOther === true) {
      consents(OTHER);
      told.connect(OTHER);
    }
    const answer = early ?? ask();
    const { opened } = told.upstream('ok', { account: CRM, path: PATH, token });
    answer();
    return { opened, judgement: verdictOf(rightIdentity, told.ledger) };
  }
  const OLD = `${CRM}/at-1`;

  test('must not carry a token of the one before', () => {
    const { judgement, opened } = goesOut(OLD);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: [expect.any(Number), opened] });
    expect(judgement.message).toContain('a token of the consent before the one that was taken at 00:00:00');
  });

  test('must not though another was connected anew since', () => {
    const { judgement } = goesOut(OLD, { alsoOther: true });
    expect(judgement.verdict).toBe('fail');
  });

  test.each([
    ['of the new one', () => goesOut(`${CRM}/at-2`)],
    ['of the one before, where it was asked for before', () => goesOut(OLD, { askedBefore: true })],
    ['of the one before, where the new one was not taken', () => goesOut(OLD, { status: 409 })],
    ['of the one before, where the new one was another’s', () => goesOut(OLD, { again: OTHER })],
  ])('may carry a token %s', (_what, tell) => {
    expect(tell().judgement.verdict).toBe('pass');
  });
});
