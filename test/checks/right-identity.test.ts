// Whose token a call carries.

import { describe, expect, test } from 'vitest';
import rightIdentity from '../../scenarios/checks/right-identity.ts';
import { broken, brokerStory, done } from './broker-ledgers.ts';
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
  function goesOut(token: string, more: { askedBefore?: true; status?: number; again?: string } = {}) {
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
    const { common } = told.open({ account: null, token: null, endpoint: 'token', method: 'POST' });
    told.mint(CRM, 'access', 30 * MINUTE, common.exchange);
    told.connect(more.again ?? CRM, more.status);
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

  test.each([
    ['of the new one', goesOut(`${CRM}/at-2`)],
    ['of the one before, where it was asked for before', goesOut(OLD, { askedBefore: true })],
    ['of the one before, where the new one was not taken', goesOut(OLD, { status: 409 })],
    ['of the one before, where the new one was another’s', goesOut(OLD, { again: OTHER })],
  ])('may carry a token %s', (_what, { judgement }) => {
    expect(judgement.verdict).toBe('pass');
  });
});

describe('a call that is refused before the wire', () => {
  const WISH = { method: 'POST', path: '/v1/items?call=1' };
  const NAMED = broken('PERMISSION_DENIED', 'acme-crm lacks the scope write.');

  test.each(['PERMISSION_DENIED', 'WRONG_IDENTITY'])('as %s must say what is missing', (code) => {
    const { ledger, ask, at } = brokerStory();
    at(MINUTE);
    const { sent, answer } = ask('call', WISH);
    const returned = answer(broken(code, 'No.'));
    const judgement = verdictOf(rightIdentity, ledger);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: [sent, returned], atMs: MINUTE });
    expect(judgement.message).toContain(`was refused as ${code} before it was sent, without a word`);
  });

  test('passes with that', () => {
    const { ledger, ask } = brokerStory();
    ask('call', WISH).answer(NAMED);
    expect(verdictOf(rightIdentity, ledger)).toEqual({
      verdict: 'pass',
      message:
        '0 requests upstream, each with a token of the account it was meant for. 1 call refused before the wire, with the reason.',
    });
  });

  test.each([
    ['for another reason', broken('REAUTH_REQUIRED', 'No.')],
    ['not at all', done()],
  ])('is not meant where it was refused %s', (_what, said) => {
    const { ledger, ask } = brokerStory();
    ask('call', WISH).answer(said);
    expect(verdictOf(rightIdentity, ledger).verdict).toBe('inconclusive');
  });

  test('is not meant where something was sent for the account, in whatever words', () => {
    const { ledger, ask, upstream } = brokerStory();
    const { answer } = ask('call', WISH);
    upstream('scope-missing', { path: '/other', status: 403 });
    answer(broken('PERMISSION_DENIED', 'No.'));
    expect(verdictOf(rightIdentity, ledger).verdict).toBe('pass');
  });

  test('is meant though something was sent for another, or before, or afterwards, or to the token endpoint', () => {
    const { ledger, ask, upstream, refresh } = brokerStory();
    upstream('ok', { path: '/before' });
    const { answer } = ask('call', WISH);
    upstream('ok', { account: 'globex-crm' });
    refresh('acme-crm');
    answer(broken('PERMISSION_DENIED', 'No.'));
    upstream('ok', { path: '/after' });
    expect(verdictOf(rightIdentity, ledger).verdict).toBe('fail');
  });

  describe('though the service grants the same to the same account', () => {
    type Told = ReturnType<typeof brokerStory>;
    function served(
      words: { account?: string; path?: string; method?: string; truth?: 'ok' | 'scope-missing' },
      between: (told: Told) => unknown = () => {},
    ) {
      const told = brokerStory();
      const { sent, answer } = told.ask('call', WISH);
      const returned = answer(NAMED);
      between(told);
      const { account = 'acme-crm', path = '/v1/items', method = 'POST', truth = 'ok' } = words;
      const { answered } = told.call(truth, { account, meantFor: account, path, method, service: 'crm' });
      return { sent, returned, answered, judgement: verdictOf(rightIdentity, told.ledger) };
    }

    test('was not to be refused', () => {
      const { judgement, returned, answered } = served({});
      expect(judgement).toMatchObject({ verdict: 'fail', evidence: [returned, answered] });
      expect(judgement.message).toContain('the service granted the same at 00:00:00 to the same account');
    });

    const act = (account: string) => (told: Told) =>
      told.append({ kind: 'act', party: 'world', act: 'allow', service: 'crm', account });
    test.each([
      ['another account is granted it', served({ account: 'globex-crm' }), 'pass'],
      ['it is another path', served({ path: '/v1/me' }), 'pass'],
      ['it is another method', served({ method: 'GET' }), 'pass'],
      ['it is refused there as well', served({ truth: 'scope-missing' }), 'pass'],
      ['something had happened to the account since', served({}, act('acme-crm')), 'pass'],
      ['something had happened to another since', served({}, act('globex-crm')), 'fail'],
      ['it was connected anew', served({}, (told) => told.ask('connect').answer(null, 204)), 'pass'],
      ['its state was asked for', served({}, (told) => told.ask('status').answer(null)), 'fail'],
    ])('where %s', (_what, { judgement }, verdict) => {
      expect(judgement.verdict).toBe(verdict);
    });

    test('where it was granted before only', () => {
      const { ledger, ask, call } = brokerStory();
      call('ok', { account: 'acme-crm', meantFor: 'acme-crm', path: '/v1/items', method: 'POST' });
      ask('call', WISH).answer(NAMED);
      expect(verdictOf(rightIdentity, ledger).verdict).toBe('pass');
    });
  });
});
