// What trouble at the token endpoint is taken for.

import { describe, expect, test } from 'vitest';
import type { Json } from '../../mocks/index.ts';
import transientNotTerminal from '../../scenarios/checks/transient-not-terminal.ts';
import { CRM, grantStory, OTHER } from './grant-ledgers.ts';
import { HOUR, MINUTE, verdictOf } from './ledgers.ts';

describe('transient-not-terminal fails', () => {
  test.each(['fault', 'rate-limited', 'unavailable', 'wrong-secret', 'unknown-client'] as const)(
    'when %s makes it ask for a new consent',
    (truth) => {
      const { ledger, refusedRefresh, signal } = grantStory();
      const trouble = refusedRefresh(CRM, truth);
      const asked = signal('reauth_required');
      expect(verdictOf(transientNotTerminal, ledger)).toMatchObject({
        verdict: 'fail',
        evidence: [trouble.answered, asked],
      });
    },
  );

  test('when a call is told that it needs a new consent', () => {
    const { ledger, refusedRefresh, ask } = grantStory();
    const trouble = refusedRefresh(CRM, 'fault');
    const call = ask(CRM, 'REAUTH_REQUIRED');
    expect(verdictOf(transientNotTerminal, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [trouble.answered, call.returned],
    });
  });

  test('when an answer that never came is never asked for again', () => {
    const { ledger, open, lose, later, ask } = grantStory();
    lose(open({ account: CRM, endpoint: 'token', method: 'POST', token: `${CRM}/rt-1` }), 'fault');
    later(10 * MINUTE);
    ask(CRM, 'UPSTREAM_UNAVAILABLE');
    expect(verdictOf(transientNotTerminal, ledger).message).toContain('never refreshed again');
  });

  test('when it hammers at the endpoint', () => {
    const { ledger, refusedRefresh, later } = grantStory();
    for (let times = 0; times < 7; times++) {
      refusedRefresh(CRM, 'unavailable');
      later(500);
    }
    expect(verdictOf(transientNotTerminal, ledger).message).toContain('asked 7 times');
  });
});

describe('transient-not-terminal passes', () => {
  test('when it is tried again, and calls were told to come later', () => {
    const { ledger, refusedRefresh, refresh, ask, later } = grantStory();
    refusedRefresh(CRM, 'rate-limited');
    ask(CRM, 'UPSTREAM_UNAVAILABLE');
    later(MINUTE);
    refresh(CRM);
    expect(verdictOf(transientNotTerminal, ledger).verdict).toBe('pass');
  });

  test('when the grant is truly refused after the trouble', () => {
    const { ledger, refusedRefresh, signal, ask } = grantStory();
    refusedRefresh(CRM, 'fault');
    refusedRefresh(CRM, 'revoked-by-user');
    signal('reauth_required');
    ask(CRM, 'REAUTH_REQUIRED');
    expect(verdictOf(transientNotTerminal, ledger).verdict).toBe('pass');
  });

  test('when a fault speaks the service’s own words: nobody could know better', () => {
    const { ledger, open, answer, refusedRefresh, signal } = grantStory();
    refusedRefresh(CRM, 'fault');
    answer(open({ account: CRM, endpoint: 'token', method: 'POST', token: `${CRM}/rt-1` }), 'fault', {
      status: 400,
      answer: { error: 'invalid_grant' },
    });
    signal('reauth_required');
    expect(verdictOf(transientNotTerminal, ledger).verdict).toBe('pass');
  });
});

/** A refresh of one account that finds the endpoint down. */
function troubled() {
  const story = grantStory();
  story.at(HOUR);
  const { answered } = story.refusedRefresh(CRM, 'unavailable');
  return { ...story, trouble: answered };
}

