// A store that is read-only, full or torn fails every kind of write as the system would, on every Node, and nothing else.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { runtimes } from './subject.ts';

const FIXTURE = fileURLToPath(new URL('fixtures/bad-store.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'hour4-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let runs = 0;
function writesIn(
  node: string,
  mode: string,
): { results: Record<string, string>; texts: Record<string, string | null> } {
  const root = join(folder, String(runs++));
  const store = join(root, 'store');
  mkdirSync(store, { recursive: true });
  const env = { HOUR4_STORE: store, HOUR4_STORE_MODE: join(root, 'mode') };
  return JSON.parse(execFileSync(node, [FIXTURE, mode], { encoding: 'utf8', env }));
}

const WRITES = [
  'writeFileSync',
  'writeFile',
  'promises.writeFile',
  'appendFile',
  'handle.writeFile',
  'stream',
  'openSync, writeSync',
];

describe.each(Object.entries(runtimes))('on Node %s', (_, node) => {
  test('a read-only store takes nothing, and what was there stays', () => {
    const { results, texts } = writesIn(node, 'read-only');
    for (const name of [...WRITES, 'mkdir', 'rename', 'unlink']) expect(results[name], name).toBe('EROFS');
    for (const name of ['whole', 'again', 'kept', 'gone', 'named']) expect(texts[name], name).toBe('before');
  });

  test('a full store empties what it cannot write, and still lets files go', () => {
    const { results, texts } = writesIn(node, 'full');
    for (const name of [...WRITES, 'mkdir']) expect(results[name], name).toBe('ENOSPC');
    for (const name of ['rename', 'unlink']) expect(results[name], name).toBe('done');
    expect(texts).toMatchObject({ whole: '', again: '', kept: 'before', 'by-handle': '', renamed: 'before' });
  });

  test('the first write to a file is torn and ends in the middle, and the next one is whole', () => {
    const { results, texts } = writesIn(node, 'torn');
    for (const name of WRITES) expect(results[name], name).toBe('EIO');
    expect(texts).toMatchObject({
      whole: 'new ',
      again: 'new ',
      fresh: 'new ',
      kept: 'before and ',
      'by-handle': 'new ',
      twice: 'second text',
    });
    expect(results['once more']).toBe('done');
  });

  test('reads, and writes elsewhere or afterwards, are as ever', () => {
    for (const mode of ['read-only', 'full', 'torn']) {
      expect(writesIn(node, mode).results).toMatchObject({
        read: 'done',
        outside: 'done',
        afterwards: 'done',
      });
    }
    for (const outcome of Object.values(writesIn(node, 'writable').results)) expect(outcome).toBe('done');
  });
});
