// Durations both ways.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../harness/duration.ts';

describe('a duration', () => {
  test.each([
    ['250ms', 250],
    ['30m', 1_800_000],
    ['3h58m', 14_280_000],
    ['1d', 86_400_000],
    ['1m1m', 120_000],
    ['0s', 0],
  ])('%s is %d ms', (text, expectedMs) => {
    expect(parseDuration(text)).toBe(expectedMs);
  });

  test.each(['', '30', 'm', '30 m', '30M', '1.5h', '-1m', '30min', '1h 30m', '1h30', '٣m'])(
    '%j is none',
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );

  test('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * 86_400_000 }), (durationMs) => {
        expect(parseDuration(formatDuration(durationMs))).toBe(durationMs);
      }),
    );
  });

  test('is written with the largest units first', () => {
    expect(formatDuration(14_280_000)).toBe('3h58m');
    expect(formatDuration(0)).toBe('0s');
    expect(formatDuration(86_400_001)).toBe('1d1ms');
  });
});
