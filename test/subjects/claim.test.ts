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
