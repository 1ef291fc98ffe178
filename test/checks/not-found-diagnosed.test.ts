// What a "no" is taken for.

import { describe, expect, test } from 'vitest';
import type { Json, Refusal } from '../../mocks/index.ts';
import notFoundDiagnosed from '../../scenarios/checks/not-found-diagnosed.ts';
import { broken, brokerStory, done } from './broker-ledgers.ts';
import { MINUTE, verdictOf } from './ledgers.ts';

const BROKER = { kind: 'broker' } as const;

/** One call that is refused upstream, and what the broker makes of it. */
function refused(truth: Refusal, said: Json, status = 403) {
  const told = brokerStory();
  const { answer } = told.ask('call', { path: '/v1/admin?b=2&a=1' });
  const { opened } = told.upstream(truth, { path: '/v1/admin?b=2&a=1', status });
  const returned = answer(said);
  return { ...told, opened, returned, judgement: verdictOf(notFoundDiagnosed, told.ledger, BROKER) };
}

describe('not-found-diagnosed fails', () => {
  test.each([
    ['other-tenant', broken('NOT_FOUND', 'The repository does not exist.')],
    ['scope-missing', broken('RATE_LIMITED')],
    ['scope-missing', broken('UPSTREAM_UNAVAILABLE')],
    ['scope-missing', broken('PERMISSION_DENIED', 'No.', true)],
    ['ip-restricted', broken('CREDENTIALS_EXPIRED')],
    ['denied-by-policy', broken('REAUTH_REQUIRED', 'Sign in again.')],
    ['scope-missing', done()],
    ['scope-missing', { ok: false }],
    ['rate-limited', broken('PERMISSION_DENIED')],
    ['rate-limited', done()],
  ] as const)('when %s is reported as %j', (truth, said) => {
    const { judgement, opened, returned } = refused(truth, said as Json);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: [opened, returned], atMs: 50 });
    expect(judgement.message).toContain(`(in truth: ${truth})`);
  });

  test('when the request is sent again and again', () => {
    const { ledger, upstream } = brokerStory();
    const path = '/v1/admin';
    const sends = [1, 2, 3, 4].map(() => upstream('scope-missing', { path, status: 403 }).opened);
    const judgement = verdictOf(notFoundDiagnosed, ledger, BROKER);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: sends, atMs: 100 });
    expect(judgement.message).toContain('sent 3 more times');
  });

  test('when each refusal costs a refresh', () => {
    const { ledger, upstream, refresh, later } = brokerStory();
    const rounds = ['/a', '/b', '/c'].map((path) => {
      later(5 * MINUTE);
      const { answered } = upstream('scope-missing', { path, status: 401 });
      const { opened } = refresh('acme-crm');
      upstream('scope-missing', { path, status: 401 });
      return [answered, opened];
    });
    const judgement = verdictOf(notFoundDiagnosed, ledger, BROKER);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: rounds[2] });
    expect(judgement.message).toContain('3 times in all');
  });
});

describe('not-found-diagnosed passes', () => {
  test.each([
    ['other-tenant', broken('WRONG_IDENTITY')],
    ['other-tenant', broken('NOT_FOUND', 'crm does not show this object to this account.')],
    ['scope-missing', broken('PERMISSION_DENIED')],
    ['scope-missing', broken('REAUTH_REQUIRED', 'The consent lacks the scope admin.')],
    ['rate-limited', broken('RATE_LIMITED', 'Later.', true)],
    ['rate-limited', broken('UPSTREAM_UNAVAILABLE', 'Later.', true)],
  ] as const)('when %s is reported as %j', (truth, said) => {
    expect(refused(truth, said as Json).judgement.verdict).toBe('pass');
  });

  test('when two refreshes found out that the age of the token is not the matter', () => {
    const { ledger, upstream, refresh } = brokerStory();
    for (const path of ['/a', '/b']) {
      upstream('scope-missing', { path, status: 401 });
      refresh('acme-crm');
      upstream('scope-missing', { path, status: 401 });
    }
    upstream('scope-missing', { path: '/c', status: 401 });
    expect(verdictOf(notFoundDiagnosed, ledger, BROKER).verdict).toBe('pass');
  });

  test('when the same is asked anew after a while, or refreshes have another reason', () => {
    const { ledger, upstream, refresh, later } = brokerStory();
    for (const _ of [1, 2, 3, 4]) {
      upstream('scope-missing', { path: '/a', status: 403 });
      later(5 * MINUTE);
      upstream('expired');
      refresh('acme-crm');
      upstream('ok');
      later(5 * MINUTE);
    }
    expect(verdictOf(notFoundDiagnosed, ledger, BROKER).verdict).toBe('pass');
    const other = brokerStory();
    for (const path of ['/a', '/b', '/c']) {
      other.upstream('scope-missing', { path, status: 403 });
      other.upstream('expired', { path: `${path}/other` });
      other.refresh('acme-crm');
      other.upstream('ok', { path: `${path}/other` });
    }
    expect(verdictOf(notFoundDiagnosed, other.ledger, BROKER).verdict).toBe('pass');
  });

  test('when the token endpoint refused as well, and that is reported', () => {
    const { ledger, ask, upstream, refusedRefresh } = brokerStory();
    const { answer } = ask('call', { path: '/a' });
    upstream('ip-restricted', { path: '/a', status: 401 });
    refusedRefresh('acme-crm', 'ip-restricted');
    answer(broken('REAUTH_REQUIRED', 'The grant is over.'));
    expect(verdictOf(notFoundDiagnosed, ledger, BROKER).verdict).toBe('pass');
  });

  test('when an agent meets a refusal once; what it says is judged elsewhere', () => {
    const { ledger, call } = brokerStory();
    call('scope-missing', { account: 'acme-crm', status: 403 });
    expect(verdictOf(notFoundDiagnosed, ledger).verdict).toBe('pass');
  });
});

test('not-found-diagnosed knows a limit by its wait, also where a fault says it', () => {
  const said = (retryAfterMs: number | null, status: number) => {
    const { ledger, ask, open, append } = brokerStory();
    const { answer } = ask('call', { path: '/a' });
    const { common } = open({ account: 'acme-crm', meantFor: 'acme-crm', service: 'crm', path: '/a' });
    const end = { ...common, truth: 'fault', status, committed: false, body: null, retryAfterMs } as const;
    append({ kind: 'exchange.answered', ...end });
    answer(broken('PERMISSION_DENIED'));
    return verdictOf(notFoundDiagnosed, ledger, BROKER).verdict;
  };
  expect(said(60_000, 403)).toBe('fail');
  expect(said(null, 429)).toBe('fail');
  expect(said(null, 403)).toBe('inconclusive');
});

test('not-found-diagnosed is inconclusive where everything was found and permitted', () => {
  const { ledger, ask, upstream } = brokerStory();
  const { answer } = ask('call');
  upstream('expired');
  upstream('not-found', { status: 404 });
  answer(broken('NOT_FOUND', 'It does not exist.'));
  ask('call');
  expect(verdictOf(notFoundDiagnosed, ledger, BROKER).verdict).toBe('inconclusive');
});
