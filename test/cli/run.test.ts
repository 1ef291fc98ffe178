// `run` around a runner that is told what to find: selection, reports, progress, demands, repetition, exit codes.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HarnessError } from '../../harness/errors.ts';
import type { Finding, Letter, Result, Verdict } from '../../harness/result.ts';
import type { SuiteOptions } from '../../harness/stage.ts';
import { CHECKS } from '../../scenarios/checks/index.ts';
import { SCENARIOS } from '../../scenarios/index.ts';
import { folderWith } from '../config/folder.ts';
import { finding, gradeOf, resultOf, scenarioResult } from '../results.ts';
import { hour4, type Stead } from './inside.ts';

const CONFIG = 'subject: { name: sync, kind: agent, run: [node, sync.mjs], time: real }\n';

const resultWith = (findings: readonly Finding[], letter: Letter = 'A'): Result =>
  resultOf([scenarioResult('overnight-run', findings)], { grade: gradeOf(letter) });
const PASSED = resultWith([finding('no-silent-skip', 'pass')]);

/** A runner that finds these results in turn, and remembers what it was asked. */
function runner(...results: readonly Result[]) {
  const asked: SuiteOptions[] = [];
  const runSuite = async (options: SuiteOptions): Promise<Result> => {
    asked.push(options);
    return results[asked.length - 1] ?? PASSED;
  };
  return { asked, runSuite };
}

const run = (args: readonly string[], stead: Stead, files: Readonly<Record<string, string>> = {}) =>
  hour4(['run', ...args], folderWith({ 'hour4.yaml': CONFIG, ...files }), stead);

async function codeFor(result: Result, ...args: readonly string[]): Promise<number> {
  return (await run(args, runner(result))).code;
}

describe('what the runner is asked', () => {
  test('without flags: every scenario, seed 1, .hour4, the time of the config', async () => {
    const fake = runner();
    const folder = folderWith({ 'hour4.yaml': CONFIG });
    await hour4(['run'], folder, fake);
    expect(fake.asked).toHaveLength(1);
    expect(fake.asked[0]).toMatchObject({ seed: 1, outDir: join(folder, '.hour4'), time: 'real' });
    expect(fake.asked[0]?.config.subject.name).toBe('sync');
    expect(fake.asked[0]?.scenarios).toEqual(SCENARIOS);
  });

  test('with flags', async () => {
    const fake = runner();
    await run(['--seed', '7', '--out', '/tmp/elsewhere', '--time', 'exact', '--scenario', 'hour-four'], fake);
    expect(fake.asked[0]).toMatchObject({ seed: 7, outDir: '/tmp/elsewhere', time: 'exact' });
    expect(fake.asked[0]?.scenarios.map(({ id }) => id)).toEqual(['hour-four']);
  });

  test('with globs, each scenario once and in the order of the catalogue', async () => {
    const fake = runner();
    await run(['--scenario', 'overnight-run', '--scenario', '{hour-four,h*}'], fake);
    const ids = fake.asked[0]?.scenarios.map(({ id }) => id);
    expect(ids).toEqual(
      SCENARIOS.map(({ id }) => id).filter((id) => id.startsWith('h') || id === 'overnight-run'),
    );
  });

  test('with the scenarios of the config, unless flags name others', async () => {
    const files = { 'hour4.yaml': `${CONFIG}scenarios: [half-*]\n` };
    const [fromConfig, fromFlags] = [runner(), runner()];
    await run([], fromConfig, files);
    await run(['--scenario', 'hour-four'], fromFlags, files);
    expect(fromConfig.asked[0]?.scenarios.map(({ id }) => id)).toEqual(['half-hour-staging']);
    expect(fromFlags.asked[0]?.scenarios.map(({ id }) => id)).toEqual(['hour-four']);
  });

  test('with a scenario that the config brings along, judged by every check of its kind', async () => {
    const own = '{ id: mine, until: 2h, timeline: [{ at: 1h, act: revoke, account: acme-google }] }';
    const files = { 'hour4.yaml': `${CONFIG}scenarios: [hour-four, ${own}]\n` };
    const [both, one] = [runner(), runner()];
    await run([], both, files);
    await run(['--scenario', 'mine'], one, files);
    expect(both.asked[0]?.scenarios.map(({ id }) => id)).toEqual(['hour-four', 'mine']);
    expect(one.asked[0]?.scenarios).toMatchObject([{ id: 'mine', kinds: ['agent'], untilMs: 7_200_000 }]);
    const judging = CHECKS.filter(({ kinds }) => kinds.includes('agent')).map(({ id }) => id);
    expect(one.asked[0]?.scenarios[0]?.checks).toEqual(judging);
  });

  test.each([
    ['{ id: hour-four, until: 2h }', 'the catalogue has a scenario of this id'],
    ['{ id: mine, until: 2h, checks: [one-refrsh] }', 'no check "one-refrsh": did you mean "one-refresh"?'],
  ])('%s is a mistake', async (own, expected) => {
    const { code, stderr } = await run([], runner(), { 'hour4.yaml': `${CONFIG}scenarios: [${own}]\n` });
    expect(code).toBe(2);
    expect(stderr).toContain(expected);
  });
});

