// What an agent remembers over its starts: small JSON files in its store, replaced as a whole.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from './world.ts';

/** What is kept under a name; null when nothing is. */
export function load<T>({ store }: World, name: string): T | null {
  const path = join(store, `${name}.json`);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

/** Keeps something under a name. A reader finds the old text or the new one, never a piece of either. */
export function save({ store }: World, name: string, what: unknown): void {
  const path = join(store, `${name}.json`);
  writeFileSync(`${path}.new`, JSON.stringify(what));
  renameSync(`${path}.new`, path);
}
