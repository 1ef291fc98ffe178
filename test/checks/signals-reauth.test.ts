// Who is told of the end of a grant, when, and how often.

import { describe, expect, test } from 'vitest';
import signalsReauth from '../../scenarios/checks/signals-reauth.ts';
import { CRM, grantStory, OTHER } from './grant-ledgers.ts';
import { HOUR, MINUTE, verdictOf } from './ledgers.ts';

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

/** The service ends a grant, and tells of it; the number is that of what it sent. */
function ends(told: ReturnType<typeof grantStory>, more?: Parameters<typeof told.message>[1]) {
  told.revoke(`${CRM}/rt-1`, 'revoked-by-user');
  return told.message(CRM, more);
}

/** As it should be told, a while after the grant was refused. */
const dueTold = (told: ReturnType<typeof refused>) => {
  const first = told.signal('reauth_required');
  told.later(MINUTE);
  return first;
};

describe('signals-reauth cites', () => {
  test('the refusal, and the word that was one too many', () => {
    const { ledger, signal, end } = refused();
    signal('reauth_required');
    const second = signal('reauth_required', CRM, { reason: 'revoked' });
    const judgement = verdictOf(signalsReauth, ledger);
    expect(judgement).toMatchObject({ evidence: [end.answered, second], atMs: 50 });
    expect(judgement.message).toContain(`The grant of ${CRM} was refused for good at `);
  });

  test('a word that came for another account than the one that was refused', () => {
    const told = refused();
    dueTold(told);
    const other = told.signal('reauth_required', OTHER);
    expect(verdictOf(signalsReauth, told.ledger)).toMatchObject({ verdict: 'fail', evidence: [other] });
  });

  test('a word that came before the refusal, and was told at no other time', () => {
    const told = grantStory();
    const early = told.signal('reauth_required');
    ends(told, { status: null });
    const { answered } = told.refusedRefresh(CRM, 'revoked-by-user');
    expect(verdictOf(signalsReauth, told.ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [early, answered],
    });
  });

  test('the consent, and the words that welcomed it too often', () => {
    const told = refused();
    dueTold(told);
    told.connect();
    const words = ['one', 'another'].map((by) => told.signal('reauth_succeeded', CRM, { by }));
    const judgement = verdictOf(signalsReauth, told.ledger);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: [expect.any(Number), ...words] });
    expect(judgement.message).toContain('it was told 2 times');
  });
});

describe('signals-reauth takes for the word that is due', () => {
  test.each([
    [5000, 'pass'],
    [5001, 'fail'],
  ])('one that comes after %s ms', (ms, verdict) => {
    const { ledger, signal, later } = refused();
    later(ms);
    signal('reauth_required');
    expect(verdictOf(signalsReauth, ledger).verdict).toBe(verdict);
  });

  test.each([
    [50_000, 'pass'],
    [50_001, 'fail'],
  ])('one that comes after %s ms where time is compressed ten times', (ms, verdict) => {
    const { ledger, signal, later } = refused();
    later(ms);
    signal('reauth_required');
    const world = { ...ledger.world, mode: 'compressed', timeFactor: 10 } as const;
    expect(verdictOf(signalsReauth, { ...ledger, entries: ledger.entries, world }).verdict).toBe(verdict);
  });

  test('no word of success', () => {
    const { ledger, signal } = refused();
    signal('reauth_succeeded');
    expect(verdictOf(signalsReauth, ledger).message).toContain('nobody was told');
  });

  test.each([
    ['capped', 'expired', 'pass'],
    ['idle', 'expired', 'pass'],
    ['idle', 'unknown', 'pass'],
    ['capped', 'revoked', 'fail'],
    ['revoked-by-admin', 'revoked', 'pass'],
    ['revoked-by-admin', 'invalid_client', 'fail'],
  ] as const)(
    'of a grant that was refused as %s one that gives %s as reason: %s',
    (truth, reason, verdict) => {
      const { ledger, signal, refusedRefresh } = grantStory();
      refusedRefresh(CRM, truth);
      signal('reauth_required', CRM, { reason });
      expect(verdictOf(signalsReauth, ledger).verdict).toBe(verdict);
    },
  );

  test('one for a client that was deleted, which ends every grant', () => {
    const { ledger, signal } = refused('client-deleted');
    signal('reauth_required');
    expect(verdictOf(signalsReauth, ledger).verdict).toBe('pass');
  });
});

