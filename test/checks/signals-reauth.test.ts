// Who is told of the end of a grant, when, and how often.

import { describe, expect, test } from 'vitest';
import signalsReauth from '../../scenarios/checks/signals-reauth.ts';
import { CRM, grantStory, OTHER } from './grant-ledgers.ts';
import { MINUTE, verdictOf } from './ledgers.ts';

function refused(truth: Parameters<ReturnType<typeof grantStory>['refusedRefresh']>[1] = 'revoked-by-user') {
  const story = grantStory();
  story.connect();
  const end = story.refusedRefresh(CRM, truth);
  return { ...story, end };
}

describe('signals-reauth fails', () => {
  test('when nobody is told', () => {
    const { ledger, end } = refused();
    expect(verdictOf(signalsReauth, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [end.answered],
      atMs: 50,
    });
  });

  test('when another account is named', () => {
    const { ledger, signal } = refused();
    signal('reauth_required', OTHER);
    expect(verdictOf(signalsReauth, ledger).message).toContain('nobody was told');
  });

  test('when it is told too late', () => {
    const { ledger, signal, later } = refused();
    later(6000);
    signal('reauth_required');
    expect(verdictOf(signalsReauth, ledger).message).toContain('only');
  });

  test('when it is told twice in other words, or again after a while', () => {
    const twice = refused();
    twice.signal('reauth_required');
    twice.signal('reauth_required', CRM, { reason: 'revoked' });
    expect(verdictOf(signalsReauth, twice.ledger).message).toContain('Once is enough');
    const again = refused();
    again.signal('reauth_required');
    again.later(5 * MINUTE);
    again.signal('reauth_required');
    expect(verdictOf(signalsReauth, again.ledger).verdict).toBe('fail');
  });

  test('when the service is missing, or the reason is a guess', () => {
    const nameless = refused();
    nameless.signal('reauth_required', CRM, { service: null });
    expect(verdictOf(signalsReauth, nameless.ledger).message).toContain('does not name its service');
    const guessed = refused();
    guessed.signal('reauth_required', CRM, { reason: 'expired' });
    expect(verdictOf(signalsReauth, guessed.ledger).message).toContain('"expired"');
    const idle = refused('idle');
    idle.signal('reauth_required', CRM, { reason: 'revoked' });
    expect(verdictOf(signalsReauth, idle.ledger).message).toContain('"revoked"');
  });

  test('when another request is sent first', () => {
    const { ledger, signal, later, call } = refused();
    later(100);
    call('revoked-by-user', { account: CRM });
    signal('reauth_required');
    expect(verdictOf(signalsReauth, ledger).message).toContain('another request');
  });

  test('when a user is asked for nothing', () => {
    const { ledger, refusedRefresh, signal } = grantStory();
    refusedRefresh(CRM, 'fault');
    signal('reauth_required');
    expect(verdictOf(signalsReauth, ledger).message).toContain('for nothing');
  });

  test('when a new consent is not welcomed', () => {
    const { ledger, signal, later, connect } = refused();
    signal('reauth_required');
    later(MINUTE);
    connect();
    expect(verdictOf(signalsReauth, ledger).message).toContain('reauth_succeeded');
  });
});

describe('a service’s own message', () => {
  function told(more: { status?: number | null; forged?: true } = {}) {
    const story = grantStory();
    const { status = 204, forged } = more;
    const { append } = story;
    const common = { party: 'world', delivery: 'w-1', service: 'crm', account: CRM } as const;
    const revoked = { party: 'world', service: 'crm', account: CRM, token: `${CRM}/rt-1`, exchange: null };
    append({ kind: 'token.revoked', ...revoked, truth: 'revoked-by-user' });
    const sent = append({ kind: 'webhook.sent', ...common, event: 'revoked', ...(forged ? { forged } : {}) });
    append({ kind: 'webhook.answered', ...common, status });
    return { ...story, sent };
  }

  test('obliges whoever takes it', () => {
    const deaf = told();
    expect(verdictOf(signalsReauth, deaf.ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [deaf.sent.seq],
    });
    const heard = told();
    heard.signal('reauth_required', CRM, { reason: 'revoked' });
    expect(verdictOf(signalsReauth, heard.ledger).verdict).toBe('pass');
  });

  test.each([[401], [501], [null]])('does not oblige whoever answers %s', (status) => {
    refusedNothing(told({ status }).ledger);
  });

  test('is no reason when it is forged', () => {
    const forged = told({ forged: true });
    refusedNothing(forged.ledger);
    forged.signal('reauth_required');
    expect(verdictOf(signalsReauth, forged.ledger).message).toContain('for nothing');
  });

  test('says in how much time the end was known', () => {
    const { ledger, append, later, refusedRefresh, signal } = grantStory();
    append({ kind: 'act', party: 'world', act: 'revoke', service: 'crm', account: CRM });
    later(MINUTE);
    refusedRefresh(CRM, 'revoked-by-user');
    signal('reauth_required');
    expect(verdictOf(signalsReauth, ledger).message).toContain('crm 1m50ms after it (by a refusal)');
  });
});

describe('signals-reauth passes', () => {
  test('when one signal is given at once, and one after the new consent', () => {
    const { ledger, signal, later, connect } = refused();
    signal('reauth_required', CRM, { reason: 'revoked' });
    later(MINUTE);
    connect();
    signal('reauth_succeeded');
    expect(verdictOf(signalsReauth, ledger).verdict).toBe('pass');
  });

  test('when the same words are repeated at once by a sender that was not sure', () => {
    const { ledger, signal, later } = refused();
    signal('reauth_required');
    later(1000);
    signal('reauth_required', CRM, { at: 'later' });
    expect(verdictOf(signalsReauth, ledger).verdict).toBe('pass');
  });

  test('when the refusal was a lost race that a later refresh contradicts', () => {
    const { ledger, refresh } = refused('rotated');
    refresh(CRM);
    refusedNothing(ledger);
  });

  test('when a service’s own message was passed on before the refusal', () => {
    const { ledger, append, signal, refusedRefresh } = grantStory();
    const common = { party: 'world', delivery: 'w-1', service: 'crm', account: CRM } as const;
    append({ kind: 'webhook.sent', ...common, event: 'revoked' });
    signal('reauth_required');
    refusedRefresh(CRM, 'revoked-by-user');
    expect(verdictOf(signalsReauth, ledger).verdict).toBe('pass');
  });
});

// Nothing ended and nobody was told: there is nothing to judge.
function refusedNothing(ledger: Parameters<typeof verdictOf>[1]) {
  expect(verdictOf(signalsReauth, ledger).verdict).toBe('inconclusive');
}

test('signals-reauth is inconclusive where no grant ended', () => {
  const { ledger, refresh, connect } = grantStory();
  connect();
  refresh(CRM);
  refusedNothing(ledger);
});
