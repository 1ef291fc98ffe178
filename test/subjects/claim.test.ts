// What counts as a claim.

import { describe, expect, test } from 'vitest';
import { claimOf, jsonLine } from '../../harness/subjects/claim.ts';

const EXITED = { kind: 'exited', code: 0 } as const;

describe('a claim', () => {
  test('is the last JSON object with a status, whatever the exit code', () => {
    const lines = [{ status: 'partial' }, { status: 'completed', counts: { rows: 3 } }, { event: 'bye' }];
    expect(claimOf(lines, { kind: 'exited', code: 1 })).toEqual({
      claim: { status: 'completed', counts: { rows: 3 } },
      from: 'json',
    });
  });

  test('is read from the exit code without JSON', () => {
    expect(claimOf([], EXITED)).toEqual({ claim: { status: 'completed' }, from: 'exit-code' });
    expect(claimOf([{ status: 'fine' }], { kind: 'exited', code: 3 }).claim.status).toBe('failed');
    expect(claimOf([], { kind: 'signalled', signal: 'SIGSEGV' }).claim.status).toBe('failed');
    expect(claimOf([], { kind: 'killed', why: '' }).claim.status).toBe('failed');
  });
});

describe('a claim that is badly shaped', () => {
  const claimed = (value: Parameters<typeof claimOf>[0][number]) => claimOf([value], EXITED).claim;

  test('keeps its status, and what is well shaped', () => {
    expect(
      claimed({ status: 'partial', skipped: 'everything', counts: 3, error: 'oops', reauth: null }),
    ).toEqual({
      status: 'partial',
    });
    expect(claimed({ status: 'partial', counts: { rows: 'many' }, more: 1 })).toEqual({
      status: 'partial',
      counts: {},
      more: 1,
    });
  });

  test('loses only the entries that are none', () => {
    const skipped = [{ item: 7, reason: 'gone' }, 'nonsense', null, { account: 'a' }];
    expect(claimed({ status: 'partial', skipped })).toEqual({
      status: 'partial',
      skipped: [
        { item: '7', reason: 'gone' },
        { account: 'a', reason: '' },
      ],
    });
  });
});

describe('a line of output', () => {
  test.each([
    ['{"status":"completed"}', { status: 'completed' }],
    ['  {"a":1}  ', { a: 1 }],
    ['{"a":1', null],
    ['log: {"a":1}', null],
    ['[1]', null],
    ['', null],
  ])('%s', (line, value) => {
    expect(jsonLine(line)).toEqual(value);
  });
});
