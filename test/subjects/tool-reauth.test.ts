// Which program a reauth_command means, and that nothing else is ever run.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { reauthArgv } from '../../harness/subjects/tool/reauth.ts';
import { splitWords } from '../../harness/subjects/tool/words.ts';

describe('a command is taken apart as by a POSIX shell', () => {
  test.each([
    ['tool auth refresh', ['tool', 'auth', 'refresh']],
    ['  tool\tauth \n refresh ', ['tool', 'auth', 'refresh']],
    [`tool 'two words' "and 'more'"`, ['tool', 'two words', "and 'more'"]],
    [`tool a\\ b "c\\"d" 'e\\f'`, ['tool', 'a b', 'c"d', 'e\\f']],
    [`tool --scope=""  ''`, ['tool', '--scope=', '']],
    [`tool "a\\nb" pre'fix'ed`, ['tool', 'a\\nb', 'prefixed']],
    ['tool https://x.example/?a=1', ['tool', 'https://x.example/?a=1']],
  ])('%s', (command, words) => {
    expect(splitWords(command)).toEqual({ words });
  });

  test.each(['a && b', 'a | b', 'a; b', 'a > f', 'a $(b)', 'a "$HOME"', 'a `b`'])(
    'what needs a shell is not run: %s',
    (command) => {
      expect(splitWords(command)).toEqual({ problem: expect.stringContaining('needs a shell') });
    },
  );

  test('an open quote, and nothing', () => {
    expect(splitWords("tool 'auth")).toEqual({ problem: expect.stringContaining('never closes') });
    expect(splitWords('  ')).toEqual({ problem: 'It is empty.' });
  });
});

describe('the first word is the tool, or a file beside it', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'reauth-'));
  writeFileSync(join(cwd, 'login.sh'), '');
  const meant = { name: 'tool', run: ['node', 'tool.mjs'], cwd };

  test('its name stands for its program', () => {
    expect(reauthArgv('tool auth refresh', meant)).toEqual({ argv: ['node', 'tool.mjs', 'auth', 'refresh'] });
  });

  test('its program, and a file in its folder', () => {
    expect(reauthArgv('node tool.mjs auth', meant)).toEqual({ argv: ['node', 'tool.mjs', 'auth'] });
    expect(reauthArgv('./login.sh -f', meant)).toEqual({ argv: [join(cwd, 'login.sh'), '-f'] });
  });

  test.each(['rm -rf .', '/bin/sh -c true', '../../../bin/sh', `${cwd}/../x`, ''])(
    'nothing else: %s',
    (command) => {
      expect(reauthArgv(command, meant)).toHaveProperty('problem');
    },
  );
});