describe('reports', () => {
  test('the text goes to stdout when nothing else is said', async () => {
    const { stdout } = await run([], runner());
    expect(stdout).toContain('sync (agent, exact time, seed 1)');
    expect(stdout).not.toContain('\x1b');
  });

  test('have colours on a terminal, and none in a file', async () => {
    const folder = folderWith({ 'hour4.yaml': CONFIG });
    const args = ['run', '--report', 'text', '--report', 'text=night.txt'];
    const { stdout } = await hour4(args, folder, { ...runner(), isTerminal: true });
    expect(stdout).toContain('\x1b[');
    expect(readFileSync(join(folder, 'night.txt'), 'utf8')).not.toContain('\x1b');
  });

  test('go to files as wholes, in folders that are made, and leave nothing else behind', async () => {
    const folder = folderWith({ 'hour4.yaml': CONFIG, 'out/result.json': 'old' });
    const args = [
      'run',
      '--report',
      'json=out/result.json',
      '--report',
      'text=out/new/night=1.txt',
      '--quiet',
    ];
    const { code, stdout } = await hour4(args, folder, runner());
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(JSON.parse(readFileSync(join(folder, 'out', 'result.json'), 'utf8'))).toEqual(PASSED);
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['new', 'result.json']);
    expect(readdirSync(join(folder, 'out', 'new'))).toEqual(['night=1.txt']);
  });

  test('name the output folder as the user would', async () => {
    const { stdout } = await run(['--out', 'deep/out'], runner());
    expect(stdout).toContain('Ledgers and logs are in deep/out\n');
  });
});

describe('progress', () => {
  const telling: Stead['runSuite'] = async ({ onProgress }) => {
    const common = { scenario: 'hour-four', index: 1, of: 3, untilMs: 21_600_000 } as const;
    onProgress?.({ ...common, phase: 'twin', virtualMs: 0 });
    onProgress?.({ ...common, phase: 'run', virtualMs: 11_520_000 });
    onProgress?.({ ...common, phase: 'judged', virtualMs: 21_600_000, verdict: 'fail' });
    return PASSED;
  };

  test('is a line for each scenario where lines stay', async () => {
    const { stderr } = await run([], { runSuite: telling });
    expect(stderr).toBe('[2/3] hour-four: fail after 06:00:00\n');
  });

  test('is one line that is written over on a terminal, and is gone at the end', async () => {
    const { stderr } = await run([], { runSuite: telling, isTerminal: true });
    const shown = stderr.split('\r\x1b[2K');
    expect(shown).toContain('[2/3] hour-four  running  03:12:00 of 06:00:00');
    expect(shown.at(-1)).toBe('');
    expect(stderr).not.toContain('\n');
  });

  test('is nothing at all with --quiet', async () => {
    expect((await run(['--quiet'], { runSuite: telling })).stderr).toBe('');
    expect((await run(['--quiet'], { runSuite: telling, isTerminal: true })).stderr).toBe('');
  });
});

