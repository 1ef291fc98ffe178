// Judging: one finding for each check, worst losses first, and a check that throws is never a pass.

import { describe, expect, test } from 'vitest';
import type { Check, Judgement, Run } from '../harness/check.ts';
import { judge, scenarioVerdict } from '../harness/judge.ts';
import type { Verdict } from '../harness/result.ts';

const RUN: Run = {
  kind: 'agent',
  ledger: {
    world: {
      kind: 'world',
      schema: 'hour4/ledger@1',
      seed: 1,
      start: '2026-03-02T22:00:00.000Z',
      mode: 'exact',
      scenario: 'test',
      variant: null,
      untilMs: 0,
      accounts: [],
    },
    entries: [],
  },
  twin: null,
  claim: null,
  printed: { stdout: '', stderr: '' },
  ending: { kind: 'exited', code: 0 },
  clockVerified: true,
};

const check = (id: string, judgement: Judgement | (() => never), more: Partial<Check> = {}): Check => ({
  id,
  title: id,
  category: 'honesty',
  loses: 'other',
  why: '',
  judged: '',
  fix: '',
  kinds: ['agent'],
  judge: () => (typeof judgement === 'function' ? judgement() : judgement),
  ...more,
});

const PASS: Judgement = { verdict: 'pass', message: 'fine' };
const FAIL: Judgement = { verdict: 'fail', message: 'not fine', fix: 'mend it', evidence: [3], atMs: 7 };

describe('judge', () => {
  test('blames nobody for what may come of a standstill of hour4 itself', () => {
    const world = {
      ...RUN.ledger.world,
      mode: 'compressed',
      timeFactor: 360,
      stoodStillMs: 720_000,
    } as const;
    const still = { ...RUN, ledger: { ...RUN.ledger, world } };
    const checks = [check('fails', FAIL), check('passes', PASS), check('told', FAIL, { loses: 'secret' })];
    const told = (run: Run) =>
      judge(checks, run).map(({ check: id, verdict, message }) => [id, verdict, message]);
    expect(told({ ...RUN, twin: still.ledger }).at(1)?.[1]).toBe('inconclusive');
    expect(told(still)).toEqual([
      ['told', 'fail', 'not fine'],
      [
        'fails',
        'inconclusive',
        'hour4 itself stood still for 2.0 s, 12 minutes of the record, while the subject went on, and this may come of that: not fine Run it again on a quieter machine, or with a smaller `timeFactor`.',
      ],
      ['passes', 'pass', 'fine'],
    ]);
  });

  test('blames nobody in compressed time for what needs true lifetimes', () => {
    const world = { ...RUN.ledger.world, mode: 'compressed', timeFactor: 360 } as const;
    const short = { ...RUN, ledger: { ...RUN.ledger, world } };
    const needing = check('needing', FAIL, { needs: ['true-lifetimes'] });
    const told = (run: Run) => judge([needing, check('other', FAIL)], run).map(({ verdict }) => verdict);
    expect(told(short)).toEqual(['fail', 'inconclusive']);
    expect(told(RUN)).toEqual(['fail', 'fail']);
    expect(judge([check('needing', PASS, { needs: ['true-lifetimes'] })], short)[0]?.verdict).toBe('pass');
  });

  test('puts lost sessions first, then data, secrets, others, then what did not fail', () => {
    const checks = [
      check('passes', PASS),
      check('other', FAIL),
      check('secret', FAIL, { loses: 'secret' }),
      check('data', FAIL, { loses: 'data' }),
      check('session', FAIL, { loses: 'session' }),
      check('quiet', PASS, { loses: 'session' }),
    ];
    expect(judge(checks, RUN).map((finding) => finding.check)).toEqual([
      'session',
      'data',
      'secret',
      'other',
      'passes',
      'quiet',
    ]);
  });

  test('keeps what a failing check said', () => {
    expect(judge([check('bad', FAIL)], RUN)).toEqual([
      { check: 'bad', verdict: 'fail', message: 'not fine', fix: 'mend it', evidence: [3], at: 7 },
    ]);
  });

  test('turns a check that throws into an error of the harness', () => {
    const throwing = check('broken', () => {
      throw new Error('no such thing');
    });
    const [finding] = judge([throwing], RUN);
    expect(finding?.verdict).toBe('error');
    expect(finding?.message).toContain('no such thing');
  });

  test('concludes nothing about a subject whose clock was not seen to follow', () => {
    expect(judge([check('any', FAIL)], { ...RUN, clockVerified: false })[0]?.verdict).toBe('inconclusive');
  });

  test('does not apply a check to a kind it is not for', () => {
    const [usual, own] = judge(
      [
        check('tools-only', FAIL, { kinds: ['tool'] }),
        check('brokers-only', FAIL, { kinds: ['broker'], notFor: { agent: 'Only the agent knows.' } }),
      ],
      RUN,
    );
    expect(usual).toMatchObject({
      verdict: 'not-applicable',
      message: 'This check does not judge a subject of kind agent.',
    });
    expect(own).toMatchObject({ verdict: 'not-applicable', message: 'Only the agent knows.' });
  });
});

describe('the verdict of a scenario', () => {
  const verdicts = (...given: Verdict[]) =>
    scenarioVerdict(
      given.map((verdict) => ({ check: 'c', verdict, message: '', fix: null, evidence: [], at: null })),
    );

  test.each<[Verdict, Verdict[]]>([
    ['error', ['pass', 'fail', 'error']],
    ['fail', ['pass', 'fail', 'inconclusive']],
    ['pass', ['pass', 'inconclusive', 'not-applicable']],
    ['inconclusive', ['inconclusive', 'not-applicable']],
    ['not-applicable', ['not-applicable']],
    ['not-applicable', []],
  ])('%s of %j', (expected, given) => {
    expect(verdicts(...given)).toBe(expected);
  });
});
