// What a subject loses by its own conduct, and what others take from it.

import { describe, expect, test } from 'vitest';
import sessionSurvives from '../../scenarios/checks/session-survives.ts';
import { account, HOUR, story, verdictOf } from './ledgers.ts';

const ROTOR = 'acme-rotor';

function connected(accounts?: Parameters<typeof story>[0]) {
  const told = story(accounts);
  told.mint(ROTOR, 'refresh', null);
  return told;
}

describe('session-survives fails', () => {
  test('when a spent token comes back and the family is revoked', () => {
    const { ledger, at, refresh, revoke, refusedRefresh } = connected();
    refresh(ROTOR, { rotates: true });
    at(HOUR);
    const killed = revoke(`${ROTOR}/rt-2`, 'reused');
    revoke(`${ROTOR}/at-1`, 'reused');
    refusedRefresh(ROTOR, 'rotated');
    expect(verdictOf(sessionSurvives, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [killed],
      atMs: HOUR,
    });
  });

  test('when the subject is left with a spent token, though the newest lives', () => {
    const { ledger, at, refresh, refusedRefresh } = connected();
    refresh(ROTOR, { rotates: true });
    at(HOUR);
    const refused = refusedRefresh(ROTOR, 'rotated');
    expect(verdictOf(sessionSurvives, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [refused.answered],
    });
  });

  test('when the loser of a race takes its refusal for the end of the grant', () => {
    const { ledger, open, mint, later, answer, claim } = connected();
    const words = { account: ROTOR, endpoint: 'token', method: 'POST', token: `${ROTOR}/rt-1` } as const;
    const [loser, winner] = [open(words), open(words)];
    mint(ROTOR, 'access', HOUR, winner.common.exchange);
    mint(ROTOR, 'refresh', null, winner.common.exchange);
    later(50);
    const refused = answer(loser, 'rotated');
    answer(winner, 'ok');
    claim({ status: 'partial', reauth: [{ account: ROTOR, reason: 'invalid_grant' }] });
    expect(verdictOf(sessionSurvives, ledger)).toMatchObject({ verdict: 'fail', evidence: [refused] });
  });

  test('when the subject revokes its own refresh token', () => {
    const { ledger, refresh, revoke } = connected();
    refresh(ROTOR, { rotates: true });
    const killed = revoke(`${ROTOR}/rt-2`, 'revoked-by-client', 'x-9');
    expect(verdictOf(sessionSurvives, ledger)).toMatchObject({ verdict: 'fail', evidence: [killed] });
  });
});

describe('session-survives passes', () => {
  test('when the user revokes the grant: that is no loss of the subject’s', () => {
    const { ledger, refresh, revoke, refusedRefresh } = connected();
    refresh(ROTOR, { rotates: true });
    revoke(`${ROTOR}/rt-2`, 'revoked-by-user');
    refusedRefresh(ROTOR, 'revoked-by-user', `${ROTOR}/rt-2`);
    expect(verdictOf(sessionSurvives, ledger).verdict).toBe('pass');
  });

  test('when the loser of a race finds the winner’s token and goes on', () => {
    const { ledger, at, refresh, refusedRefresh } = connected([
      account(ROTOR, 'rotor', { rotates: true, reuse: 'refused' }),
    ]);
    refresh(ROTOR, { rotates: true });
    refusedRefresh(ROTOR, 'rotated');
    at(HOUR);
    refresh(ROTOR, { rotates: true, token: `${ROTOR}/rt-2` });
    expect(verdictOf(sessionSurvives, ledger).verdict).toBe('pass');
  });

  test('when the subject gives back an access token only', () => {
    const { ledger, refresh, revoke } = connected();
    refresh(ROTOR, { rotates: true });
    revoke(`${ROTOR}/at-1`, 'revoked-by-client', 'x-9');
    expect(verdictOf(sessionSurvives, ledger).verdict).toBe('pass');
  });
});

