// Blows at the store of a subject: its mode stands in a file that the preload reads, copies are kept beside it.

import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
      return writeFile(folders.storeMode, '');
    default:
      return writeFile(folders.storeMode, store);
  }
}

// The folder itself stays: whoever watches it or works in it still means the same one.
async function replaceFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(to)) await rm(join(to, name), { recursive: true, force: true });
  await cp(from, to, { recursive: true, preserveTimestamps: true });
}
