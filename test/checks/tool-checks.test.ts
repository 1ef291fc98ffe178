// The checks of tools over short ledgers: what a tool says against what was true.

import { describe, expect, test } from 'vitest';
import type { ErrorObject } from '../../harness/entry.ts';
import deniedNotExpired from '../../scenarios/checks/denied-not-expired.ts';
import exitCodes from '../../scenarios/checks/exit-codes.ts';
import expiredAtTrue from '../../scenarios/checks/expired-at-true.ts';
import expiryToldApart from '../../scenarios/checks/expiry-told-apart.ts';
import { MINUTE, verdictOf } from './ledgers.ts';
import { goodStory, TOOL, toolStory } from './tool-ledgers.ts';

describe('expiry-told-apart', () => {
  test('passes a tool that differs in words, code and retryable', () => {
    expect(verdictOf(expiryToldApart, goodStory().ledger, TOOL).verdict).toBe('pass');
  });

  test('fails one that uses the same code, and cites the expiry', () => {
    const { ledger, expired } = goodStory({ denied: { code: 'CREDENTIALS_EXPIRED' } });
    expect(verdictOf(expiryToldApart, ledger, TOOL)).toMatchObject({
      verdict: 'fail',
      evidence: [expired.seq],
      atMs: 16 * MINUTE + 50,
    });
  });

  test('is open when the tool renewed its credential by itself', () => {
    const { step, ledger } = toolStory();
    step('valid', 0, null, 'ok');
    step('expired', 0, null, 'expired', 'ok');
    expect(verdictOf(expiryToldApart, ledger, TOOL)).toEqual({
      verdict: 'inconclusive',
      message: 'No call failed by an expired credential. The tool renewed its credential by itself.',
    });
  });

  test('sees an expiry that the tool knew by itself, without asking the server', () => {
    const { step, ledger } = toolStory();
    step('valid', 0, null, 'ok');
    step('expired', 1, { code: 'E', message: 'no' });
    expect(verdictOf(expiryToldApart, ledger, TOOL).verdict).toBe('fail');
  });

  test('is open when the step could not be arranged, and says why', () => {
    const { skip, ledger } = toolStory();
    skip('expired', 'The credentials of notion have no end.');
    expect(verdictOf(expiryToldApart, ledger, TOOL).message).toContain('have no end');
  });
});

describe('expired-at-true', () => {
  test.each<[string, Partial<ErrorObject>, string]>([
    ['a wrong end', { expired_at: '2026-03-02T23:15:00Z' }, '`expired_at` is 2026-03-02T23:15:00Z'],
    [
      'a wrong end in the message only',
      { message: 'expired at 2026-03-02T21:15:00+00:00' },
      'The message speaks of',
    ],
  ])('fails %s', (_what, expired, message) => {
    expect(verdictOf(expiredAtTrue, goodStory({ expired }).ledger, TOOL)).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining(message),
    });
  });

  test('passes the same instant in another zone, and a second off', () => {
    const expired = { expired_at: '2026-03-03T00:15:01+02:00', message: 'The token expired.' };
    expect(verdictOf(expiredAtTrue, goodStory({ expired }).ledger, TOOL).verdict).toBe('pass');
  });
});

describe('exit-codes', () => {
  test('passes 10, 8, and anything else for what is not there', () => {
    const { step, ledger } = goodStory();
    step('not-found', 1, { code: 'NOT_FOUND', message: 'no' }, 'not-found');
    expect(verdictOf(exitCodes, ledger, TOOL).verdict).toBe('pass');
  });

  test('fails 8 for what is not there, and 10 for a token that never was', () => {
    const missing = goodStory();
    missing.step('not-found', 8, { code: 'NOT_FOUND', message: 'no' }, 'not-found');
    expect(verdictOf(exitCodes, missing.ledger, TOOL).message).toContain('asked for what is not there');
    const unborn = goodStory();
    unborn.step('never-valid', 10, { code: 'INVALID', message: 'no' }, 'unknown-token');
    expect(verdictOf(exitCodes, unborn.ledger, TOOL).verdict).toBe('fail');
  });

  test('fails a death by a signal', () => {
    const { step, ledger } = toolStory();
    step('expired', null, null, 'expired');
    expect(verdictOf(exitCodes, ledger, TOOL).message).toContain('It did not exit by itself.');
  });
});

describe('denied-not-expired', () => {
  test.each<[string, Partial<ErrorObject>]>([
    ['words', { message: 'Your token has expired' }],
    ['code', { code: 'TOKEN_EXPIRED' }],
    ['expired', { expired: true }],
    ['retryable', { retryable: true }],
  ])('fails a denial that is called an expiry by its %s', (_by, denied) => {
    expect(verdictOf(deniedNotExpired, goodStory({ denied }).ledger, TOOL).verdict).toBe('fail');
  });

  test('passes a denial that is called one', () => {
    expect(verdictOf(deniedNotExpired, goodStory().ledger, TOOL).verdict).toBe('pass');
  });
});
