// Blows at the store of a subject: its mode stands in a file that the preload reads, copies are kept beside it.

import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { StoreBlow } from '../world/blows.ts';
import type { Folders } from './environment.ts';

/** Deals a blow; the world must be at rest, and stay so until it has taken effect. */
export async function dealStoreBlow({ store }: StoreBlow, folders: Folders): Promise<void> {
  switch (store) {
    case 'snapshot':
      return replaceFolder(folders.store, folders.snapshot);
    case 'restore':
      return replaceFolder(folders.snapshot, folders.store);
    case 'writable':
      return setMode('', folders);
    default:
      return setMode(store, folders);
  }
}

// A subject may have thrown away its folders, and all that was in them.
async function setMode(mode: string, { storeMode }: Folders): Promise<void> {
  await mkdir(dirname(storeMode), { recursive: true });
  await writeFile(storeMode, mode);
}

/** How often a copy is begun anew because a subject on a real clock moved files meanwhile. */
const COPIES_MOST = 20;

// The folder itself stays: whoever watches it or works in it still means the same one.
async function replaceFolder(from: string, to: string): Promise<void> {
  for (const folder of [from, to]) await mkdir(folder, { recursive: true });
  for (let nth = 1; ; nth++) {
    for (const name of await readdir(to)) await rm(join(to, name), { recursive: true, force: true });
    try {
      return await cp(from, to, { recursive: true, preserveTimestamps: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || nth === COPIES_MOST) throw error;
    }
  }
}
