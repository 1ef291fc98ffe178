// Which program a `reauth_command` means: only the tool itself, or a file beside it, is ever run.

import { statSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { splitWords } from './words.ts';

/** The program of a tool, as far as a command may mean it. */
export interface Meant {
  readonly name: string;
  readonly run: readonly string[];
  readonly cwd: string;
}

/** The argument vector of a command, or why it is not run, in whole sentences. */
export type ReauthArgv = { readonly argv: readonly string[] } | { readonly problem: string };

/** Takes a command apart and finds the program of its first word: its own, or a file in the folder of the tool. */
export function reauthArgv(command: string, { name, run, cwd }: Meant): ReauthArgv {
  const split = splitWords(command);
  if ('problem' in split) return split;
  const [first = '', ...rest] = split.words;
  if (first === name) return { argv: [...run, ...rest] };
  if (first === run[0]) return { argv: split.words };
  const file = resolve(cwd, first);
  if (isInside(cwd, file) && isFile(file)) return { argv: [file, ...rest] };
  return {
    problem: `Its first word \`${first}\` is neither the name of the tool (\`${name}\`), nor its program (\`${run[0] ?? ''}\`), nor a file in its folder.`,
  };
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !way.startsWith('..') && !isAbsolute(way);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
