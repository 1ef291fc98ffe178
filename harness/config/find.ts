// Which file is the config: the one that was named, or the one in a folder.

import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError } from '../errors.ts';

/** The names under which a config is found, the first one wins. */
const NAMES = [
  'hour4.config.ts',
  'hour4.config.js',
  'hour4.config.mjs',
  'hour4.config.json',
  'hour4.yaml',
  'hour4.yml',
];

/**
 * The absolute path of the config.
 * @param path a file, or a folder that holds one; null for `cwd`
 * @throws UsageError when there is none
 */
export function findConfig(path: string | null, cwd: string): string {
  const place = resolve(cwd, path ?? '.');
  const found = statSync(place, { throwIfNoEntry: false });
  if (found === undefined) {
    throw new UsageError(`${path}: no such file: give the path of a config, or run in its folder`);
  }
  if (!found.isDirectory()) return place;
  const file = NAMES.map((name) => join(place, name)).find(isFile);
  if (file !== undefined) return file;
  throw new UsageError(`no config in ${place}: write hour4.yaml or hour4.config.ts there, or give a path`);
}

/** Whether there is a file, and no folder, at this path. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
