// `hour4 grade`: what it makes of its words, what it demands, and how it ends.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Config } from '../../harness/config/config.ts';
import { RECIPES } from '../../harness/grade-recipes.ts';
import type { Result, Rubric53 } from '../../harness/result.ts';
import { WELL_KNOWN_VARIABLES } from '../../harness/well-known.ts';
import { SERVICES } from '../../mocks/index.ts';
import { folderWith } from '../config/folder.ts';
import { finding, resultOf, scenarioResult } from '../results.ts';
import { hour4 } from './inside.ts';
import { hour4 as process4 } from './process.ts';

const FILES = { 'tool.mjs': '', deploy: '#!/bin/sh\n' };

const SCORED: Rubric53 = {
  score: 2,
  distinguishable: 'by text',
  conditions: [],
  conduct: [],
  example: null,
};

const passed = (more: Partial<Result> = {}) =>
  resultOf([scenarioResult('expires-mid-session', [finding('exit-codes', 'pass')])], {
    rubric53: SCORED,
    ...more,
  });

/** The config that `grade` makes of these words. */
async function configFrom(args: readonly string[], files: Readonly<Record<string, string>> = FILES) {
  const folder = folderWith(files);
  const seen: Config[] = [];
  const runSuite = async ({ config }: { config: Config }) => {
    seen.push(config);
    return passed();
  };
  const { code, stderr } = await hour4(['grade', '--quiet', ...args], folder, { runSuite });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [config] = seen;
  if (config === undefined) throw new Error('nothing was run');
  return config;
}

describe('a tool of which nothing is said', () => {
  async function graded(called: string | null, args: readonly string[] = []) {
    const seen: Config[] = [];
    const asked: Config[] = [];
    const { stderr } = await hour4(
      ['grade', '--quiet', ...args, '--', 'node', 'tool.mjs', 'list'],
      folderWith(FILES),
      {
        runSuite: async ({ config }) => {
          seen.push(config);
          return passed();
        },
        firstServiceCalled: async ({ config }) => {
          asked.push(config);
          return called;
        },
      },
    );
    return { asked: asked[0], graded: seen[0], stderr };
  }

  test('finds every well-known variable and every real host, and is graded where it called', async () => {
    const { asked, graded: config, stderr } = await graded('github');
    expect(asked?.subject).toMatchObject({
      intercept: 'proxy',
      env: { GITHUB_TOKEN: '{{ github.accessToken }}', SLACK_BOT_TOKEN: '{{ slack.accessToken }}' },
    });
    expect(Object.keys(asked?.services ?? {})).toContain('plain');
    expect(config?.services).toEqual({ github: {} });
    expect(config?.subject).toMatchObject({ intercept: 'proxy', tool: { service: 'github' } });
    expect(Object.keys(config?.subject.env ?? {})).toEqual(['GH_TOKEN', 'GITHUB_TOKEN']);
    expect(stderr).toContain('calls github');
  });

  test.each([[null], ['plain']])('is graded on the plain service where it called %s', async (called) => {
    const { graded: config, stderr } = await graded(called);
    expect(config?.services).toEqual({ plain: { accessTtl: '15m' } });
    expect(config?.subject.intercept).toBeUndefined();
    expect(stderr).toBe('');
  });

  test.each([['--service'], ['--token-env'], ['--base-url-env'], ['--as']])(
    'is not asked where %s says it',
    async (flag) => {
      const value = { '--service': 'slack', '--as': 'curl' }[flag] ?? 'T';
      expect((await graded('github', [flag, value])).asked).toBeUndefined();
    },
  );

  test('every well-known variable belongs to a service that there is', () => {
    const ids = SERVICES.map(({ id }) => id);
    expect(Object.keys(WELL_KNOWN_VARIABLES).filter((id) => !ids.includes(id))).toEqual([]);
  });
});

describe('the words after --', () => {
  test("an interpreter's script belongs to the program, the rest is the call", async () => {
    const { subject, services } = await configFrom([
      '--token-env',
      'T',
      '--',
      'node',
      '--no-warnings',
      'tool.mjs',
      'items',
      '--all',
    ]);
    expect(subject.run).toEqual(['node', '--no-warnings', 'tool.mjs']);
    expect(subject.tool).toMatchObject({
      name: 'tool',
      service: 'plain',
      tokenEnv: 'T',
      steps: { call: ['items', '--all'], denied: ['items', '--all'] },
    });
    expect(services).toEqual({ plain: { accessTtl: '15m' } });
  });

  test('other programs stand alone', async () => {
    const { subject } = await configFrom(['--', 'env', 'tool.mjs']);
    expect(subject.run).toEqual(['env']);
    expect(subject.tool).toMatchObject({ name: 'env', tokenEnv: null, steps: { call: ['tool.mjs'] } });
  });

  test('a denial may have arguments, a name and an address of its own', async () => {
    const flags = [
      '--denied',
      "delete 'all of it'",
      '--name',
      'deploy',
      '--base-url-env',
      'URL',
      '--service',
      'github',
    ];
    const { subject, services } = await configFrom([...flags, '--', 'env', 'list']);
    expect(subject.tool).toMatchObject({ name: 'deploy', steps: { denied: ['delete', 'all of it'] } });
    expect(subject.env).toEqual({ URL: '{{ github.api }}' });
    expect(services).toEqual({ github: {} });
  });
});

