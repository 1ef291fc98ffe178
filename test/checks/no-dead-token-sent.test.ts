// Tokens that are known to be dead are not worth a request.

import { describe, expect, test } from 'vitest';
import noDeadTokenSent from '../../scenarios/checks/no-dead-token-sent.ts';
import { HOUR, MINUTE, story, verdictOf } from './ledgers.ts';

const SESSION = { account: 'acme-salesforce' };

function stated() {
  const told = story();
  told.mint('acme-hubspot', 'access', 30 * MINUTE);
  return told;
}

/** A session of unstated length that lapsed at 01:00:00. */
function lapsed() {
  const told = story();
  told.mint('acme-salesforce', 'access', HOUR);
  told.at(HOUR);
  told.expire('acme-salesforce/at-1');
  told.later(2 * MINUTE);
  return told;
}

describe('no-dead-token-sent fails', () => {
  test('when a token goes out later than 1 s after its stated expiry', () => {
    const { ledger, at, call } = stated();
    at(30 * MINUTE + 1001);
    const sent = call('expired');
    expect(verdictOf(noDeadTokenSent, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [sent.opened],
      atMs: 30 * MINUTE + 1001,
    });
  });

  test('when a refused token is sent again', () => {
    const { ledger, call, later } = lapsed();
    const first = call('expired', SESSION);
    later(1000);
    const again = call('expired', SESSION);
    expect(verdictOf(noDeadTokenSent, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [first.answered, again.opened],
    });
  });

  test('when the refused request is repeated at once', () => {
    const { ledger, call } = lapsed();
    const first = call('expired', SESSION);
    const again = call('expired', SESSION);
    expect(verdictOf(noDeadTokenSent, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [first.answered, again.opened],
    });
  });
});

describe('no-dead-token-sent passes', () => {
  test('when the token dies in flight', () => {
    const { ledger, at, call, refresh } = stated();
    at(30 * MINUTE - 20);
    call('expired');
    refresh('acme-hubspot');
    call('ok', { token: 'acme-hubspot/at-2' });
    expect(verdictOf(noDeadTokenSent, ledger).verdict).toBe('pass');
  });

  test('when a service that states no lifetime refuses once per expiry', () => {
    const { ledger, call, refresh } = lapsed();
    call('expired', SESSION);
    refresh('acme-salesforce');
    call('ok', { ...SESSION, token: 'acme-salesforce/at-2' });
    expect(verdictOf(noDeadTokenSent, ledger).verdict).toBe('pass');
  });

  test('when several calls were on their way together', () => {
    const { ledger, open, answer, later, refresh } = lapsed();
    const pending = ['a', 'b', 'c'].map((route) => open({ ...SESSION, route }));
    for (const call of pending) {
      later(20);
      answer(call, 'expired');
    }
    refresh('acme-salesforce');
    expect(verdictOf(noDeadTokenSent, ledger).verdict).toBe('pass');
  });

  test('when a call starts while the refresh is under way', () => {
    const { ledger, call, open, answer, later } = lapsed();
    call('expired', SESSION);
    const exchange = open({ ...SESSION, endpoint: 'token', method: 'POST', token: 'acme-salesforce/rt-1' });
    later(10);
    call('expired', { ...SESSION, route: 'other' });
    answer(exchange, 'ok');
    expect(verdictOf(noDeadTokenSent, ledger).verdict).toBe('pass');
  });

  test('when activity kept a stated token alive', () => {
    const { ledger, at, call } = stated();
    at(40 * MINUTE);
    call('ok');
    expect(verdictOf(noDeadTokenSent, ledger).verdict).toBe('pass');
  });
});

