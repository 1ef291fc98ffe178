// Nothing is forced to a disk in virtual time: the descriptor is looked at, and that is all, on every Node.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { runtimes } from './subject.ts';

const FIXTURE = fileURLToPath(new URL('fixtures/synced.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'hour4-sync-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BY_DESCRIPTOR = ['fsyncSync', 'fdatasyncSync', 'fsync', 'fdatasync'];
const BY_HANDLE = ['handle.sync', 'handle.datasync'];

test.each(Object.entries(runtimes))('Node %s', (version, node) => {
  const results = JSON.parse(execFileSync(node, [FIXTURE, join(folder, version)], { encoding: 'utf8' }));
  for (const way of [...BY_DESCRIPTOR, ...BY_HANDLE]) expect(results[`${way} open`], way).toBe('done');
  // Who would look at the disk says `fsync` here.
  for (const way of BY_DESCRIPTOR) expect(results[`${way} closed`], way).toBe('EBADF of fstat');
  for (const way of BY_HANDLE) expect(results[`${way} closed`], way).toMatch(/^EBADF/);
});