describe('recipes', () => {
  test.each(RECIPES)(
    '$id names a service and a variant that there are',
    ({ service, knobs, example, id }) => {
      const known = SERVICES.find((candidate) => candidate.id === service);
      expect(known).toBeDefined();
      if (knobs.variant !== undefined) expect(known?.variants).toHaveProperty(knobs.variant);
      expect(example).toContain(`--as ${id} -- ${id} `);
    },
  );

  test('a recipe leads the tool to its mock; flags overrule it', async () => {
    const { subject } = await configFrom(['--as', 'gh', '--token-env', 'OTHER', '--', 'env', 'api', '/user']);
    expect(subject.env).toMatchObject({ HTTP_PROXY: '{{ github.api }}' });
    expect(subject.tool).toMatchObject({ service: 'github', tokenEnv: 'OTHER' });
  });
});

describe('what is wrong is said in one line', () => {
  test.each([
    [['grade'], "missing required argument 'command'"],
    [['grade', '--', 'no-such-program'], 'grade: no program "no-such-program": install it, or give its path'],
    [['grade', '--as', 'ghh', '--', 'env'], 'Allowed choices are gh'],
    [['grade', '--denied', 'a && b', '--', 'env'], '--denied: It needs a shell'],
    [['grade', '--service', 'plan', '--', 'env'], 'no service "plan"'],
    [['grade', '--report', 'txt', '--', 'env'], 'no report "txt"'],
    [['tool', '--level', '4', '--', 'items'], 'Allowed choices are 0, 1, 2, 3'],
  ])('%j', async (args, complaint) => {
    const { code, stdout, stderr } = await hour4(args, folderWith(FILES));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^hour4: [^\n]+\n$/);
    expect(stderr).toContain(complaint);
  });
});

describe('how it ends', () => {
  const end = async (result: Result, ...flags: string[]) => {
    const runSuite = async () => result;
    return hour4(['grade', '--quiet', ...flags, '--', 'env'], folderWith(FILES), { runSuite });
  };

  test('0 when nothing failed, with the rubric on stdout', async () => {
    const { code, stdout } = await end(passed());
    expect(code).toBe(0);
    expect(stdout).toContain('score 2 of 3');
  });

  test('1 below the least score, without a score, and when a check failed', async () => {
    expect(await end(passed(), '--min-score', '3')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('The score is 2, and at least 3 is demanded.'),
    });
    expect(await end(passed({ rubric53: null }))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no score'),
    });
    const failed = resultOf([scenarioResult('cascade', [finding('exit-codes', 'fail')])], {
      rubric53: SCORED,
    });
    expect((await end(failed)).code).toBe(1);
  });
});

describe('the mock tool on the command line', () => {
  test('fails with the code of the tool when there is no service', async () => {
    const { code, stdout } = await hour4(['tool', '--', 'items'], folderWith({}));
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: 'UPSTREAM_UNAVAILABLE' } });
  });

  test('names its commands', async () => {
    const { code, stderr } = await hour4(['tool', '--', 'dance'], folderWith({}));
    expect(code).toBe(2);
    expect(stderr).toContain(
      'There is no command "dance"; there are whoami, items, item, add, remove, admin, auth refresh.',
    );
  });
});

test('a tool is graded from end to end, in a process of its own', async () => {
  const cwd = folderWith({});
  const tool = join(import.meta.dirname, '..', '..', 'examples', 'tools', 'level-2.mjs');
  mkdirSync(join(cwd, 'out'));
  const words = ['--token-env', 'TOOL_TOKEN', '--out', 'out', '--quiet', '--', 'node', tool, 'items'];
  const { code, stdout } = await process4(['grade', ...words], cwd);
  expect(stdout).toContain('level-2 (tool, exact time)');
  expect(stdout).toContain('score 2 of 3');
  expect(stdout).toContain('What to change to get beyond 2');
  expect(code).toBe(1);
}, 60_000);