describe('signals-reauth lets requests be sent', () => {
  test.each([
    ['for another account', OTHER, 100, 'before'],
    ['at the moment of the refusal', CRM, 0, 'before'],
    ['after the word', CRM, 100, 'after'],
  ])('%s', (_when, account, ms, place) => {
    const { ledger, signal, later, call } = refused();
    if (place === 'after') signal('reauth_required');
    later(ms);
    call('ok', { account });
    if (place === 'before') signal('reauth_required');
    expect(verdictOf(signalsReauth, ledger).verdict).toBe('pass');
  });
});

describe('a new consent', () => {
  test('is to be welcomed also where no grant had ended', () => {
    const { ledger, connect } = grantStory();
    connect();
    connect();
    expect(verdictOf(signalsReauth, ledger).message).toContain('nobody was told');
  });

  test.each([
    ['in time', 'pass', (told: ReturnType<typeof refused>) => told.later(5000)],
    ['too late', 'fail', (told: ReturnType<typeof refused>) => told.later(5001)],
  ])('is welcomed %s', (_when, verdict, wait) => {
    const told = refused();
    dueTold(told);
    told.connect();
    wait(told);
    told.signal('reauth_succeeded');
    expect(verdictOf(signalsReauth, told.ledger).verdict).toBe(verdict);
  });

  test.each([
    ['before it', 'reauth_succeeded', CRM, 'before'],
    ['for another account', 'reauth_succeeded', OTHER, 'after'],
    ['as needed again', 'reauth_required', CRM, 'after'],
  ])('is not welcomed by a word %s', (_what, type, account, place) => {
    const told = refused();
    dueTold(told);
    if (place === 'before') told.signal(type, account);
    told.connect();
    if (place === 'after') told.signal(type, account);
    expect(verdictOf(signalsReauth, told.ledger).message).toContain('nobody was told');
  });
});

describe('a service’s own message', () => {
  function told(more: { status?: number | null; forged?: true } = {}) {
    const story = grantStory();
    return { ...story, sent: ends(story, more) };
  }

  test('obliges whoever takes it', () => {
    const deaf = told();
    expect(verdictOf(signalsReauth, deaf.ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [deaf.sent],
    });
    expect(verdictOf(signalsReauth, deaf.ledger).message).toContain('crm’s own message');
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
    const act = (account: string) =>
      ({ kind: 'act', party: 'world', act: 'revoke', service: 'crm', account }) as const;
    const { ledger, append, later, refusedRefresh, signal } = grantStory();
    append(act(CRM));
    later(MINUTE);
    append(act(OTHER));
    refusedRefresh(CRM, 'revoked-by-user');
    later(1000);
    append(act(CRM));
    signal('reauth_required');
    expect(verdictOf(signalsReauth, ledger).message).toContain(
      'was known: crm 1m50ms after it (by a refusal).',
    );
  });

  test('says that the end was told, where it was', () => {
    const told = grantStory();
    const { ledger, append, later, signal } = told;
    append({ kind: 'act', party: 'world', act: 'revoke', service: 'crm', account: CRM });
    later(1000);
    ends(told);
    signal('reauth_required');
    expect(verdictOf(signalsReauth, ledger).message).toContain('crm 1s after it (told by the service)');
  });

  test('says nothing of the time where nobody had ended it', () => {
    const { ledger, signal } = refused();
    signal('reauth_required');
    expect(verdictOf(signalsReauth, ledger).message).not.toContain('was known');
  });
});

