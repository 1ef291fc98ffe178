// The files that a subject wrote outside its store: where a secret must not be.

import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { SubjectRun } from './subject.ts';

/** How far down, how many, and how large: a subject may have a whole repository as its folder. */
const DEPTH = 4;
const FILES = 1000;
const FILE_BYTES = 4 * 2 ** 20;
const SKIPPED = new Set(['node_modules', '.git', '.hour4']);

/**
 * Looks for secrets in the files written since the start: all of its own home and temporary folder, and those of its
 * working directory that were changed meanwhile.
 * @returns whether there are any of the latter
 */
export async function captureWritten(
  { program, folders, world }: Pick<SubjectRun, 'program' | 'folders' | 'world'>,
  party: string,
  sinceMs: number,
): Promise<boolean> {
  const own = (await Promise.all([filesBelow(folders.home), filesBelow(folders.temp)])).flat();
  // Beside its own root stand those of its other runs.
  const runs = join(dirname(folders.root), sep);
  const shared = (await filesBelow(program.cwd)).filter((path) => !path.startsWith(runs));
  const texts = async (files: readonly string[], fromMs: number) =>
    (await Promise.all(files.map((file) => readIfWritten(file, fromMs)))).filter((text) => text !== null);
  const besides = await texts(shared, sinceMs);
  for (const text of [...(await texts(own, 0)), ...besides]) world.capture(party, 'file', text);
  return besides.length > 0;
}

/** The files below a folder in a stable order, but for what others put there; at most `FILES` of them. */
export async function filesBelow(folder: string, depth: number = DEPTH): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (found.length >= FILES) break;
    const path = join(folder, entry.name);
    if (entry.isFile()) found.push(path);
    else if (entry.isDirectory() && depth > 0 && !SKIPPED.has(entry.name))
      found.push(...(await filesBelow(path, depth - 1)));
  }
  return found.slice(0, FILES);
}

// The change time is the machine's own: a subject's virtual clock reaches only the modification time.
async function readIfWritten(path: string, sinceMs: number): Promise<string | null> {
  try {
    const { ctimeMs, size } = await stat(path);
    if (ctimeMs < sinceMs || size > FILE_BYTES) return null;
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}
