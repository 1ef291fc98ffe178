// The checks of tools over short ledgers: what a tool says against what was true.

import { describe, expect, test } from 'vitest';
import type { ErrorObject } from '../../harness/entry.ts';
import type { ToolStep } from '../../harness/subjects/tool/steps.ts';
import type { Refusal } from '../../mocks/index.ts';
import deniedNotExpired from '../../scenarios/checks/denied-not-expired.ts';
import exitCodes from '../../scenarios/checks/exit-codes.ts';
import expiredAtTrue from '../../scenarios/checks/expired-at-true.ts';
import expiryToldApart from '../../scenarios/checks/expiry-told-apart.ts';
import { MINUTE, story, verdictOf } from './ledgers.ts';
import { DENIED, EXPIRED, goodStory, TOOL, toolStory } from './tool-ledgers.ts';

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

  test.each<[string, Parameters<typeof goodStory>[0], string]>([
    ['says not in words that it expired', { expired: { message: 'No.' } }, 'on expiry the message says'],
    ['says it of a denial', { denied: { message: 'expired' } }, 'on denial the message does not say'],
    ['has no code for an expiry', { expired: { code: 'E' } }, 'on expiry the code is'],
    ['calls a denial so', { denied: { code: 'TOKEN_EXPIRED' } }, 'on denial there is a code'],
    ['has an expiry that must not be retried', { expired: { retryable: false } }, '`retryable` is true'],
  ])('fails one that %s', (_how, change, condition) => {
    expect(verdictOf(expiryToldApart, goodStory(change).ledger, TOOL)).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining(`It should hold that ${condition}`),
    });
  });

  test('tells all that one does not', () => {
    const { ledger } = goodStory({ expired: { code: 'E', retryable: false } });
    expect(verdictOf(expiryToldApart, ledger, TOOL).message).toMatch(
      /on expiry the code is .*; `retryable` is/,
    );
  });

  test('leaves ends and exit codes to other checks', () => {
    const { step, ledger } = toolStory();
    const { expired_at: _none, ...endless } = EXPIRED;
    step('expired', 1, endless, 'expired');
    step('denied', 1, DENIED, 'denied-by-policy');
    expect(verdictOf(expiryToldApart, ledger, TOOL).verdict).toBe('pass');
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

  test.each([
    '2026-03-02T21:15Z',
    '2026-03-02t21:15:00z',
    '2026-03-02 21:15:00.123456Z',
    '2026-03-02T21:15:00.1-00:00',
    '2026-03-02T21:15:00.000+00:00',
  ])('fails %s in the message, be it beside the true one', (wrong) => {
    const expired = { message: `The token expired at 2026-03-02T22:15:00Z, or at ${wrong}.` };
    expect(verdictOf(expiredAtTrue, goodStory({ expired }).ledger, TOOL).message).toContain(
      `The message speaks of ${wrong}; in truth it was 2026-03-02T22:15:00.000Z.`,
    );
  });

  test('fails none at all', () => {
    const { expired_at: _none, ...endless } = EXPIRED;
    const { step, ledger } = toolStory();
    step('expired', 10, endless, 'expired');
    expect(verdictOf(expiredAtTrue, ledger, TOOL).message).toContain('There is no `expired_at`');
  });

  test('reads no message where time is compressed, and is open where nothing expired', () => {
    const { step, ledger } = toolStory({ timeFactor: 60 });
    step('denied', 8, DENIED, 'denied-by-policy');
    expect(verdictOf(expiredAtTrue, ledger, TOOL).verdict).toBe('inconclusive');
    step('expired', 10, { ...EXPIRED, message: 'expired at 2026-03-02T21:15:00Z' }, 'expired');
    expect(verdictOf(expiredAtTrue, ledger, TOOL).verdict).toBe('pass');
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

  test.each([8, 10])(
    'fails %i for a success, also one after a refusal, and with nothing else to see',
    (code) => {
      const served = toolStory();
      const { seq } = served.step('valid', code, null, 'ok');
      expect(verdictOf(exitCodes, served.ledger, TOOL)).toMatchObject({
        verdict: 'fail',
        message: expect.stringContaining('was served'),
        evidence: [seq],
      });
      const healed = goodStory();
      healed.step('expired', code, null, 'expired', 'refreshed', 'ok');
      expect(verdictOf(exitCodes, healed.ledger, TOOL).message).toContain('was served');
    },
  );

  test('takes no call for served that was refused after a success, or that sent nothing', () => {
    const { step, ledger } = goodStory();
    step('denied', 8, DENIED, 'ok', 'denied-by-policy');
    step('valid', 10, null);
    expect(verdictOf(exitCodes, ledger, TOOL).verdict).toBe('pass');
  });

  test.each<[string, ToolStep, number, 'ok' | Refusal, string | null]>([
    ['10 for what is not there', 'not-found', 10, 'not-found', 'It exited with 10.'],
    ['1 for an expiry', 'expired', 1, 'expired', 'It should have been 10.'],
    ['0 for an expiry', 'expired', 0, 'expired', 'It exited with 0.'],
    ['1 for a denial', 'denied', 1, 'denied-by-policy', 'It exited with 1. It should have been 8.'],
    ['10 for a missing scope', 'missing-scope', 10, 'scope-missing', 'It should have been 8.'],
    ['10 for a token that never was', 'never-valid', 10, 'unknown-token', 'have expired.'],
    ['1 for a token that never was', 'never-valid', 1, 'unknown-token', null],
  ])('judges %s', (_title, name, code, truth, said) => {
    const { step, ledger } = goodStory();
    const { seq } = step(name, code, { code: 'E', message: 'no' }, truth);
    expect(verdictOf(exitCodes, ledger, TOOL)).toMatchObject(
      said === null
        ? { verdict: 'pass' }
        : { verdict: 'fail', message: expect.stringContaining(said), evidence: [seq] },
    );
  });

  test('judges one failure alone, of whatever kind', () => {
    for (const [name, truth] of [
      ['denied', 'denied-by-policy'],
      ['never-valid', 'unknown-token'],
      ['expired', 'expired'],
    ] as const) {
      const { step, ledger } = toolStory();
      step(name, name === 'expired' ? 10 : 8, DENIED, truth);
      expect(verdictOf(exitCodes, ledger, TOOL).verdict).toBe('pass');
    }
    const { step, ledger } = toolStory();
    step('valid', 0, null, 'ok');
    expect(verdictOf(exitCodes, ledger, TOOL).verdict).toBe('inconclusive');
  });

  test.each([
    [0, 'not-applicable'],
    [1, 'fail'],
    [10, 'pass'],
  ] as const)('judges an agent whose claim holds an error, and that exits with %d: %s', (code, verdict) => {
    const { ledger, mint, call, append, claim } = story();
    mint('acme-hubspot', 'access', MINUTE);
    call('expired');
    append({ kind: 'process.exited', party: 'agent', code, signal: null });
    claim({ status: 'failed', error: EXPIRED });
    expect(verdictOf(exitCodes, ledger).verdict).toBe(verdict);
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

  test.each<[Partial<ErrorObject>, string]>([
    [{ message: 'Your token has expired' }, '("Your token has expired")'],
    [{ code: 'TOKEN_EXPIRED' }, '("TOKEN_EXPIRED")'],
  ])('repeats what was said by %j', (denied, said) => {
    expect(verdictOf(deniedNotExpired, goodStory({ denied }).ledger, TOOL).message).toContain(said);
  });

  test.each<[ToolStep, Refusal]>([
    ['missing-scope', 'scope-missing'],
    ['never-valid', 'unknown-token'],
  ])('fails %s that is called an expiry', (name, truth) => {
    const { step, ledger } = toolStory();
    const { seq } = step(name, 1, EXPIRED, truth);
    expect(verdictOf(deniedNotExpired, ledger, TOOL)).toMatchObject({ verdict: 'fail', evidence: [seq] });
  });

  test('passes a denial that is called one', () => {
    expect(verdictOf(deniedNotExpired, goodStory().ledger, TOOL).verdict).toBe('pass');
  });
});