describe('an agent tells the end', () => {
  const REAUTH = { status: 'paused', reauth: [{ account: CRM, reason: 'invalid_grant' }] } as const;

  test('by its claim alone, however late', () => {
    const { ledger, later, claim } = refused();
    later(HOUR);
    claim(REAUTH);
    expect(verdictOf(signalsReauth, ledger).verdict).toBe('pass');
  });

  test('not by a claim that comes before it, names another account, or speaks of skipped work only', () => {
    const before = grantStory();
    before.claim(REAUTH);
    before.refusedRefresh(CRM, 'revoked-by-user');
    const other = refused();
    other.claim({ ...REAUTH, reauth: [{ account: OTHER, reason: 'invalid_grant' }] });
    const skipped = refused();
    skipped.claim({ status: 'partial', skipped: [{ account: CRM, reason: 'invalid_grant' }] });
    for (const { ledger } of [before, other, skipped])
      expect(verdictOf(signalsReauth, ledger).message).toContain('nobody was told');
  });

  test('not by a claim after the next grant began', () => {
    const { ledger, later, consent, claim } = consented();
    later(MINUTE);
    consent();
    claim(REAUTH);
    expect(verdictOf(signalsReauth, ledger).message).toContain('nobody was told');
  });

  test('not by a claim once it has sent another request', () => {
    const { ledger, end, later, call, claim } = refused();
    later(100);
    const sent = call('revoked-by-user', { account: CRM });
    claim(REAUTH);
    const judgement = verdictOf(signalsReauth, ledger);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: [end.answered, sent.opened] });
    expect(judgement.message).toContain('another request');
  });

  test('by an event that is as good as any, whatever its claim says besides', () => {
    const { ledger, later, signal, claim } = refused();
    later(6000);
    signal('reauth_required');
    claim(REAUTH);
    expect(verdictOf(signalsReauth, ledger).message).toContain('only');
  });

  test('of each of its grants, and owes no word of the next one', () => {
    const { ledger, signal, later, consent, refusedRefresh } = consented();
    signal('reauth_required');
    later(MINUTE);
    consent();
    expect(verdictOf(signalsReauth, ledger).verdict).toBe('pass');
    refusedRefresh(CRM, 'revoked-by-user', `${CRM}/rt-2`);
    expect(verdictOf(signalsReauth, ledger).message).toContain('nobody was told');
  });

  // Nobody connects an agent: it finds the tokens of the new consent when it is started again.
  function consented() {
    const story = grantStory();
    story.refusedRefresh(CRM, 'revoked-by-user');
    const consent = () => {
      const { common } = story.open({ account: null, token: null, endpoint: 'token', method: 'POST' });
      story.mint(CRM, 'access', 30 * MINUTE, common.exchange);
      story.mint(CRM, 'refresh', null, common.exchange);
    };
    return { ...story, consent };
  }
});

describe('signals-reauth passes', () => {
  test('when a user is asked because the service spoke of an invalid grant, whatever it meant', () => {
    const { ledger, signal, open, answer } = grantStory();
    answer(open({ account: CRM, endpoint: 'token', method: 'POST', token: `${CRM}/rt-1` }), 'ip-restricted', {
      status: 400,
      answer: { error: 'invalid_grant' },
    });
    signal('reauth_required');
    expect(verdictOf(signalsReauth, ledger).verdict).toBe('pass');
  });

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
    const told = grantStory();
    const { ledger, signal, refusedRefresh } = told;
    ends(told, { status: null });
    signal('reauth_required');
    refusedRefresh(CRM, 'revoked-by-user');
    expect(verdictOf(signalsReauth, ledger).verdict).toBe('pass');
  });
});

// Nothing ended and nobody was told: there is nothing to judge.
function refusedNothing(ledger: Parameters<typeof verdictOf>[1]) {
  expect(verdictOf(signalsReauth, ledger).verdict).toBe('inconclusive');
}

test.each([
  ['hello'],
  [null],
  [{ type: 'progress', account: CRM }],
  [{ type: 'reauth_required' }],
  [{ type: 'reauth_required', account: 7 }],
])('signals-reauth takes %j for no signal', (event) => {
  const { ledger, append } = grantStory();
  append({ kind: 'event.received', party: 'broker-0', event, via: 'http' });
  refusedNothing(ledger);
});

test('signals-reauth takes the same words for another signal a minute later', () => {
  const { ledger, signal, later } = refused();
  signal('reauth_required');
  later(MINUTE);
  signal('reauth_required');
  expect(verdictOf(signalsReauth, ledger).verdict).toBe('fail');
});

test('signals-reauth is inconclusive where no grant ended', () => {
  const { ledger, refresh, connect } = grantStory();
  connect();
  refresh(CRM);
  refusedNothing(ledger);
});
