// The rubric of challenge 53: every combination of conditions, and every condition both ways.

import { describe, expect, test } from 'vitest';
import type { SubjectKind } from '../harness/check.ts';
import type { ErrorObject } from '../harness/entry.ts';
import { CONDITIONS, conditionsOf } from '../harness/rubric/conditions.ts';
import { type ErrorReport, type Shown, saysExpired } from '../harness/rubric/error-report.ts';
import { distinguishable, level } from '../harness/rubric/level.ts';

const END = '2026-03-02T22:15:00.000Z';
const EXPIRED: ErrorObject = {
  code: 'CREDENTIALS_EXPIRED',
  message: `The token expired at ${END}.`,
  expired: true,
  expired_at: END,
  retryable: true,
  reauth_command: 'tool auth refresh',
  reauth_env_var: 'TOOL_TOKEN',
};
const DENIED: ErrorObject = { code: 'PERMISSION_DENIED', message: 'Not allowed.', retryable: false };

function report(
  situation: ErrorReport['situation'],
  error: ErrorObject | null,
  exitCode: number | null,
): ErrorReport {
  const text = error?.message ?? 'no';
  return { situation, what: 'tool items', error, text, oddities: [], exitCode, endMs: Date.parse(END) };
}

const good: Shown = {
  expiries: [report('expired', EXPIRED, 10)],
  denials: [report('denied', DENIED, 8)],
  neverValid: [report('never-valid', { code: 'INVALID', message: 'Not a token.' }, 8)],
  reauth: { promise: '`tool auth refresh`', works: true, evidence: 'It was run.' },
  envVar: { promise: '`TOOL_TOKEN`', works: true, evidence: 'It was set.' },
};

const withExpiry = (change: Partial<ErrorObject>, exitCode = 10): Shown => ({
  ...good,
  expiries: [report('expired', { ...EXPIRED, ...change }, exitCode)],
});
const without = (field: keyof ErrorObject): Shown => {
  const { [field]: _gone, ...rest } = EXPIRED;
  return { ...good, expiries: [report('expired', rest as ErrorObject, 10)] };
};
const withDenial = (change: Partial<ErrorObject>, exitCode = 8): Shown => ({
  ...good,
  denials: [report('denied', { ...DENIED, ...change }, exitCode)],
});
const missed = (shown: Shown, kind: SubjectKind = 'tool') =>
  conditionsOf(kind, shown)
    .filter(({ met }) => !met)
    .map(({ id }) => id);

describe('the level', () => {
  test('is the highest whose conditions all hold, for every combination', () => {
    const levels = CONDITIONS.map((condition) => condition.level);
    for (let mask = 0; mask < 2 ** levels.length; mask++) {
      const conditions = levels.map((of, bit) => ({ level: of, met: (mask & (1 << bit)) !== 0 }));
      const lowestMissed = Math.min(4, ...conditions.filter(({ met }) => !met).map((each) => each.level));
      expect(level(conditions)).toBe(lowestMissed - 1);
    }
  });

  test('is 0 where nothing was asked', () => {
    expect(level([])).toBe(0);
  });

  test('is the least over the commands tried', () => {
    const both = { ...good, expiries: [...good.expiries, ...withExpiry({ message: 'Forbidden' }).expiries] };
    expect(level(conditionsOf('tool', both))).toBe(0);
  });
});

