// What looks like a key in a subject's folder. Nothing here looks like one before it is put together.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keysInFiles } from '../../harness/subjects/keys-in-files.ts';

const KEY = ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function put(file: string, content: string | Buffer): Promise<void> {
  await mkdir(join(folder, file, '..'), { recursive: true });
  await writeFile(join(folder, file), content);
}

test('a key is found by file and line, and is not told; placeholders, data and what others put there are passed over', async () => {
  await put('.env.example', `API=http://127.0.0.1\n# from the vault\nGITHUB_TOKEN=${KEY}\n`);
  await put('src/config.json', JSON.stringify({ token: '<your token>', key: 'ghp_xxx' }));
  await put('data.bin', Buffer.concat([Buffer.from([0]), Buffer.from(KEY)]));
  await put('large.txt', `${'x'.repeat(300_000)}\n${KEY}\n`);
  await put('node_modules/some/readme.md', KEY);
  await put('out/work/run.log', KEY);
  const keys = await keysInFiles(folder, join(folder, 'out'));
  expect(keys).toEqual([{ file: '.env.example', line: 3, looksLike: 'GITHUB_TOKEN' }]);
  expect(JSON.stringify(keys)).not.toContain(KEY.slice(4, 20));
});

test('a folder that is not there holds no key', async () => {
  expect(await keysInFiles(join(folder, 'nowhere'), folder)).toEqual([]);
});
