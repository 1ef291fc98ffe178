// The checks of tools over short ledgers: what a tool says against what was true.

import { describe, expect, test } from 'vitest';
import type { ErrorObject, Returned } from '../../harness/entry.ts';
import type { ToolStep } from '../../harness/subjects/tool/steps.ts';
import type { Refusal } from '../../mocks/index.ts';
import deniedNotExpired from '../../scenarios/checks/denied-not-expired.ts';
import exitCodes from '../../scenarios/checks/exit-codes.ts';
import expiredAtTrue from '../../scenarios/checks/expired-at-true.ts';
import expiryToldApart from '../../scenarios/checks/expiry-told-apart.ts';
import reauthWorks from '../../scenarios/checks/reauth-works.ts';
import rollbackWithLiveCredential from '../../scenarios/checks/rollback-with-live-credential.ts';
import { account, MINUTE, story, verdictOf } from './ledgers.ts';

const ACCOUNT = 'acme-plain';
const TOKEN = `${ACCOUNT}/at-1`;
const END = '2026-03-02T22:15:00.000Z';
const EXPIRED: ErrorObject = {
  code: 'CREDENTIALS_EXPIRED',
  message: `The token expired at ${END}.`,
  expired_at: END,
  retryable: true,
  reauth_command: 'tool auth refresh',
};
const DENIED: ErrorObject = {
  code: 'PERMISSION_DENIED',
  message: 'No.',
  reauth_command: 'tool auth refresh',
};

/** A tool's story; `told` records one call, with the answers that it got. */
function toolStory() {
  const told = story([account(ACCOUNT, 'plain', {})]);
  told.mint(ACCOUNT, 'access', 15 * MINUTE);
  const step = (
    name: ToolStep,
    exitCode: number | null,
    error: ErrorObject | null,
    ...answers: readonly ('ok' | Refusal)[]
  ) => {
    told.append({
      kind: 'call.sent',
      party: 'tool',
      step: name,
      argv: ['tool', name === 'reauth' ? 'auth refresh' : 'items'],
      token: TOKEN,
      expiresAt: 15 * MINUTE,
    });
    const exchanges = answers.map((truth) =>
      told.call(truth, { account: ACCOUNT, service: 'plain', token: TOKEN, party: 'tool' }),
    );
    const reading: Returned['reading'] = {
      ok: error === null,
      error,
      text: error?.message ?? 'done',
      oddities: [],
    };
    const otherwise = exitCode === null ? 'It died of SIGSEGV.' : null;
    const returned = told.append({
      kind: 'call.returned',
      party: 'tool',
      step: name,
      exitCode,
      otherwise,
      reading,
    });
    return { seq: returned.seq, exchanges };
  };
  const skip = (name: ToolStep, reason: string) =>
    told.append({ kind: 'call.skipped', party: 'tool', step: name, reason });
  return { ...told, step, skip };
}

/** One expiry and one denial, as a good tool tells them. */
function goodStory(change: { expired?: Partial<ErrorObject>; denied?: Partial<ErrorObject> } = {}) {
  const told = toolStory();
  told.step('valid', 0, null, 'ok');
  told.at(16 * MINUTE);
  const expired = told.step('expired', 10, { ...EXPIRED, ...change.expired }, 'expired');
  const denied = told.step('denied', 8, { ...DENIED, ...change.denied }, 'denied-by-policy');
  return { ...told, expired, denied };
}

const tool = { kind: 'tool' } as const;

describe('expiry-told-apart', () => {
  test('passes a tool that differs in words, code and retryable', () => {
    expect(verdictOf(expiryToldApart, goodStory().ledger, tool).verdict).toBe('pass');
  });

  test('fails one that uses the same code, and cites the expiry', () => {
    const { ledger, expired } = goodStory({ denied: { code: 'CREDENTIALS_EXPIRED' } });
    expect(verdictOf(expiryToldApart, ledger, tool)).toMatchObject({
      verdict: 'fail',
      evidence: [expired.seq],
      atMs: 16 * MINUTE + 50,
    });
  });

  test('is open when the tool renewed its credential by itself', () => {
    const { step, ledger } = toolStory();
    step('valid', 0, null, 'ok');
    step('expired', 0, null, 'expired', 'ok');
    expect(verdictOf(expiryToldApart, ledger, tool)).toEqual({
      verdict: 'inconclusive',
      message: 'No call failed by an expired credential. The tool renewed its credential by itself.',
    });
  });

  test('sees an expiry that the tool knew by itself, without asking the server', () => {
    const { step, ledger } = toolStory();
    step('valid', 0, null, 'ok');
    step('expired', 1, { code: 'E', message: 'no' });
    expect(verdictOf(expiryToldApart, ledger, tool).verdict).toBe('fail');
  });

  test('is open when the step could not be arranged, and says why', () => {
    const { skip, ledger } = toolStory();
    skip('expired', 'The credentials of notion have no end.');
    expect(verdictOf(expiryToldApart, ledger, tool).message).toContain('have no end');
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
    expect(verdictOf(expiredAtTrue, goodStory({ expired }).ledger, tool)).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining(message),
    });
  });

  test('passes the same instant in another zone, and a second off', () => {
    const expired = { expired_at: '2026-03-03T00:15:01+02:00', message: 'The token expired.' };
    expect(verdictOf(expiredAtTrue, goodStory({ expired }).ledger, tool).verdict).toBe('pass');
  });
});

