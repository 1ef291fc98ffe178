// What only a process can show: streams, signals, the environment, and configs that misbehave.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { resultSchema } from '../../harness/result-schema.ts';
import { folderWith } from '../config/folder.ts';
import { hour4, startHour4 } from './process.ts';

const CAREFUL = join(import.meta.dirname, '..', '..', 'examples', 'overnight', 'careful.yaml');

test('a run that passes: report on stdout, progress on stderr, ledgers in the output folder', async () => {
  const folder = folderWith({});
  const args = [
    'run',
    CAREFUL,
    '--scenario',
    'half-hour-*',
    '--report',
    'json',
    '--report',
    'text=reports/night.txt',
  ];
  const { code, stdout, stderr } = await hour4(args, folder);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '[1/1] half-hour-staging: pass after 00:27:00\n' });
  const result = resultSchema.parse(JSON.parse(stdout));
  expect(result).toMatchObject({ subject: { name: 'careful', kind: 'agent', time: 'exact' }, seed: 1 });
  const ledger = readFileSync(join(folder, '.hour4', result.scenarios[0]?.ledger ?? ''), 'utf8');
  expect(ledger).toContain('"schema":"hour4/ledger@1"');
  expect(readFileSync(join(folder, 'reports', 'night.txt'), 'utf8')).toContain(
    'Ledgers and logs are in .hour4',
  );
});

test('a run that is interrupted ends with 130, and takes its subject with it', async () => {
  const folder = folderWith({
    'hour4.yaml': 'subject: { name: stuck, kind: agent, module: ./stuck.mjs }\nservices: { plain: }\n',
    'stuck.mjs':
      "import { writeFileSync } from 'node:fs';\n" +
      "export default () => { writeFileSync('pid', String(process.pid)); for (;;); };\n",
  });
  const { child, ended } = startHour4(['run', '--scenario', 'overnight-run'], { cwd: folder });
  const started = vi.waitUntil(() => Number(textOf(join(folder, 'pid'))), { timeout: 50_000 });
  const early = ended.then((end) => Promise.reject(new Error(`it ended early: ${JSON.stringify(end)}`)));
  for (const loser of [started, early]) loser.catch(() => {});
  const pid = await Promise.race([started, early]);
  child.kill('SIGINT');
  const { code, stdout, stderr } = await ended;
  expect(code).toBe(130);
  expect(stderr).toContain('hour4: interrupted');
  expect(stdout).toContain('The run was interrupted.');
  expect(stdout).toMatch(/\n0 passed, 0 failed, \d+ inconclusive/);
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('a config that never finishes loading, or ends the process, has not passed', async () => {
  const folder = folderWith({ 'never.mjs': 'await new Promise(() => {});', 'exit.mjs': 'process.exit();' });
  for (const name of ['never.mjs', 'exit.mjs']) {
    expect(await hour4(['run', name], folder)).toMatchObject({ code: expect.toBeOneOf([3, 13]), stdout: '' });
  }
});

test('a TypeScript config that Node itself cannot read is told in one line', async () => {
  const folder = folderWith({ 'a.ts': 'export default' });
  const { code, stderr } = await hour4(['run', 'a.ts'], folder);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^hour4: \S+a\.ts: cannot be loaded: [^\n]+\n$/);
});

test('an output folder that cannot be made', async () => {
  const folder = folderWith({});
  writeFileSync(join(folder, 'taken'), '');
  const { code, stderr } = await hour4(['run', CAREFUL, '--out', 'taken/deep', '--quiet'], folder);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^hour4: cannot write to \S+taken\/deep \([^\n]+\): name a folder with --out\n$/);
});

test('`env` hands on nothing of the user’s own', async () => {
  const env = { HUBSPOT_TOKEN: 'canary-of-the-user', HOME: '/home/canary' };
  const { stdout } = await startHour4(['env', CAREFUL], { cwd: '/', env }).ended;
  expect(stdout).toContain('HOUR4_WORLD=');
  expect(stdout).not.toContain('canary');
});

test('a reader that has gone is no failure', async () => {
  const { child, ended } = startHour4(['list', 'services', '--json'], { cwd: '/' });
  child.stdout?.destroy();
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
});

const textOf = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