describe('transient-not-terminal blames a word for the end', () => {
  test.each([
    ['of another account', 'pass', (told: Troubled) => told.signal('reauth_required', OTHER)],
    ['of success', 'pass', (told: Troubled) => told.signal('reauth_succeeded')],
    ['in an answer for another account', 'pass', (told: Troubled) => told.ask(OTHER, 'REAUTH_REQUIRED')],
    ['of another sort in an answer', 'pass', (told: Troubled) => told.ask(CRM, 'UPSTREAM_UNAVAILABLE')],
    ['of its own', 'fail', (told: Troubled) => told.signal('reauth_required')],
  ])('%s: %s', (_what, verdict, say) => {
    const told = troubled();
    say(told);
    expect(verdictOf(transientNotTerminal, told.ledger).verdict).toBe(verdict);
  });

  test.each([
    ['another account was refused for good', 'fail', (told: Troubled) => told.refusedRefresh(OTHER, 'idle')],
    ['the service told of another account', 'fail', (told: Troubled) => told.message(OTHER)],
    ['the service told of it', 'pass', (told: Troubled) => told.message(CRM)],
    [
      'a call was refused for its scope',
      'pass',
      (told: Troubled) => told.call('scope-missing', { account: CRM }),
    ],
    ['a call was refused for its age', 'fail', (told: Troubled) => told.call('expired', { account: CRM })],
    ['a call went well', 'fail', (told: Troubled) => told.call('ok', { account: CRM })],
    [
      'a refresh that is still open',
      'fail',
      (told: Troubled) => told.open({ account: CRM, endpoint: 'token', method: 'POST' }),
    ],
    ['a fault spoke of another account', 'fail', (told: Troubled) => lie(told, { account: OTHER })],
    ['a fault spoke of an outage', 'fail', (told: Troubled) => lie(told, { answer: { error: 'down' } })],
    ['a fault was a page', 'fail', (told: Troubled) => lie(told, { answer: 'invalid_grant' })],
    ['a fault had the status of an outage', 'fail', (told: Troubled) => lie(told, { status: 500 })],
    ['a fault was one of the service’s own words', 'pass', (told: Troubled) => lie(told, {})],
  ])('after %s: %s', (_what, verdict, happen) => {
    const told = troubled();
    happen(told);
    told.signal('reauth_required');
    expect(verdictOf(transientNotTerminal, told.ledger).verdict).toBe(verdict);
  });

  test('but not one that came before all trouble', () => {
    const { ledger, signal, refusedRefresh } = grantStory();
    signal('reauth_required');
    refusedRefresh(CRM, 'unavailable');
    expect(verdictOf(transientNotTerminal, ledger).verdict).toBe('pass');
  });

  test('and cites the trouble that came last before it', () => {
    const told = troubled();
    const last = told.refusedRefresh(CRM, 'wrong-secret').answered;
    const word = told.signal('reauth_required');
    told.refusedRefresh(CRM, 'unavailable');
    expect(verdictOf(transientNotTerminal, told.ledger)).toMatchObject({ evidence: [last, word] });
  });
});

/** A fault at the token endpoint that speaks the service’s own words, but for what is said. */
function lie(told: Troubled, words: { account?: string; status?: number; answer?: Json }) {
  const { account = CRM, ...rest } = words;
  const pending = told.open({ account, endpoint: 'token', method: 'POST', token: `${account}/rt-1` });
  told.answer(pending, 'fault', { status: 400, answer: { error: 'invalid_grant' }, ...rest });
}

describe('transient-not-terminal takes a refresh for given up', () => {
  const failsLater = (told: ReturnType<typeof grantStory>, ms = 2 * MINUTE, id = CRM) => {
    told.later(ms);
    return told.ask(id, 'UPSTREAM_UNAVAILABLE').sent;
  };

  test('once a call two minutes later fails', () => {
    const told = troubled();
    const sent = failsLater(told);
    expect(verdictOf(transientNotTerminal, told.ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [told.trouble, sent],
      atMs: HOUR + 50 + 2 * MINUTE,
    });
  });

  test('once, also where two were in trouble at once', () => {
    const told = grantStory();
    const [one, other] = [told.slowRefresh(CRM), told.slowRefresh(CRM)];
    told.answer(one, 'unavailable', { status: 503 });
    const last = told.answer(other, 'unavailable', { status: 503 });
    const sent = failsLater(told);
    expect(verdictOf(transientNotTerminal, told.ledger)).toMatchObject({ evidence: [last, sent] });
  });

  test.each([
    ['the call came earlier', (told: Troubled) => failsLater(told, 2 * MINUTE - 1)],
    ['it was another account’s call', (told: Troubled) => failsLater(told, 2 * MINUTE, OTHER)],
    [
      'the call went well',
      (told: Troubled) => {
        told.later(2 * MINUTE);
        told.ask();
      },
    ],
    [
      'the call was never answered',
      (told: Troubled) => {
        told.later(2 * MINUTE);
        told.question();
      },
    ],
    [
      'it was tried again, and refused',
      (told: Troubled) => {
        told.refusedRefresh(CRM, 'idle');
        failsLater(told);
      },
    ],
  ])('but not where %s', (_what, happen) => {
    const told = troubled();
    happen(told);
    expect(verdictOf(transientNotTerminal, told.ledger).verdict).toBe('pass');
  });

  test('also where another account’s was tried again', () => {
    const told = troubled();
    told.refresh(OTHER);
    failsLater(told);
    expect(verdictOf(transientNotTerminal, told.ledger).verdict).toBe('fail');
  });

  // Of two at the same time the one that went well counts when it was answered last.
  test.each([
    [['trouble', 'success'], 'pass'],
    [['trouble', 'refusal'], 'fail'],
    [['success', 'trouble'], 'fail'],
  ] as const)('of two at once, answered by %j: %s', (answers, verdict) => {
    const told = grantStory();
    told.at(HOUR);
    const [one, other] = [told.slowRefresh(CRM), told.slowRefresh(CRM)];
    const give = {
      trouble: () => told.answer(one, 'unavailable', { status: 503 }),
      success: () => other.finish(),
      refusal: () => told.answer(other, 'wrong-client', { status: 400 }),
    };
    for (const each of answers) give[each]();
    told.later(2 * MINUTE);
    told.ask(CRM, 'UPSTREAM_UNAVAILABLE');
    expect(verdictOf(transientNotTerminal, told.ledger).verdict).toBe(verdict);
  });
});