test('session-survives does not apply where a strict service’s answer was lost', () => {
  const { ledger, refresh, revoke, refusedRefresh } = connected();
  refresh(ROTOR, { rotates: true, lost: true });
  revoke(`${ROTOR}/rt-2`, 'reused');
  refusedRefresh(ROTOR, 'rotated');
  expect(verdictOf(sessionSurvives, ledger).verdict).toBe('not-applicable');
});

test('session-survives is inconclusive where nothing was refreshed', () => {
  const { ledger, call } = connected();
  call('ok');
  expect(verdictOf(sessionSurvives, ledger).verdict).toBe('inconclusive');
});

describe('session-survives takes a lost race for the end', () => {
  /** A refresh that comes too late, the successor’s, and then whatever is said. */
  const race = (say: (told: ReturnType<typeof connected>) => void) => {
    const told = connected();
    told.refresh(ROTOR, { rotates: true });
    told.refusedRefresh(ROTOR, 'rotated');
    told.refresh(ROTOR, { rotates: true, token: `${ROTOR}/rt-2` });
    say(told);
    return verdictOf(sessionSurvives, told.ledger).verdict;
  };
  const says =
    (type: string, id = ROTOR) =>
    (told: ReturnType<typeof connected>) =>
      told.append({ kind: 'event.received', party: 'agent', event: { type, account: id }, via: 'http' });

  test.each([
    ['an event that asks for a consent', 'fail', says('reauth_required')],
    ['an event that asks for another account’s', 'pass', says('reauth_required', 'acme-hubspot')],
    ['an event of success', 'pass', says('reauth_succeeded')],
    [
      'a claim that asks for another account’s',
      'pass',
      (told: ReturnType<typeof connected>) =>
        told.claim({ status: 'partial', reauth: [{ account: 'acme-hubspot', reason: 'x' }] }),
    ],
    ['no word', 'pass', () => {}],
  ])('by %s: %s', (_what, verdict, say) => {
    expect(race(say)).toBe(verdict);
  });

  test('also where calls go on with the token that it has', () => {
    const { ledger, refresh, refusedRefresh, call } = connected();
    refresh(ROTOR, { rotates: true });
    const { answered } = refusedRefresh(ROTOR, 'rotated');
    call('ok', { account: ROTOR });
    expect(verdictOf(sessionSurvives, ledger)).toMatchObject({ verdict: 'fail', evidence: [answered] });
  });

  test('once, where the family was revoked as well', () => {
    const { ledger, refresh, refusedRefresh, revoke } = connected();
    refresh(ROTOR, { rotates: true });
    const killed = revoke(`${ROTOR}/rt-2`, 'reused');
    refusedRefresh(ROTOR, 'rotated');
    expect(verdictOf(sessionSurvives, ledger)).toMatchObject({ evidence: [killed] });
  });
});

test('session-survives needs no refresh to see that a subject revokes its own token', () => {
  const { ledger, revoke } = connected();
  revoke(`${ROTOR}/rt-1`, 'revoked-by-client', 'x-1');
  expect(verdictOf(sessionSurvives, ledger).verdict).toBe('fail');
});

test.each([
  ['rotates, and honours no old token', { rotates: true, graceMs: 0 }, 'not-applicable'],
  ['honours an old token for a while', { rotates: true, graceMs: 1000 }, 'fail'],
  ['does not rotate', { rotates: false, graceMs: 0 }, 'fail'],
])('session-survives where an answer was lost, and the service %s: %s', (_how, knobs, verdict) => {
  const { ledger, refresh, revoke } = connected([account(ROTOR, 'rotor', knobs)]);
  refresh(ROTOR, { lost: true });
  revoke(`${ROTOR}/rt-1`, 'reused');
  expect(verdictOf(sessionSurvives, ledger).verdict).toBe(verdict);
});

test('session-survives leaves a claim alone that asks for a consent where no spent token was presented', () => {
  const { ledger, refresh, refusedRefresh, claim } = connected();
  refresh(ROTOR, { rotates: true });
  refusedRefresh(ROTOR, 'idle', `${ROTOR}/rt-2`);
  claim({ status: 'paused', reauth: [{ account: ROTOR, reason: 'idle' }] });
  expect(verdictOf(sessionSurvives, ledger).verdict).toBe('pass');
});
