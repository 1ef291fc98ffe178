// What a broker sent upstream for a call, and what it said of it.

import { describe, expect, test } from 'vitest';
import type { Json } from '../../mocks/index.ts';
import { askedCallsOf, asWritten, errorOf, keyOf, saidDone } from '../../scenarios/checks/asked-calls.ts';
import { brokerCalls } from '../../scenarios/checks/broker-calls.ts';
import { brokerStory, done } from './broker-ledgers.ts';

test('what goes upstream for a call is of its account, its method and its path, and while it is open', () => {
  const { ledger, ask, upstream, open } = brokerStory();
  const path = '/v1/items?b=2&a=1';
  upstream('ok', { path: '/v1/items' });
  const call = ask('call', { path: '/v1/items' });
  const own = [upstream('expired', { path: '/v1/items' }).opened];
  upstream('ok', { path: '/v1/other' });
  upstream('ok', { path: '/v1/items', account: 'globex-crm' });
  open({ account: 'acme-crm', endpoint: 'token', path: '/v1/items' });
  open({ account: 'acme-crm', method: 'POST', path: '/v1/items' });
  own.push(upstream('ok', { path: '/v1/items', account: 'globex-crm', meantFor: 'acme-crm' }).opened);
  call.answer(done());
  upstream('ok', { path: '/v1/items' });
  const last = ask('call', { path });
  const never = upstream('ok', { path }).opened;
  const sent = askedCallsOf(ledger).map((asked) => [
    asked.sent.seq,
    asked.upstream.map(({ opened }) => opened.seq),
  ]);
  expect(sent).toEqual([
    [call.sent, own],
    [last.sent, [never]],
  ]);
});

test('an attempt without a word for whom it is meant is of its token’s account', () => {
  const { ledger, ask, call } = brokerStory();
  ask('call', { path: '/v1/items' });
  call('ok', { account: 'acme-crm', path: '/v1/items' });
  expect(askedCallsOf(ledger)[0]?.upstream).toHaveLength(1);
});

describe('two requests ask the same', () => {
  const key = (path: string | null) => keyOf('acme', 'GET', path);

  test.each([
    ['/a?x=1&y=2', '/a?y=2&x=1'],
    ['/a%20b', '/a b'],
    ['/a', '/a?'],
    ['', null],
    ['/a?x=%31', '/a?x=1'],
    ['/%zz', '/%zz'],
  ])('%j and %j', (one, other) => {
    expect(key(one)).toBe(key(other));
  });

  test.each([
    ['/a?x=1', '/a?x=2'],
    ['/a?x=1', '/a'],
    ['/a', '/b'],
    ['/%zz', '/%yy'],
    ['/a?x=1?y', '/a?x=1'],
    ['/a?x=1\n2', '/a?x=1\n3'],
  ])('not %j and %j', (one, other) => {
    expect(key(one)).not.toBe(key(other));
  });

  test('only for one account, by one method', () => {
    expect(keyOf('acme', 'GET', '/a')).not.toBe(keyOf('globex', 'GET', '/a'));
    expect(keyOf('acme', 'GET', '/a')).not.toBe(keyOf('acme', 'POST', '/a'));
  });
});

test('a path is written with its query, and without a mark where there is none', () => {
  expect(asWritten('/a', { x: '1', y: 'b c' })).toBe('/a?x=1&y=b+c');
  expect(asWritten('/a', {})).toBe('/a');
});

describe('what a broker says', () => {
  const returned = (result: Json) => {
    const { ledger, ask } = brokerStory();
    ask('call').answer(result);
    return brokerCalls(ledger)[0]?.returned ?? null;
  };

  test('is an error, with as much of it as can be read', () => {
    expect(errorOf(returned({ ok: false, error: { code: 'X', message: 'No.', retryable: true } }))).toEqual({
      code: 'X',
      message: 'No.',
      retryable: true,
    });
    const unread = { code: '', message: '', retryable: null };
    for (const error of [{ code: 1, message: null, retryable: 'yes' }, 'broken', null])
      expect(errorOf(returned({ ok: false, error }))).toEqual(unread);
  });

  test('is that it was done', () => {
    expect(
      [done(), { ok: false }, { ok: 'true' }, null, 'ok'].map((result) => saidDone(returned(result))),
    ).toEqual([true, false, false, false, false]);
  });

  test('is nothing where it did not answer, or not in the agreed form', () => {
    for (const answer of [null, returned(null), returned('no'), returned({}), returned(done())]) {
      expect(errorOf(answer)).toBe(null);
    }
    expect(saidDone(null)).toBe(false);
  });
});