describe('no-dead-token-sent', () => {
  test.each([
    ['passes to the end of that second', 30 * MINUTE + 1000, 'pass'],
    ['fails beyond it', 30 * MINUTE + 1001, 'fail'],
  ] as const)('%s', (_title, atMs, verdict) => {
    const { ledger, at, call } = stated();
    at(atMs);
    call('expired');
    expect(verdictOf(noDeadTokenSent, ledger).verdict).toBe(verdict);
  });

  test('takes a second of the subject’s clock for more where time is compressed', () => {
    const { ledger, mint, at, call } = story(undefined, { timeFactor: 60 });
    mint('acme-hubspot', 'access', 30 * MINUTE);
    at(31 * MINUTE);
    call('expired');
    expect(verdictOf(noDeadTokenSent, ledger).verdict).toBe('pass');
    at(31 * MINUTE + 1);
    call('expired', { path: '/other' });
    expect(verdictOf(noDeadTokenSent, ledger).verdict).toBe('fail');
  });

  test.each([
    ['lets an end be learned by a refusal where a life is too short to be told', 1.5 * MINUTE - 1, 'pass'],
    ['holds a subject to a second that it was told', 1.5 * MINUTE, 'fail'],
  ] as const)('%s', (_title, lifeMs, verdict) => {
    const { ledger, mint, at, call } = story(undefined, { timeFactor: 60 });
    mint('acme-hubspot', 'access', lifeMs);
    at(3 * MINUTE);
    call('expired');
    expect(verdictOf(noDeadTokenSent, ledger).verdict).toBe(verdict);
  });

  type Told = ReturnType<typeof lapsed>;
  const exchange = (told: Told) =>
    told.open({ ...SESSION, endpoint: 'token', method: 'POST', token: 'acme-salesforce/rt-1' });
  const ways: readonly (readonly [string, 'pass' | 'fail', (told: Told) => void])[] = [
    [
      'passes a call at the moment at which the refresh is done',
      'pass',
      (told) => {
        const pending = exchange(told);
        told.later(10);
        told.answer(pending, 'ok');
        told.call('expired', SESSION);
      },
    ],
    [
      'fails a call after it',
      'fail',
      (told) => {
        const pending = exchange(told);
        told.later(10);
        told.answer(pending, 'ok');
        told.later(1);
        told.call('expired', SESSION);
      },
    ],
    [
      'passes calls beside a refresh that is never done',
      'pass',
      (told) => {
        exchange(told);
        told.later(HOUR);
        told.call('expired', SESSION);
      },
    ],
    [
      'does not mind a token that nobody minted, or none at all',
      'pass',
      (told) => {
        for (const token of ['acme-salesforce/at-9', null]) told.call('unknown-token', { ...SESSION, token });
        for (const token of ['acme-salesforce/at-9', null]) told.call('unknown-token', { ...SESSION, token });
      },
    ],
    [
      'does not mind what is sent to the endpoint for tokens',
      'pass',
      (told) => {
        for (const _ of [1, 2]) told.refusedRefresh('acme-salesforce', 'fault', 'acme-salesforce/at-1');
      },
    ],
  ];
  test.each(ways)('%s', (_title, verdict, tell) => {
    const told = lapsed();
    told.call('expired', { ...SESSION, route: 'first' });
    told.later(1000);
    tell(told);
    expect(verdictOf(noDeadTokenSent, told.ledger).verdict).toBe(verdict);
  });

  test('does not mind the endpoint for tokens after a stated end either', () => {
    const { ledger, at, call, refusedRefresh } = stated();
    at(40 * MINUTE);
    refusedRefresh('acme-hubspot', 'fault', 'acme-hubspot/at-1');
    call('ok');
    expect(verdictOf(noDeadTokenSent, ledger).verdict).toBe('pass');
  });
});

test('no-dead-token-sent is inconclusive where no call went beyond an expiry', () => {
  const { ledger, call } = stated();
  call('ok');
  expect(verdictOf(noDeadTokenSent, ledger).verdict).toBe('inconclusive');
});

describe('no-dead-token-sent, of a token that was refused when it was new,', () => {
  /** Minted after the session lapsed, refused for the first time at this age, and met again so much later. */
  function metAgain(ageMs: number, laterMs: number, more: Parameters<typeof story>[1] = {}) {
    const told = story(undefined, more);
    told.mint('acme-hubspot', 'access', 30 * MINUTE);
    told.at(HOUR);
    told.expire('acme-hubspot/at-1');
    const { access } = told.refresh('acme-hubspot', { lifeMs: HOUR });
    told.later(ageMs);
    told.call('session-ended', { token: access, tookMs: 50 });
    told.later(laterMs);
    told.call('session-ended', { token: access });
    return verdictOf(noDeadTokenSent, told.ledger).verdict;
  }

  test('bears that it is met again for a while', () => {
    expect(metAgain(0, 1000)).toBe('pass');
    expect(metAgain(9000, 9999)).toBe('pass');
  });

  test('fails where it was no longer new, or is met again for longer', () => {
    expect(metAgain(10_000, 1000)).toBe('fail');
    expect(metAgain(9000, 10_000)).toBe('fail');
  });

  test('takes seconds for those of the subject’s clock where time is compressed', () => {
    expect(metAgain(60_000, 60_000, { timeFactor: 10 })).toBe('pass');
    expect(metAgain(60_000, 100_000, { timeFactor: 10 })).toBe('fail');
  });

  test('but never for more than a quarter of a life', () => {
    expect(metAgain(14 * MINUTE, 14 * MINUTE, { timeFactor: 360 })).toBe('pass');
    expect(metAgain(14 * MINUTE, 15 * MINUTE, { timeFactor: 360 })).toBe('fail');
  });
});
