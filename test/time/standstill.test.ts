// hour4 knows when it stood still itself.

import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { watchStandstill } from '../../harness/time/standstill.ts';

/** Holds the event loop, as a machine without time for us does. */
const standStill = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** Until the watch, which looks every ten ms, has looked again. */
async function turns(): Promise<void> {
  for (const endMs = performance.now() + 30; performance.now() < endMs; ) await turn();
}

test('a standstill is told with its length, and what is usual is not', async () => {
  const told = watchStandstill(200);
  await turns();
  standStill(300);
  await turns();
  expect(told()).toBeGreaterThanOrEqual(280);

  const quiet = watchStandstill(10_000);
  await turns();
  standStill(50);
  await turns();
  expect(quiet()).toBeNull();
});
