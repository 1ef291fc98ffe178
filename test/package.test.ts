// What is published works as built: entry points, types, command line, preload and module host.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const BUILT = join(ROOT, '.hour4', 'built');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const inBuilt = (path: string) => join(BUILT, path.replace('./dist/', ''));

beforeAll(() => {
  const tsc = join(ROOT, 'node_modules', '.bin', 'tsc');
  for (const project of ['tsconfig.build.json', 'tsconfig.browser.json']) {
    const { status, stdout } = spawnSync(tsc, ['-p', project, '--outDir', BUILT], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(status, stdout).toBe(0);
  }
}, 120_000);
afterAll(() => rmSync(BUILT, { recursive: true, force: true }));

test('every entry point is there, with its types, and can be imported', async () => {
  for (const [name, entry] of Object.entries<string | { types: string; default: string }>(manifest.exports)) {
    if (typeof entry === 'string') {
      expect(existsSync(join(ROOT, entry)), name).toBe(true);
      continue;
    }
    expect(existsSync(inBuilt(entry.types)), name).toBe(true);
    const module = await import(pathToFileURL(inBuilt(entry.default)).href);
    expect(Object.keys(module).length, name).toBeGreaterThan(0);
  }
});

test('the built command line runs an agent in exact time', { timeout: 120_000 }, () => {
  const args = [
    'run',
    'examples/own-job/careful.yaml',
    '--scenario',
    'half-hour-staging',
    '--out',
    join('.hour4', 'built-run'),
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, [inBuilt(manifest.bin.hour4), ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(status, `${stdout}${stderr}`).toBe(0);
  rmSync(join(ROOT, '.hour4', 'built-run'), { recursive: true, force: true });
});

test('the dashboard is complete: what its page and its scripts load is there', async () => {
  const { dashboardFile } = await import(
    pathToFileURL(join(BUILT, 'harness', 'serve', 'dashboard', 'dashboard.js')).href
  );
  const seen = new Set<string>();
  const visit = async (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    const { body } = (await dashboardFile(path)) ?? expect.unreachable(`${path} is missing`);
    for (const [, name] of body.matchAll(/(?:from '\.|(?:src|href)="dashboard)\/([^'"]+)['"]/g)) {
      await visit(`/dashboard/${name}`);
    }
  };
  await visit('/');
  expect([...seen]).toContain('/dashboard/style.css');
  expect(seen.size).toBeGreaterThan(5);
});

test('the command line starts by itself where it is installed', () => {
  expect(readFileSync(inBuilt(manifest.bin.hour4), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
});
