// The architecture as a test: who may know whom, and where time and chance may come from.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const FOLDERS = ['mocks', 'harness', 'scenarios', 'reports'] as const;
type Folder = (typeof FOLDERS)[number];

/** What each folder may import from. */
const MAY_KNOW: Record<Folder, readonly Folder[]> = {
  mocks: ['mocks'],
  harness: ['harness', 'mocks'],
  scenarios: ['scenarios', 'harness', 'mocks'],
  reports: ['reports', 'harness'],
};
/** The composition root wires everything. */
const COMPOSITION_ROOT = 'harness/cli.ts';

/** Where ambient time and chance are at home, because taming them is what these files are for. */
const HOMES_OF_TIME = [
  'harness/time/',
  'harness/preload/',
  'harness/subjects/',
  'harness/record.ts',
  'harness/suite.ts',
  'harness/clock-probe.ts',
  'harness/house.ts',
  'harness/cli.ts',
  'harness/commands/',
  // A person looks at it in real time.
  'harness/serve/dashboard/browser/',
];
const BANNED: readonly { pattern: RegExp; instead: string }[] = [
  { pattern: /\bDate\.now\(/, instead: 'take the moment as an input (nowMs, atMs)' },
  { pattern: /\bnew Date\(\)/, instead: 'take the moment as an input (nowMs, atMs)' },
  { pattern: /\bMath\.random\(/, instead: 'take Randomness and draw by key' },
  { pattern: /\brandomBytes\(|\brandomUUID\(/, instead: 'take Randomness and draw by key' },
  { pattern: /\bsetTimeout\(|\bsetInterval\(/, instead: "schedule on the world's clock" },
  { pattern: /\bperformance\.now\(/, instead: 'take the moment as an input (nowMs, atMs)' },
];

const LINES_MAX = 400;

interface Source {
  readonly path: string;
  readonly text: string;
}

const sources: readonly Source[] = FOLDERS.flatMap((folder) => filesBelow(folder)).map((path) => ({
  path,
  text: readFileSync(join(ROOT, path), 'utf8'),
}));

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|js)$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort();
}

function importsOf({ path, text }: Source): string[] {
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)].map(
    (match) => match[1] ?? '',
  );
  return specifiers.map((specifier) =>
    relative(ROOT, resolve(ROOT, dirname(path), specifier)).replaceAll('\\', '/'),
  );
}

function wrongDirections(source: Source): string[] {
  const from = source.path.split('/')[0] as Folder;
  if (source.path === COMPOSITION_ROOT) return [];
  return importsOf(source)
    .filter((target) => {
      const to = target.split('/')[0] as Folder;
      return FOLDERS.includes(to) ? !MAY_KNOW[from].includes(to) : target !== 'package.json';
    })
    .map((target) => `${source.path} imports ${target}: ${from} may know ${MAY_KNOW[from].join(', ')} only`);
}

function ambientCalls({ path, text }: Source): string[] {
  if (HOMES_OF_TIME.some((home) => path.startsWith(home))) return [];
  return text
    .split('\n')
    .flatMap((line, index) =>
      BANNED.filter(
        ({ pattern }) =>
          pattern.test(withoutTexts(line)) &&
          !line.trimStart().startsWith('//') &&
          !line.trimStart().startsWith('*'),
      ).map(({ pattern, instead }) => `${path}:${index + 1} calls ${pattern.source}: ${instead}`),
    );
}

// Advice in a text may well show a call.
const withoutTexts = (line: string) => line.replaceAll(/'[^']*'|"[^"]*"|`[^`]*`/g, "''");

describe('the architecture', () => {
  test('folders know only whom they may know', () => {
    expect(sources.flatMap(wrongDirections)).toEqual([]);
  });

  test('reports take nothing but types from the harness', () => {
    const values = sources
      .filter(({ path }) => path.startsWith('reports/'))
      .flatMap(({ path, text }) =>
        text
          .split('\n')
          .filter((line) => /from '(\.\.\/)+harness\//.test(line) && !/^import type /.test(line))
          .map((line) => `${path}: ${line}`),
      );
    expect(values).toEqual([]);
  });

  test('time and chance are inputs outside their homes', () => {
    expect(sources.flatMap(ambientCalls)).toEqual([]);
  });

  test('the mocks run in every runtime: nothing in them is of Node alone, but what they can do without', () => {
    const bound = sources
      .filter(({ path }) => path.startsWith('mocks/') && path !== 'mocks/native.ts')
      .flatMap(({ path, text }) =>
        text
          .split('\n')
          .filter((line) => /^import (?!type ).*'node:|\bBuffer\b/.test(line))
          .map((line) => `${path}: ${line}: take it from mocks/encoding.ts, digest.ts or rsa.ts`),
      );
    expect(bound).toEqual([]);
  });

  test('every file says in its first line why it exists', () => {
    const silent = sources
      .filter(({ text }) => !/^(#!.*\n)?(\/\/ \S|\/\*\*)/.test(text))
      .map(({ path }) => path);
    expect(silent).toEqual([]);
  });

  test('no file outgrows what one can read', () => {
    const long = sources.filter(({ text }) => text.split('\n').length > LINES_MAX).map(({ path }) => path);
    expect(long).toEqual([]);
  });

  test('nothing is left for later', () => {
    const pattern = new RegExp(`\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')})\\b`);
    expect(sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

describe('the rules themselves', () => {
  test('a mock that imports the harness is caught', () => {
    const source = { path: 'mocks/x.ts', text: "import { a } from '../harness/ledger.ts';" };
    expect(wrongDirections(source)).toEqual([
      'mocks/x.ts imports harness/ledger.ts: mocks may know mocks only',
    ]);
  });

  test('ambient time is caught, and the message names the replacement', () => {
    const caught = ambientCalls({ path: 'mocks/x.ts', text: 'const now = Date.now();' });
    expect(caught[0]).toContain('take the moment as an input');
    expect(ambientCalls({ path: 'harness/time/x.ts', text: 'const now = Date.now();' })).toEqual([]);
  });
});
