// Whose token a call carries.

import { describe, expect, test } from 'vitest';
import rightIdentity from '../../scenarios/checks/right-identity.ts';
import { brokerStory } from './broker-ledgers.ts';
import { account, verdictOf } from './ledgers.ts';

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
