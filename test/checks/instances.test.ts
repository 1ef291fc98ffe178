// What a check found, put into one judgement: the earliest first, in words that count.

import { expect, test } from 'vitest';
import { counted, failure, type Instance } from '../../scenarios/checks/instances.ts';

const instance = (atMs: number, message: string, evidence: readonly number[]): Instance => ({
  atMs,
  message,
  evidence,
});

test('a failure speaks of the earliest instance, and gives the evidence of all in order and once', () => {
  const found = [
    instance(30, 'Third.', [9, 2]),
    instance(10, 'First.', [4]),
    instance(20, 'Second.', [2, 1]),
  ];
  expect(failure(found, 'Mend it.')).toEqual({
    verdict: 'fail',
    message: 'First. It happened 2 more times.',
    fix: 'Mend it.',
    evidence: [1, 2, 4, 9],
    atMs: 10,
  });
});

test('a failure counts what came after', () => {
  const one = instance(1, 'First.', [1]);
  expect(failure([one], '').message).toBe('First.');
  expect(failure([one, instance(2, 'Second.', [])], '').message).toBe('First. It happened once more.');
});

test('a failure shows the evidence of its earliest instances, and not without end', () => {
  const found = Array.from({ length: 60 }, (_none, index) => instance(100 - index, 'It was so.', [index]));
  expect(failure(found, '').evidence).toEqual(Array.from({ length: 50 }, (_none, index) => index + 10));
});

test('nothing found is no failure', () => {
  expect(() => failure([], '')).toThrow('needs an instance');
});

test('one is one, and more are many', () => {
  expect([counted(1, 'row'), counted(2, 'row'), counted(0, 'refresh', 'refreshes')]).toEqual([
    '1 row',
    '2 rows',
    '0 refreshes',
  ]);
});