describe('the exit code', () => {
  test.each<[number, string, readonly Verdict[]]>([
    [0, 'something passed and nothing failed', ['pass', 'inconclusive', 'not-applicable']],
    [1, 'something failed', ['pass', 'fail']],
    [1, 'nothing could be concluded', ['inconclusive', 'not-applicable']],
    [1, 'there was nothing to judge', []],
    [3, 'a check broke', ['pass', 'error']],
    [3, 'a check broke beside a failure', ['fail', 'error']],
  ])('is %d when %s', async (code, _when, verdicts) => {
    const findings = verdicts.map((verdict, index) => finding(`check-${index}`, verdict));
    expect(await codeFor(resultWith(findings))).toBe(code);
  });

  test('says on stderr why it is not 0', async () => {
    const { stderr } = await run(
      ['--min-grade', 'A', '--require', 'one-refresh'],
      runner(resultWith([finding('no-silent-skip', 'fail')], 'C')),
    );
    expect(stderr.split('\n')).toEqual([
      'hour4: 1 of the checks failed.',
      'hour4: one-refresh is required and did not pass.',
      'hour4: The grade is C, and at least A is demanded.',
      '',
    ]);
  });

  test.each<[Letter, Letter, number]>([
    ['A', 'B', 0],
    ['B', 'B', 0],
    ['C', 'B', 1],
    ['F', 'F', 0],
    ['N', 'F', 1],
  ])('for a grade of %s where %s is demanded is %d later', async (letter, least, code) => {
    expect(await codeFor(resultWith([finding('x', 'pass')], letter), '--min-grade', least)).toBe(code);
  });

  test.each<[readonly Verdict[], number]>([
    [['pass'], 0],
    [['pass', 'inconclusive'], 0],
    [['inconclusive'], 1],
    [['not-applicable'], 1],
    [[], 1],
  ])('for a required check that was %j', async (verdicts, code) => {
    const findings = [
      finding('ends-clean', 'pass'),
      ...verdicts.map((verdict) => finding('one-refresh', verdict)),
    ];
    expect(await codeFor(resultWith(findings), '--require', 'one-refresh')).toBe(code);
  });

  test('with --fail-on inconclusive is 1 only for a check that concluded nothing anywhere', async () => {
    const open = resultWith([finding('a', 'pass'), finding('b', 'inconclusive')]);
    const closed = resultWith([
      finding('a', 'pass'),
      finding('a', 'inconclusive'),
      finding('b', 'not-applicable'),
    ]);
    expect(await codeFor(open)).toBe(0);
    expect(await codeFor(open, '--fail-on', 'inconclusive')).toBe(1);
    expect(await codeFor(closed, '--fail-on', 'inconclusive')).toBe(0);
  });

  test('is 3 when the runner itself fails, and the stack is told', async () => {
    const runSuite = () => Promise.reject(new HarnessError('the world broke'));
    const { code, stdout, stderr } = await run([], { runSuite });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('hour4: hour4 itself failed: HarnessError: the world broke');
  });

  test('is 130 after an interruption, and what is known by then is reported', async () => {
    const interruption = new AbortController();
    const runSuite = async ({ signal }: SuiteOptions) => {
      expect(signal?.aborted).toBe(false);
      interruption.abort();
      expect(signal?.aborted).toBe(true);
      return PASSED;
    };
    const folder = folderWith({ 'hour4.yaml': CONFIG });
    const args = ['run', '--repeat', '5', '--report', 'json=r.json'];
    const { code, stderr } = await hour4(args, folder, { runSuite, signal: interruption.signal });
    expect({ code, stderr }).toMatchObject({ code: 130, stderr: expect.stringContaining('interrupted') });
    expect(JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8'))).toEqual(PASSED);
  });
});

describe('--repeat', () => {
  const other = resultWith([finding('no-silent-skip', 'pass'), finding('one-refresh', 'pass')]);

  test('runs the same seed again and reports the last', async () => {
    const last = resultOf(PASSED.scenarios, { startedAt: '2027-01-01T00:00:00.000Z' });
    const fake = runner(PASSED, PASSED, last);
    const { code, stdout } = await run(['--repeat', '3', '--seed', '5', '--report', 'json'], fake);
    expect(code).toBe(0);
    expect(fake.asked.map(({ seed }) => seed)).toEqual([5, 5, 5]);
    expect(JSON.parse(stdout)).toMatchObject({ startedAt: '2027-01-01T00:00:00.000Z' });
  });

  test('fails where verdicts differ, and says which', async () => {
    const failing = resultWith([finding('no-silent-skip', 'fail')]);
    const { code, stderr } = await run(['--repeat', '2'], runner(failing, PASSED));
    expect(code).toBe(1);
    expect(stderr).toBe(
      'hour4: no-silent-skip in overnight-run was fail and then pass, with the same seed.\n',
    );
  });

  test('fails where one run finds what the other does not know', async () => {
    for (const results of [
      [PASSED, other],
      [other, PASSED],
    ]) {
      const { code, stderr } = await run(['--repeat', '2'], runner(...results));
      expect(code).toBe(1);
      expect(stderr).toContain('one-refresh in overnight-run was ');
    }
  });
});
