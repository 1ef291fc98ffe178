// The checks of challenge 53 for agents and brokers: what is told of a failed credential, over ledgers by hand.

import { describe, expect, test } from 'vitest';
import type { Check, SubjectKind } from '../../harness/check.ts';
import type { ErrorObject } from '../../harness/entry.ts';
import type { Ledger } from '../../harness/ledger.ts';
import { rubric53Of } from '../../harness/rubric/rubric.ts';
import type { Json, Refusal } from '../../mocks/index.ts';
import deniedNotExpired from '../../scenarios/checks/denied-not-expired.ts';
import exitCodes from '../../scenarios/checks/exit-codes.ts';
import expiredAtTrue from '../../scenarios/checks/expired-at-true.ts';
import expiryToldApart from '../../scenarios/checks/expiry-told-apart.ts';
import reauthWorks from '../../scenarios/checks/reauth-works.ts';
import { brokerStory, done } from './broker-ledgers.ts';
import { MINUTE, story, verdictOf } from './ledgers.ts';

const END = '2026-03-02T22:15:00.000Z';
const CHECKS: readonly Check[] = [expiryToldApart, expiredAtTrue, reauthWorks, exitCodes, deniedNotExpired];

const EXPIRED: ErrorObject = {
  code: 'CREDENTIALS_EXPIRED',
  message: `The token expired at ${END}.`,
  expired: true,
  expired_at: END,
  retryable: true,
};
const DENIED: ErrorObject = { code: 'PERMISSION_DENIED', message: 'Not allowed.', retryable: false };

const verdicts = (kind: SubjectKind, ledger: Ledger) =>
  Object.fromEntries(
    CHECKS.filter(({ kinds }) => kinds.includes(kind)).map((check) => [
      check.id,
      verdictOf(check, ledger, { kind }).verdict,
    ]),
  );
const failing = (kind: SubjectKind, ledger: Ledger) =>
  Object.entries(verdicts(kind, ledger)).flatMap(([id, verdict]) => (verdict === 'fail' ? [id] : []));
const allIn = (found: Record<string, string>) => new Set(Object.values(found));
const NOTHING = new Set(['not-applicable']);

/** An agent whose call is refused in the end, and what it says of that. */
function agentRun(truth: Refusal, error: ErrorObject | null, exitCode: number) {
  const told = story();
  told.mint('acme-hubspot', 'access', 15 * MINUTE);
  told.at(20 * MINUTE);
  told.call(truth);
  told.append({ kind: 'process.exited', party: 'agent', code: exitCode, signal: null });
  told.claim({ status: 'failed', ...(error === null ? {} : { error }) });
  return told.ledger;
}

describe('an agent', () => {
  test('that tells the two apart passes, and has a score', () => {
    const expired = agentRun('expired', EXPIRED, 10);
    const denied = agentRun('denied-by-policy', DENIED, 8);
    expect(failing('agent', expired)).toEqual([]);
    expect(failing('agent', denied)).toEqual([]);
    expect(verdicts('agent', expired)['expiry-told-apart']).toBe('pass');
    expect(verdicts('agent', denied)['denied-not-expired']).toBe('pass');
    const rubric = rubric53Of('agent', [expired, denied]);
    expect(rubric?.conditions.filter(({ met }) => !met).map(({ id }) => id)).toEqual(['reauth-works']);
    expect(rubric).toMatchObject({ score: 1, distinguishable: 'by exit code' });
  });

  test.each<[string, Refusal, ErrorObject, number, readonly string[]]>([
    ['an expiry as a denial', 'expired', DENIED, 8, ['expiry-told-apart', 'expired-at-true', 'exit-codes']],
    ['a denial as an expiry', 'denied-by-policy', EXPIRED, 10, ['exit-codes', 'denied-not-expired']],
    ['a missing scope as an expiry', 'scope-missing', EXPIRED, 8, ['denied-not-expired']],
    [
      'another end',
      'expired',
      { ...EXPIRED, expired_at: '2026-03-02T22:15:02.001Z' },
      10,
      ['expired-at-true'],
    ],
    ['an expiry with another exit code', 'expired', EXPIRED, 1, ['exit-codes']],
    [
      'a denial that is worth a retry',
      'denied-by-policy',
      { ...DENIED, retryable: true },
      8,
      ['denied-not-expired'],
    ],
  ])('that tells %s', (_what, truth, error, exitCode, checks) => {
    expect(failing('agent', agentRun(truth, error, exitCode))).toEqual(checks);
  });

  test('may exit with 0 where its claim says the rest', () => {
    expect(verdicts('agent', agentRun('expired', EXPIRED, 0))['exit-codes']).toBe('not-applicable');
  });

  test('without an error object has told nothing', () => {
    expect(allIn(verdicts('agent', agentRun('expired', null, 1)))).toEqual(NOTHING);
    expect(rubric53Of('agent', [agentRun('expired', null, 1)])).toBeNull();
  });

  test('is not judged by what cannot be told: a grant that is over, a refresh in trouble, two causes at once', () => {
    expect(allIn(verdicts('agent', agentRun('revoked-by-user', DENIED, 8)))).toEqual(NOTHING);

    const trouble = story();
    trouble.mint('acme-hubspot', 'access', 15 * MINUTE);
    trouble.at(20 * MINUTE);
    trouble.call('expired');
    trouble.refusedRefresh('acme-hubspot', 'fault');
    trouble.claim({
      status: 'failed',
      error: { code: 'UPSTREAM_UNAVAILABLE', message: 'Later.', retryable: true },
    });
    expect(allIn(verdicts('agent', trouble.ledger))).toEqual(NOTHING);

    const two = story();
    two.call('expired');
    two.call('denied-by-policy', { account: 'acme-salesforce' });
    two.claim({ status: 'failed', error: DENIED });
    expect(allIn(verdicts('agent', two.ledger))).toEqual(NOTHING);
  });

  test.each([
    ['ok', 'pass'],
    ['unknown-token', 'fail'],
  ] as const)('whose consent URL was opened, and then the calls were %s', (truth, verdict) => {
    const told = story();
    told.call('revoked-by-user');
    const reauth = [
      { account: 'acme-hubspot', reason: 'revoked', reauth_url: 'http://hubspot/oauth/authorize' },
    ];
    told.claim({ status: 'paused', reauth });
    told.append({ kind: 'process.started', party: 'agent', resume: true });
    told.later(MINUTE);
    told.call(truth);
    expect(verdictOf(reauthWorks, told.ledger).verdict).toBe(verdict);
  });
});

