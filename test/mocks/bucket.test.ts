// Buckets: spending until it is empty, waiting until it is full enough, and giving back.

import { expect, test } from 'vitest';
import { createBuckets } from '../../mocks/bucket.ts';

const START_MS = 1_000_000;

test('a bucket is spent, refused while it is too low, and fills up again to its brim', () => {
  const spend = createBuckets({ calls: { capacity: 3, refillPerSecond: 2 } });
  for (const left of [2, 1, 0]) {
    expect(spend('calls', 'acme', 1, START_MS)).toEqual({ isPaid: true, left, waitMs: 0 });
  }
  expect(spend('calls', 'acme', 1, START_MS)).toEqual({ isPaid: false, left: 0, waitMs: 500 });
  expect(spend('calls', 'acme', 1, START_MS + 499).isPaid).toBe(false);
  expect(spend('calls', 'acme', 1, START_MS + 500)).toEqual({ isPaid: true, left: 0, waitMs: 0 });
  expect(spend('calls', 'acme', 0, START_MS + 3_600_000).left).toBe(3);
});

test('what was not needed is given back, and never more than fits', () => {
  const spend = createBuckets({ points: { capacity: 100, refillPerSecond: 1 } });
  spend('points', 'acme', 60, START_MS);
  expect(spend('points', 'acme', -50, START_MS).left).toBe(90);
  expect(spend('points', 'acme', -50, START_MS).left).toBe(100);
});

test('nobody spends from the share of another, and a bucket that does not exist has no bottom', () => {
  const spend = createBuckets({ calls: { capacity: 1, refillPerSecond: 1 } });
  expect(spend('calls', 'acme', 1, START_MS).isPaid).toBe(true);
  expect(spend('calls', 'globex', 1, START_MS).isPaid).toBe(true);
  expect(spend('points', 'acme', 1e9, START_MS)).toEqual({ isPaid: true, left: null, waitMs: 0 });
});
