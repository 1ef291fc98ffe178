// Whether a subject's program is there: a file it names, or one on the PATH that the subject will have.

import { accessSync, constants } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { isFile } from './find.ts';

/**
 * Whether a program can be started.
 * @param program a name to search for, or a path relative to `cwd`
 * @param searchPath as in PATH
 */
export function isProgramThere(program: string, cwd: string, searchPath: string): boolean {
  const places = /[/\\]/.test(program)
    ? [resolve(cwd, program)]
    : searchPath.split(delimiter).map((folder) => join(folder, program));
  const endings = process.platform === 'win32' ? ['', '.exe', '.cmd', '.bat'] : [''];
  return places.some((place) => endings.some((ending) => isExecutable(place + ending)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return isFile(path);
  } catch {
    return false;
  }
}
