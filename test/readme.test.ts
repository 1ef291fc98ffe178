// The README is true: its commands run as they stand, with the exit code that they announce, and its links lead somewhere.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '../harness/config/schema.ts';
import { splitWords } from '../harness/subjects/tool/words.ts';

const ROOT = join(import.meta.dirname, '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const OUT = join('.hour4', 'readme');
afterAll(() => rmSync(join(ROOT, OUT), { recursive: true, force: true }));

const blocks = (language: string) =>
  [...README.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    (match) => match[1] ?? '',
  );
const commands = blocks('sh')
  .flatMap((block) => block.split('\n'))
  .filter((line) => line.startsWith('npm run -s hour4 -- '));

const wordsOf = (command: string): readonly string[] => {
  const split = splitWords(command.trim());
  if ('problem' in split) throw new Error(`${command}: ${split.problem}`);
  return split.words;
};

describe('the commands of the README', () => {
  test.each(commands)('%s', { timeout: 120_000 }, (line) => {
    const [command = '', comment = ''] = line.split(/\s#/);
    const args = wordsOf(command).slice('npm run -s hour4 --'.split(' ').length);
    const out = args[0] === 'run' ? ['--out', OUT] : [];
    const { status, stderr } = spawnSync(process.execPath, ['harness/cli.ts', ...args, ...out], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(Number(/exits (\d)/.exec(comment)?.[1] ?? 0));
  });

  test('are there', () => {
    expect(commands.length).toBeGreaterThan(4);
  });
});

test('the config of the README is a config', () => {
  const [config = ''] = blocks('yaml');
  expect(configSchema.safeParse(parse(config)).error).toBeUndefined();
});

test.each(['README.md', 'examples/README.md', 'CONTRIBUTING.md'])(
  'the links of %s lead somewhere',
  (path) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? '');
    const broken = links.filter((link) => !existsSync(join(ROOT, dirname(path), link)));
    expect(broken).toEqual([]);
  },
);
