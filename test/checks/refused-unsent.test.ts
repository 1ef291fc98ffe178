// Calls that a broker refuses without sending anything.

import { describe, expect, test } from 'vitest';
import notFoundDiagnosed from '../../scenarios/checks/not-found-diagnosed.ts';
import { broken, brokerStory, done } from './broker-ledgers.ts';
import { MINUTE, verdictOf } from './ledgers.ts';

const BROKER = { kind: 'broker' } as const;

describe('a call that is refused before the wire', () => {
  const WISH = { method: 'POST', path: '/v1/items?call=1' };
  const NAMED = broken('PERMISSION_DENIED', 'acme-crm lacks the scope write.');

  test.each(['PERMISSION_DENIED', 'WRONG_IDENTITY'])('as %s must say what is missing', (code) => {
    const { ledger, ask, at } = brokerStory();
    at(MINUTE);
    const { sent, answer } = ask('call', WISH);
    const returned = answer(broken(code, 'No.'));
    const judgement = verdictOf(notFoundDiagnosed, ledger, BROKER);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: [sent, returned], atMs: MINUTE });
    expect(judgement.message).toContain(`was refused as ${code} before it was sent, without a word`);
  });

  test('passes with that', () => {
    const { ledger, ask } = brokerStory();
    ask('call', WISH).answer(NAMED);
    expect(verdictOf(notFoundDiagnosed, ledger, BROKER)).toEqual({
      verdict: 'pass',
      message:
        '0 refusals for account, scope or policy and 0 calls that met a limit, each taken for what it was. 1 call refused unsent, with the reason.',
    });
  });

  test('is not spoken of where there is none', () => {
    const { ledger, upstream } = brokerStory();
    upstream('scope-missing', { status: 403 });
    const { message } = verdictOf(notFoundDiagnosed, ledger, BROKER);
    expect(message).toMatch(/^1 refusal .* each taken for what it was\.$/);
  });

  test.each([
    ['for another reason', broken('REAUTH_REQUIRED', 'No.')],
    ['not at all', done()],
  ])('is not meant where it was refused %s', (_what, said) => {
    const { ledger, ask } = brokerStory();
    ask('call', WISH).answer(said);
    expect(verdictOf(notFoundDiagnosed, ledger, BROKER).verdict).toBe('inconclusive');
  });

  test('is not meant where something was sent for the account, in whatever words', () => {
    const { ledger, ask, upstream } = brokerStory();
    const { answer } = ask('call', WISH);
    upstream('scope-missing', { path: '/other', status: 403 });
    answer(broken('PERMISSION_DENIED', 'No.'));
    expect(verdictOf(notFoundDiagnosed, ledger, BROKER).verdict).toBe('pass');
  });

  test('is meant though something was sent for another, or before, or afterwards, or to the token endpoint', () => {
    const { ledger, ask, upstream, refresh } = brokerStory();
    upstream('ok', { path: '/before' });
    const { answer } = ask('call', WISH);
    upstream('ok', { account: 'globex-crm' });
    refresh('acme-crm');
    answer(broken('PERMISSION_DENIED', 'No.'));
    upstream('ok', { path: '/after' });
    expect(verdictOf(notFoundDiagnosed, ledger, BROKER).verdict).toBe('fail');
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
      return { sent, returned, answered, judgement: verdictOf(notFoundDiagnosed, told.ledger, BROKER) };
    }

    test('was not to be refused', () => {
      const { judgement, returned, answered } = served({});
      expect(judgement).toMatchObject({ verdict: 'fail', evidence: [returned, answered] });
      expect(judgement.message).toContain('the service granted the same at 00:00:00 to the same account');
    });

    const act = (account: string) => (told: Told) =>
      told.append({ kind: 'act', party: 'world', act: 'allow', service: 'crm', account });
    test.each([
      ['another account is granted it', () => served({ account: 'globex-crm' }), 'pass'],
      ['it is another path', () => served({ path: '/v1/me' }), 'pass'],
      ['it is another method', () => served({ method: 'GET' }), 'pass'],
      ['it is refused there as well', () => served({ truth: 'scope-missing' }), 'pass'],
      ['something had happened to the account since', () => served({}, act('acme-crm')), 'pass'],
      ['something had happened to another since', () => served({}, act('globex-crm')), 'fail'],
      ['it was connected anew', () => served({}, (told) => told.ask('connect').answer(null, 204)), 'pass'],
      ['its state was asked for', () => served({}, (told) => told.ask('status').answer(null)), 'fail'],
    ])('where %s', (_what, tell, verdict) => {
      expect(tell().judgement.verdict).toBe(verdict);
    });

    test('whatever had happened before the refusal, or happened once it was served', () => {
      const told = brokerStory();
      act('acme-crm')(told);
      told.ask('connect').answer(null, 204);
      told.ask('call', WISH).answer(NAMED);
      told.call('ok', { account: 'acme-crm', meantFor: 'acme-crm', path: '/v1/items', method: 'POST' });
      act('acme-crm')(told);
      expect(verdictOf(notFoundDiagnosed, told.ledger, BROKER).verdict).toBe('fail');
    });

    test('where it was granted before only', () => {
      const { ledger, ask, call } = brokerStory();
      call('ok', { account: 'acme-crm', meantFor: 'acme-crm', path: '/v1/items', method: 'POST' });
      ask('call', WISH).answer(NAMED);
      expect(verdictOf(notFoundDiagnosed, ledger, BROKER).verdict).toBe('pass');
    });
  });
});