/** A broker that was asked once, what the service said, and what it says. */
function brokerRun(truth: Refusal, error: Json, refresh: 'ok' | 'fault' | null = null) {
  const told = brokerStory();
  told.mint('acme-crm', 'access', 15 * MINUTE);
  told.at(20 * MINUTE);
  const asked = told.ask('call', { path: '/v1/items/item-1' });
  told.upstream(truth, { path: '/v1/items/item-1' });
  if (refresh === 'ok') told.refresh('acme-crm');
  if (refresh === 'fault') told.refusedRefresh('acme-crm', 'fault');
  asked.answer({ ok: false, error });
  return told.ledger;
}

describe('a broker', () => {
  const expiry = { ...EXPIRED } as Json;
  const denial = { ...DENIED } as Json;

  test('that tells the two apart passes, and has a score', () => {
    const runs = [brokerRun('expired', expiry), brokerRun('denied-by-policy', denial)];
    for (const run of runs) expect(failing('broker', run)).toEqual([]);
    const rubric = rubric53Of('broker', runs);
    expect(rubric?.conditions.filter(({ met }) => !met).map(({ id }) => id)).toEqual(['reauth-works']);
    expect(rubric?.example).toMatchObject({ error: { reauth_url: expect.any(String) } });
  });

  test('calls a denial a denial', () => {
    expect(failing('broker', brokerRun('scope-missing', expiry))).toEqual(['denied-not-expired']);
    expect(failing('broker', brokerRun('expired', denial))).toEqual(['expiry-told-apart', 'expired-at-true']);
  });

  test('has codes that are always the same', () => {
    const other = brokerRun('denied-by-policy', { code: 'FORBIDDEN', message: 'No.', retryable: false });
    const runs = [brokerRun('expired', expiry), brokerRun('denied-by-policy', denial), other];
    const found = rubric53Of('broker', runs)?.conditions.find(({ id }) => id === 'stable-codes');
    expect(found).toMatchObject({
      met: false,
      evidence: 'CREDENTIALS_EXPIRED on expiry, PERMISSION_DENIED, FORBIDDEN on denial',
    });
  });

  test('is not judged where its refresh was in trouble, or the grant was over', () => {
    const later = { code: 'UPSTREAM_UNAVAILABLE', message: 'Later.', retryable: true };
    expect(allIn(verdicts('broker', brokerRun('expired', later, 'fault')))).toEqual(NOTHING);
    const over = { code: 'REAUTH_REQUIRED', message: 'The grant is over.', retryable: false };
    expect(allIn(verdicts('broker', brokerRun('revoked-by-user', over)))).toEqual(NOTHING);
  });

  test.each([
    ['answered', done(), 'pass'],
    [
      'refused',
      { ok: false, error: { code: 'REAUTH_REQUIRED', message: 'Still.', retryable: false } },
      'fail',
    ],
  ] as const)('whose consent URL was opened, and then the calls were %s', (_how, result, verdict) => {
    const told = brokerStory();
    const over = { code: 'REAUTH_REQUIRED', message: 'It is over.', retryable: false };
    told.ask('call').answer({ ok: false, error: { ...over, reauth_url: 'http://crm/oauth/authorize' } });
    told.ask('connect').answer(null, 204);
    told.ask('call').answer(result);
    expect(verdictOf(reauthWorks, told.ledger, { kind: 'broker' }).verdict).toBe(verdict);
  });
});
