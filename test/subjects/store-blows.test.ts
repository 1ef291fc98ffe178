// The store can be copied and put back, and its mode is told in the file that the preload reads.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Folders, foldersIn } from '../../harness/subjects/environment.ts';
import { dealStoreBlow } from '../../harness/subjects/store-blows.ts';

let folders: Folders;
beforeEach(() => {
  folders = foldersIn(mkdtempSync(join(tmpdir(), 'hour4-store-')));
  mkdirSync(folders.store);
});
afterEach(() => rmSync(folders.root, { recursive: true, force: true }));

const inStore = (name: string) => join(folders.store, name);

test('a restored store is the one of the snapshot, newer files gone', async () => {
  writeFileSync(inStore('grant.json'), 'old');
  await dealStoreBlow({ store: 'snapshot' }, folders);
  writeFileSync(inStore('grant.json'), 'new');
  writeFileSync(inStore('newer.json'), 'new');
  await dealStoreBlow({ store: 'restore' }, folders);
  expect(readdirSync(folders.store)).toEqual(['grant.json']);
  expect(readFileSync(inStore('grant.json'), 'utf8')).toBe('old');
});

test('a later snapshot replaces the earlier one', async () => {
  writeFileSync(inStore('a'), '1');
  await dealStoreBlow({ store: 'snapshot' }, folders);
  rmSync(inStore('a'));
  await dealStoreBlow({ store: 'snapshot' }, folders);
  expect(readdirSync(folders.snapshot)).toEqual([]);
});

test.each(['read-only', 'full', 'torn'] as const)('%s is told, and taken back', async (store) => {
  await dealStoreBlow({ store }, folders);
  expect(readFileSync(folders.storeMode, 'utf8')).toBe(store);
  await dealStoreBlow({ store: 'writable' }, folders);
  expect(readFileSync(folders.storeMode, 'utf8')).toBe('');
  expect(existsSync(folders.snapshot)).toBe(false);
});