describe('a condition breaks alone', () => {
  test('and none breaks where all is well', () => {
    for (const kind of ['tool', 'agent', 'broker'] as const) expect(missed(good, kind)).toEqual([]);
  });

  test.each<[string, Shown, readonly string[]]>([
    ['words of an expiry', withExpiry({ message: 'Access denied' }), ['expiry-in-words']],
    ['words of a denial', withDenial({ message: 'Token expired' }), ['denial-in-words']],
    ['an unknown code', withExpiry({ code: 'EXPIRED' }), ['expiry-code']],
    ['the code of an expiry for a denial', withDenial({ code: 'TOKEN_EXPIRED' }), ['denial-code']],
    ['no code for a denial', withDenial({ code: '' }), ['denial-code']],
    ['one code for both', withDenial({ code: 'CREDENTIALS_EXPIRED' }), ['denial-code']],
    ['an end that is 2.001 s off', withExpiry({ expired_at: '2026-03-02T22:15:02.001Z' }), ['true-end']],
    ['an end that is no instant', withExpiry({ expired_at: 'a while ago' }), ['true-end']],
    ['no end', without('expired_at'), ['true-end']],
    ['no command', without('reauth_command'), ['reauth-works']],
    ['a command that was not tried', { ...good, reauth: null }, ['reauth-works']],
    [
      'a lying command',
      { ...good, reauth: { promise: 'x', works: false, evidence: 'no' } },
      ['reauth-works'],
    ],
    ['another exit code', withExpiry({}, 1), ['expiry-exit']],
    ['another exit code of a denial', withDenial({}, 1), ['denial-exit']],
    ['no exit', { ...good, denials: [report('denied', DENIED, null)] }, ['denial-exit']],
    ['an expiry that is not retryable', withExpiry({ retryable: false }), ['retryable']],
    ['a denial that is', withDenial({ retryable: true }), ['retryable']],
    ['no variable', without('reauth_env_var'), ['env-var-works']],
    [
      'a variable nobody reads',
      { ...good, envVar: { promise: 'x', works: false, evidence: 'no' } },
      ['env-var-works'],
    ],
    [
      'a credential that never was, called expired',
      { ...good, neverValid: [report('never-valid', EXPIRED, 8)] },
      ['denial-in-words', 'denial-code', 'retryable'],
    ],
  ])('%s', (_what, shown, ids) => {
    expect(missed(shown)).toEqual(ids);
  });

  test('what may be off: an end by 2 s, and the older codes, with a note', () => {
    expect(missed(withExpiry({ expired_at: '2026-03-02T22:14:58Z' }))).toEqual([]);
    const older = conditionsOf('tool', withExpiry({ code: 'AUTH_EXPIRED' }));
    expect(older.find(({ id }) => id === 'expiry-code')).toMatchObject({
      met: true,
      evidence: expect.stringContaining('CREDENTIALS_EXPIRED is the usual name'),
    });
  });

  test('without an error object the evidence says why', () => {
    const plain = {
      ...report('expired', null, 10),
      text: 'expired',
      oddities: ['Stdout holds no JSON object.'],
    };
    const found = conditionsOf('tool', { ...good, expiries: [plain] });
    expect(found.find(({ id }) => id === 'expiry-code')?.evidence).toContain('Stdout holds no JSON object.');
    expect(level(found)).toBe(1);
  });

  test('every condition says what would meet it, and only while it is missed', () => {
    for (const { met, fix } of conditionsOf('tool', withExpiry({ message: 'no' })))
      expect(fix === null).toBe(met);
  });
});

test('a broker has no exit codes and no variable; a URL will do for a command', () => {
  const url = { promise: 'https://x.example/connect', works: true, evidence: 'It was opened.' };
  const shown = { ...without('reauth_command'), reauth: url, envVar: null };
  expect(missed(shown, 'broker')).toEqual([]);
  expect(missed({ ...shown, reauth: { ...url, works: false } }, 'broker')).toEqual(['reauth-works']);
  expect(missed({ ...good, envVar: null }, 'agent')).toEqual([]);
});

describe('an expiry can be told from a denial', () => {
  const plain = (situation: ErrorReport['situation'], text: string, exitCode: number) => ({
    ...report(situation, null, exitCode),
    text,
  });
  const shown = (expiry: ErrorReport, ...denials: ErrorReport[]): Shown => ({
    ...good,
    expiries: [expiry],
    denials,
  });

  test('by exit code, by text, or not', () => {
    const denied = plain('denied', 'denied', 1);
    expect(distinguishable(shown(plain('expired', 'denied', 4), denied))).toBe('by exit code');
    expect(distinguishable(shown(plain('expired', 'bad token', 1), denied))).toBe('by text');
    expect(distinguishable(shown(plain('expired', 'denied', 1), denied))).toBe('no');
  });

  test('every denial must differ, and instants do not count', () => {
    const expiry = plain('expired', 'refused at 2026-03-02T22:15:00Z', 1);
    expect(distinguishable(shown(expiry, plain('denied', 'refused at 2026-03-02T22:16:00Z', 1)))).toBe('no');
    expect(
      distinguishable(
        shown(expiry, plain('denied', 'x', 3), plain('missing-scope', 'refused at 2020-01-01T00:00:00Z', 1)),
      ),
    ).toBe('no');
  });
});

test.each([
  ['Token expired', true],
  ['ExpiredToken', true],
  ['The token is not expired', false],
  ["it hasn't expired", false],
  ['Access denied', false],
])('%s: %s', (words, says) => {
  expect(saysExpired(words)).toBe(says);
});
