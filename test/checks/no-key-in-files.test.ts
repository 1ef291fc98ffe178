// Keys in the subject's folder.

import { expect, test } from 'vitest';
import noKeyInFiles from '../../scenarios/checks/no-key-in-files.ts';
import { story, verdictOf } from './ledgers.ts';

const KEY = { file: '.env.example', line: 3, looksLike: 'GITHUB_TOKEN' };

test('no-key-in-files fails when a file holds what looks like a key', () => {
  const { ledger, append } = story();
  const { seq } = append({ kind: 'folder.searched', party: 'world', keys: [KEY, { ...KEY, line: 4 }] });
  expect(verdictOf(noKeyInFiles, ledger)).toMatchObject({
    verdict: 'fail',
    evidence: [seq],
    message:
      'Line 3 of .env.example looks like a real key (GITHUB_TOKEN). No key should lie in a file outside the store. It happened once more.',
  });
});

test('no-key-in-files passes when the search found none, and is inconclusive where there was no search', () => {
  const { ledger, append } = story();
  expect(verdictOf(noKeyInFiles, ledger).verdict).toBe('inconclusive');
  append({ kind: 'folder.searched', party: 'world', keys: [] });
  expect(verdictOf(noKeyInFiles, ledger).verdict).toBe('pass');
});
