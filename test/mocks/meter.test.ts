// Windows of calls: counted to their end, also where others have been forgotten in the meantime.

import { expect, test } from 'vitest';
import { createMeter } from '../../mocks/meter.ts';

test('a window opens with the first call after the last one closed', () => {
  const meter = createMeter(100);
  expect(meter('one', 0)).toEqual({ calls: 1, resetsAtMs: 100 });
  expect(meter('one', 99)).toEqual({ calls: 2, resetsAtMs: 100 });
  expect(meter('one', 100)).toEqual({ calls: 1, resetsAtMs: 200 });
});

test('each has windows of their own, that last their time whenever they were opened', () => {
  const meter = createMeter(100);
  for (const [nth, who] of ['one', 'two', 'three', 'four'].entries()) {
    const openedAtMs = nth * 70;
    meter(who, openedAtMs);
    expect(meter(who, openedAtMs + 60)).toEqual({ calls: 2, resetsAtMs: openedAtMs + 100 });
  }
  expect(meter('four', 309)).toEqual({ calls: 3, resetsAtMs: 310 });
  expect(meter('four', 310).calls).toBe(1);
  expect(meter('one', 310).calls).toBe(1);
});

test('a window that is still open outlives a turn', () => {
  const meter = createMeter(100);
  meter('first', 0);
  meter('late', 90);
  meter('first', 100);
  expect(meter('late', 189)).toEqual({ calls: 2, resetsAtMs: 190 });
  expect(meter('late', 190).calls).toBe(1);
});
