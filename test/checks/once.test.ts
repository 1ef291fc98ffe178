// What judges ask of ledgers is computed once, and anew when there is more to be seen.

import { expect, test } from 'vitest';
import type { Ledger } from '../../harness/ledger.ts';
import { oncePerLedger, oncePerPair } from '../../harness/ledger.ts';
import { story } from './ledgers.ts';

test('an answer about a ledger is kept, until the ledger has grown', () => {
  const asked: number[] = [];
  const count = oncePerLedger(({ entries }) => {
    asked.push(entries.length);
    return entries.length;
  });
  const { ledger, call } = story();
  const before = count(ledger);
  expect(count(ledger)).toBe(before);
  expect(asked).toHaveLength(1);
  call('ok', {});
  expect(count(ledger)).toBe(ledger.entries.length);
  expect(asked).toHaveLength(2);
});

test('an answer about a run and its twin is kept for this pair alone, and anew when either has grown', () => {
  let computed = 0;
  const together = oncePerPair((run, twin: Ledger | null) => {
    computed += 1;
    return run.entries.length + 100 * (twin?.entries.length ?? 0);
  });
  const run = story();
  const twin = story();
  const other = story();
  twin.call('ok', {});
  const ask = () => [null, twin.ledger, other.ledger].map((each) => together(run.ledger, each));
  const first = ask();
  expect(ask()).toEqual(first);
  expect(new Set(first).size).toBeGreaterThan(1);
  expect(computed).toBe(3);
  twin.call('ok', {});
  expect(together(run.ledger, twin.ledger)).toBe(
    run.ledger.entries.length + 100 * twin.ledger.entries.length,
  );
  run.call('ok', {});
  expect(together(run.ledger, null)).toBe(run.ledger.entries.length);
});
