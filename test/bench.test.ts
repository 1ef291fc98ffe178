// The measurements run. How fast they are is no matter of a test: machines are shared.

import { expect, test } from 'vitest';
import { measureNight } from '../bench/night.ts';
import { measurePairs } from '../bench/pairs.ts';
import { measureRefreshes } from '../bench/refresh.ts';

test('the night runs in both times with the same calls', { timeout: 120_000 }, async () => {
  expect(await measureNight('real')).toBeGreaterThan(0);
  expect(await measureNight('exact')).toBeGreaterThan(0);
});

test.each(['bare', 'world'] as const)(
  'refreshes run against the %s server',
  { timeout: 120_000 },
  async (server) => {
    const plan = { connections: 4, warmUpAnswers: 40, answers: 100, longestMs: 20_000 };
    expect((await measureRefreshes(server, plan)).perSecond).toBeGreaterThan(0);
  },
);

test('a ratio is the median of its pairs, beside the control of its baseline', async () => {
  const values = [10, 30, 10, 10, 20, 10, 10, 40, 20];
  const next = async () => values.shift() ?? 0;
  const measured = await measurePairs({ name: 'x', goal: { atMost: 2.8 }, baseline: next, subject: next }, 3);
  expect(measured).toEqual({
    name: 'x',
    goal: '<= 2.8',
    median: 40 / 15,
    min: 2,
    max: 3,
    pairs: 3,
    control: 1,
    met: true,
  });
});
