// Unmodified programs under `hour4 grade`, where they are installed; none of them may touch the user's own login.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Entry, parseLedger } from '../../harness/index.ts';
import { resultSchema } from '../../harness/result-schema.ts';
import { folderWith } from '../config/folder.ts';
import { startHour4 } from './process.ts';

const MINUTES = 5 * 60_000;

// The subject's own search path: a program that is not there is skipped, and the skipped test names it.
const isThere = (program: string) =>
  spawnSync(program, ['--version'], { stdio: 'ignore', env: { PATH: process.env.PATH } }).status === 0;

const CANARIES = {
  '.config/gh/hosts.yml':
    'github.com:\n    oauth_token: gho_canarycanarycanarycanarycanarycanary\n    user: canary\n',
  '.aws/credentials': '[default]\naws_access_key_id = AKIACANARYCANARYCAN1\naws_secret_access_key = canary\n',
  '.config/rclone/rclone.conf': '[hour4]\ntype = local\n',
  '.curlrc': 'header = "Authorization: Bearer canary"\n',
};

async function gradeAs(recipe: string, words: readonly string[]) {
  const home = folderWith({});
  for (const [path, text] of Object.entries(CANARIES)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  }
  const env = {
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    GH_TOKEN: 'canary',
    AWS_PROFILE: 'default',
  };
  const args = [
    'grade',
    '--quiet',
    '--as',
    recipe,
    '--out',
    'out',
    '--report',
    'rubric',
    '--report',
    'json=r.json',
    '--',
    ...words,
  ];
  const { code, stdout, stderr } = await startHour4(args, { cwd: home, env }).ended;
  for (const [path, text] of Object.entries(CANARIES))
    expect(readFileSync(join(home, path), 'utf8')).toBe(text);
  const ledger = parseLedger(readFileSync(join(home, 'out', 'expires-mid-session.jsonl'), 'utf8'));
  const sent = ledger.entries.flatMap((entry: Entry) =>
    entry.kind === 'exchange.opened' ? [entry.token] : [],
  );
  expect(sent.length).toBeGreaterThan(0);
  // A signed request is known by its key id, and not by a token.
  for (const token of sent) if (token !== null) expect(token).toMatch(/^acme-[a-z]+\/[ar]t-\d+$/);
  const result = resultSchema.parse(JSON.parse(readFileSync(join(home, 'r.json'), 'utf8')));
  // None of them is a Node program, whose clock could be taken.
  expect(result.subject).toEqual({ name: recipe, kind: 'tool', time: 'real' });
  return { code, stdout, stderr, result };
}

describe('a program of which nothing is said', () => {
  test(
    'is graded by the real host that it calls, with a token by its usual name',
    async () => {
      const script = `const answer = await fetch('https://api.github.com/user', {
        headers: { authorization: 'Bearer ' + process.env.GITHUB_TOKEN },
      });
      if (!answer.ok) {
        console.error('the token is expired, or wrong: ' + answer.status);
        process.exit(1);
      }`;
      const folder = folderWith({ 'me.mjs': script });
      const words = ['--out', 'out', '--report', 'json=r.json', '--', process.execPath, 'me.mjs'];
      const { stderr } = await startHour4(['grade', ...words], { cwd: folder, env: {} }).ended;
      expect(stderr).toContain('the tool calls github');
      const ledger = parseLedger(readFileSync(join(folder, 'out', 'expires-mid-session.jsonl'), 'utf8'));
      const sent = ledger.entries.flatMap((entry: Entry) =>
        entry.kind === 'exchange.opened' ? [[entry.via, entry.token]] : [],
      );
      // Good, expired, denied: a token of the step each time, and the vendor's own host.
      expect(sent).toEqual([
        ['https://api.github.com', 'acme-github/at-1'],
        ['https://api.github.com', 'acme-github/at-1'],
        ['https://api.github.com', 'acme-github/at-2'],
      ]);
      const result = resultSchema.parse(JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8')));
      expect(result.rubric53?.score).toBe(0);
    },
    MINUTES,
  );
});

describe('an unmodified program gets its score', () => {
  test.skipIf(!isThere('gh'))(
    'gh: 0, for an expired token is a bad one',
    async () => {
      const { code, stdout, result } = await gradeAs('gh', ['gh', 'api', '/user']);
      expect(result.rubric53).toMatchObject({ score: 0, distinguishable: 'by text' });
      expect(stdout).toContain('gh: Bad credentials (HTTP 401)');
      expect(code).toBe(1);
    },
    MINUTES,
  );

  test.skipIf(!isThere('aws'))(
    'aws: 1, for it says that its session is expired',
    async () => {
      const { stdout, result } = await gradeAs('aws', ['aws', 'sts', 'get-caller-identity']);
      expect(result.rubric53).toMatchObject({ score: 1, distinguishable: 'by text' });
      expect(stdout).toContain('(ExpiredToken)');
    },
    MINUTES,
  );

  test.skipIf(!isThere('rclone'))(
    'rclone: none, for it renews what expires, and writes it into the file of its own home',
    async () => {
      const { stdout, result } = await gradeAs('rclone', ['rclone', 'lsf', 'hour4:']);
      expect(result.rubric53).toBe(null);
      expect(stdout).toContain('The tool renewed its credential by itself.');
    },
    MINUTES,
  );

  test.skipIf(!isThere('curl'))(
    'curl: 0, told apart by the status in its text',
    async () => {
      const words = ['curl', '--silent', '--show-error', '--fail', '{{ plain.api }}/v1/items'];
      const { result } = await gradeAs('curl', words);
      expect(result.rubric53).toMatchObject({ score: 0, distinguishable: 'by text' });
    },
    MINUTES,
  );
});