describe('reauth-works', () => {
  const trial = (...steps: readonly (readonly [ToolStep, number, 'ok' | Refusal])[]) => {
    const told = goodStory();
    for (const [name, code, truth] of steps)
      told.step(name, code, code === 0 ? null : EXPIRED, ...(name === 'reauth' ? [] : [truth]));
    return verdictOf(reauthWorks, told.ledger, tool);
  };

  test('passes when the command ran and the call was answered', () => {
    expect(trial(['reauth', 0, 'ok'], ['repeat', 0, 'ok']).verdict).toBe('pass');
  });

  test('fails when the repeated call meets the dead token again, whatever the tool says of it', () => {
    expect(trial(['reauth', 0, 'ok'], ['repeat', 10, 'expired']).message).toContain('refused it as expired');
    expect(trial(['reauth', 0, 'ok'], ['repeat', 0, 'expired']).verdict).toBe('fail');
    expect(trial(['reauth', 1, 'ok'], ['repeat', 0, 'ok']).verdict).toBe('fail');
  });

  test('fails when no way out is named, and when it cannot be run', () => {
    const { reauth_command: _none, ...unnamed } = EXPIRED;
    const silent = toolStory();
    silent.step('expired', 10, unnamed, 'expired');
    expect(verdictOf(reauthWorks, silent.ledger, tool).message).toContain('names no `reauth_command`');
    const shell = goodStory();
    shell.skip('reauth', '`a && b` was not run. It needs a shell.');
    expect(verdictOf(reauthWorks, shell.ledger, tool).message).toContain('was not run');
  });

  test('fails a success that is claimed for a dead grant', () => {
    const told = toolStory();
    told.step('dead', 10, EXPIRED, 'expired');
    told.step('reauth', 0, null);
    expect(verdictOf(reauthWorks, told.ledger, tool).message).toContain('claimed success all the same');
  });
});

describe('exit-codes', () => {
  test('passes 10, 8, and anything else for what is not there', () => {
    const { step, ledger } = goodStory();
    step('not-found', 1, { code: 'NOT_FOUND', message: 'no' }, 'not-found');
    expect(verdictOf(exitCodes, ledger, tool).verdict).toBe('pass');
  });

  test('fails 8 for what is not there, and 10 for a token that never was', () => {
    const missing = goodStory();
    missing.step('not-found', 8, { code: 'NOT_FOUND', message: 'no' }, 'not-found');
    expect(verdictOf(exitCodes, missing.ledger, tool).message).toContain('asked for what is not there');
    const unborn = goodStory();
    unborn.step('never-valid', 10, { code: 'INVALID', message: 'no' }, 'unknown-token');
    expect(verdictOf(exitCodes, unborn.ledger, tool).verdict).toBe('fail');
  });

  test('fails a death by a signal', () => {
    const { step, ledger } = toolStory();
    step('expired', null, null, 'expired');
    expect(verdictOf(exitCodes, ledger, tool).message).toContain('It did not exit by itself.');
  });
});

describe('denied-not-expired', () => {
  test.each<[string, Partial<ErrorObject>]>([
    ['words', { message: 'Your token has expired' }],
    ['code', { code: 'TOKEN_EXPIRED' }],
    ['expired', { expired: true }],
    ['retryable', { retryable: true }],
  ])('fails a denial that is called an expiry by its %s', (_by, denied) => {
    expect(verdictOf(deniedNotExpired, goodStory({ denied }).ledger, tool).verdict).toBe('fail');
  });

  test('passes a denial that is called one', () => {
    expect(verdictOf(deniedNotExpired, goodStory().ledger, tool).verdict).toBe('pass');
  });
});

describe('rollback-with-live-credential', () => {
  const rollback = (code: number, ...answers: readonly ('ok' | Refusal)[]) => {
    const told = goodStory();
    told.step('rollback', code, code === 0 ? null : EXPIRED, ...answers);
    return verdictOf(rollbackWithLiveCredential, told.ledger, tool);
  };

  test('fails when the dead token is sent, even if it is renewed afterwards', () => {
    expect(rollback(10, 'expired').verdict).toBe('fail');
    expect(rollback(0, 'expired', 'ok').verdict).toBe('fail');
  });

  test('passes a refusal before anything is sent, and a live credential', () => {
    expect(rollback(10).verdict).toBe('pass');
    expect(rollback(0, 'ok').message).toContain('with a live one');
  });
});
