// Which refresh token is used next.

import { describe, expect, test } from 'vitest';
import keepsTheRotated from '../../scenarios/checks/keeps-the-rotated.ts';
import { CRM, grantStory, rotating } from './grant-ledgers.ts';
import { HOUR, MINUTE, verdictOf } from './ledgers.ts';

describe('keeps-the-rotated fails', () => {
  test('when the token of the first day comes back', () => {
    const { ledger, refresh, at, refusedRefresh } = grantStory();
    const first = refresh(CRM, { rotates: true });
    at(HOUR);
    const second = refusedRefresh(CRM, 'rotated');
    expect(verdictOf(keepsTheRotated, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [first.ended, second.opened],
      atMs: HOUR,
    });
  });

  test('when another process presents what is older than what one has received', () => {
    const { ledger, refresh, at, open, answer } = grantStory();
    refresh(CRM, { rotates: true });
    at(HOUR);
    answer(
      open({ account: CRM, endpoint: 'token', method: 'POST', token: `${CRM}/rt-1`, party: 'broker-2' }),
      'rotated',
    );
    expect(verdictOf(keepsTheRotated, ledger).verdict).toBe('fail');
  });

  test('when of two successors the older one, which arrived last, is kept', () => {
    const { ledger, open, mint, append, later, answer, at, refusedRefresh } = grantStory(
      rotating({ graceMs: MINUTE }),
    );
    const words = { account: CRM, endpoint: 'token', method: 'POST', token: `${CRM}/rt-1` } as const;
    const exchange = (party: string) => {
      const pending = open({ ...words, party });
      mint(CRM, 'access', HOUR, pending.common.exchange);
      const successor = mint(CRM, 'refresh', null, pending.common.exchange);
      const common = {
        party: 'world',
        service: 'crm',
        account: CRM,
        token: words.token,
        exchange: pending.common.exchange,
      };
      append({ kind: 'token.rotated', ...common, successor });
      later(100);
      return pending;
    };
    const older = exchange('broker-0');
    const newer = exchange('broker-1');
    answer(newer, 'ok');
    later(100);
    answer(older, 'ok');
    at(HOUR);
    refusedRefresh(CRM, 'rotated', `${CRM}/rt-2`);
    expect(verdictOf(keepsTheRotated, ledger).verdict).toBe('fail');
  });

  test('when nothing is presented any more, though the token lives', () => {
    const { ledger, refresh, at, expire, ask } = grantStory(rotating({ rotates: false }));
    const first = refresh(CRM);
    at(HOUR);
    expire(first.access);
    const failed = ask(CRM, 'REAUTH_REQUIRED');
    expect(verdictOf(keepsTheRotated, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [first.ended, failed.sent],
    });
  });
});

describe('keeps-the-rotated passes', () => {
  test('when each refresh presents the successor', () => {
    const { ledger, refresh, at } = grantStory();
    refresh(CRM, { rotates: true });
    at(HOUR);
    refresh(CRM, { rotates: true, token: `${CRM}/rt-2` });
    expect(verdictOf(keepsTheRotated, ledger).verdict).toBe('pass');
  });

  test('when the one before comes back inside the grace', () => {
    const { ledger, refresh } = grantStory(rotating({ graceMs: MINUTE }));
    refresh(CRM, { rotates: true });
    refresh(CRM, { rotates: true });
    expect(verdictOf(keepsTheRotated, ledger).verdict).toBe('pass');
  });

  test('when the successor never arrived', () => {
    const { ledger, refresh, at, refusedRefresh } = grantStory();
    refresh(CRM, { rotates: true });
    at(HOUR);
    refresh(CRM, { rotates: true, token: `${CRM}/rt-2`, lost: true });
    refusedRefresh(CRM, 'rotated', `${CRM}/rt-2`);
    expect(verdictOf(keepsTheRotated, ledger).verdict).toBe('pass');
  });

  test('when two were on their way together', () => {
    const { ledger, open, refresh, answer } = grantStory();
    const late = open({
      account: CRM,
      endpoint: 'token',
      method: 'POST',
      token: `${CRM}/rt-1`,
      party: 'broker-1',
    });
    refresh(CRM, { rotates: true });
    answer(late, 'rotated');
    refresh(CRM, { rotates: true, token: `${CRM}/rt-2` });
    expect(verdictOf(keepsTheRotated, ledger).verdict).toBe('pass');
  });
});

test('keeps-the-rotated is inconclusive after one refresh, and where the grant was revoked', () => {
  const { ledger, refresh, at, expire, ask, revoke } = grantStory();
  const first = refresh(CRM, { rotates: true });
  expect(verdictOf(keepsTheRotated, ledger).verdict).toBe('inconclusive');
  revoke(`${CRM}/rt-2`, 'revoked-by-user');
  at(HOUR);
  expire(first.access);
  ask(CRM, 'REAUTH_REQUIRED');
  expect(verdictOf(keepsTheRotated, ledger).verdict).toBe('inconclusive');
});