describe('transient-not-terminal takes seven attempts for hammering', () => {
  test.each([
    [10_000, 'fail'],
    [10_001, 'pass'],
  ])('within %s ms: %s', (ms, verdict) => {
    const { ledger, refusedRefresh, at } = grantStory();
    const opened = [0, 1000, 2000, 3000, 4000, 5000, ms].map((afterMs) => {
      at(HOUR + afterMs);
      return refusedRefresh(CRM, 'unavailable').opened;
    });
    const judgement = verdictOf(transientNotTerminal, ledger);
    expect(judgement.verdict).toBe(verdict);
    if (verdict === 'fail') expect(judgement).toMatchObject({ evidence: [opened[0], opened[6]] });
  });

  test('of one account, not of two', () => {
    const { ledger, refusedRefresh } = grantStory();
    for (const id of [CRM, OTHER, CRM, OTHER, CRM, OTHER, CRM, OTHER]) refusedRefresh(id, 'unavailable');
    expect(verdictOf(transientNotTerminal, ledger).verdict).toBe('pass');
  });
});

type Troubled = ReturnType<typeof troubled>;

test('transient-not-terminal sees no trouble in a refresh whose answer is still to come', () => {
  const { ledger, slowRefresh } = grantStory();
  slowRefresh(CRM);
  expect(verdictOf(transientNotTerminal, ledger).verdict).toBe('inconclusive');
});

test('transient-not-terminal is inconclusive where there was no trouble', () => {
  const { ledger, refresh, refusedRefresh } = grantStory();
  refresh(CRM);
  refusedRefresh(CRM, 'revoked-by-user');
  expect(verdictOf(transientNotTerminal, ledger).verdict).toBe('inconclusive');
});

describe('an agent that met trouble', () => {
  /** Its token is over after half an hour, and what its healthy twin wrote then is missing. */
  function losesWork(truth: Parameters<ReturnType<typeof grantStory>['refusedRefresh']>[1], rowAtMs: number) {
    const told = grantStory();
    told.at(HOUR);
    told.expire(`${CRM}/at-1`);
    const trouble = told.refusedRefresh(CRM, truth);
    const healthy = grantStory();
    healthy.at(rowAtMs);
    const pending = healthy.open({ account: CRM, method: 'POST' });
    const common = { party: 'agent', service: 'crm', account: CRM, place: 'Report' };
    healthy.append({ kind: 'sink', ...common, exchange: pending.common.exchange, cells: { id: '7001' } });
    told.at(2 * HOUR);
    const claimed = told.claim({ status: 'partial', skipped: [{ account: CRM, reason: 'no answer' }] });
    const more = { twin: healthy.ledger, kind: 'agent' } as const;
    return { trouble, claimed, judgement: verdictOf(transientNotTerminal, told.ledger, more) };
  }

  test('must not give the account up without another attempt', () => {
    const { judgement, trouble, claimed } = losesWork('unavailable', HOUR + 2 * MINUTE + 50);
    expect(judgement).toMatchObject({
      verdict: 'fail',
      evidence: [trouble.answered, claimed],
      atMs: HOUR + 2 * MINUTE + 50,
    });
    expect(judgement.message).toContain('never refreshed again: the run goes without it');
  });

  test('may lose what came right after it', () => {
    expect(losesWork('unavailable', HOUR + 2 * MINUTE + 49).judgement.verdict).toBe('pass');
  });

  test.each(['wrong-secret', 'unknown-client'] as const)('may leave %s to its operator', (truth) => {
    expect(losesWork(truth, HOUR + 3 * MINUTE).judgement.verdict).toBe('pass');
  });

  test('must not ask for a new consent in its claim', () => {
    const { ledger, refusedRefresh, claim } = grantStory();
    const trouble = refusedRefresh(CRM, 'wrong-secret');
    const claimed = claim({ status: 'paused', reauth: [{ account: CRM, reason: 'invalid_client' }] });
    expect(verdictOf(transientNotTerminal, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [trouble.answered, claimed],
    });
  });
});

test.each(['wrong-secret', 'unknown-client', 'unavailable'] as const)(
  'a broker must try again after %s',
  (truth) => {
    const { ledger, refusedRefresh, later, ask } = grantStory();
    refusedRefresh(CRM, truth);
    later(3 * MINUTE);
    ask(CRM, 'UPSTREAM_UNAVAILABLE');
    expect(verdictOf(transientNotTerminal, ledger, { kind: 'broker' }).verdict).toBe('fail');
  },
);
