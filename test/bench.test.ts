// The measurements run. How fast they are is no matter of a test: machines are shared.

import { expect, onTestFinished, test } from 'vitest';
import { measureCareful, measureCatalogue } from '../bench/catalogue.ts';
import { measureCohort } from '../bench/cohort.ts';
import { measureJumps } from '../bench/jumps.ts';
import { measureMemory } from '../bench/memory.ts';
import { measureNight, openWarmNights } from '../bench/night.ts';
import { measurePairs } from '../bench/pairs.ts';
import { startLoading } from '../bench/refresh.ts';
import { buildForStart, measureStart } from '../bench/serve-start.ts';
import { measuredServices, measureService } from '../bench/services.ts';
import { SCENARIOS } from '../scenarios/index.ts';

test.each(['kept', 'fetch'] as const)(
  'the night runs in both times with the same calls, by a client that is %s',
  { timeout: 120_000 },
  async (client) => {
    expect(await measureNight('real', client)).toBeGreaterThan(0);
    expect(await measureNight('exact', client)).toBeGreaterThan(0);
  },
);

test.each(['exact', 'real'] as const)(
  'the night runs as a module in a process that stays, in %s time',
  { timeout: 120_000 },
  async (mode) => {
    const nights = await openWarmNights(mode);
    onTestFinished(nights.close);
    expect(await nights.measure()).toBeGreaterThan(0);
  },
);

test('the clock jumps as often as a process sleeps, and each jump takes its time', async () => {
  expect(Number.isFinite(await measureJumps(50))).toBe(true);
});

test('a cohort refreshes ahead of its ends for as long as it is told to', { timeout: 120_000 }, async () => {
  const { refreshes, peakPerSecond } = await measureCohort({ accounts: 100, hours: 3 });
  // Each life ends between 0.65 and 0.9 of an hour: three to four of them fit.
  expect(refreshes).toBeGreaterThan(300);
  expect(refreshes).toBeLessThan(420);
  expect(peakPerSecond).toBeLessThan(10);
});

test('rotations leave something behind', { timeout: 120_000 }, async () => {
  const { heapBytes } = await measureMemory(8, 2000);
  expect(heapBytes).toBeGreaterThan(0);
});

test('the careful night passes', { timeout: 120_000 }, async () => {
  expect(await measureCareful()).toBeGreaterThan(0);
});

test.each(['module', 'process'] as const)(
  'stories are told to a careful %s',
  { timeout: 120_000 },
  async (subject) => {
    const stories = SCENARIOS.filter(({ id }) => id === 'half-hour-staging');
    expect(await measureCatalogue(subject, stories)).toMatchObject({ runs: 1 });
  },
);

test('both servers start and answer', { timeout: 120_000 }, async () => {
  onTestFinished(buildForStart());
  expect(await measureStart('bare')).toBeGreaterThan(0);
  expect(await measureStart('serve')).toBeGreaterThan(0);
});

/** One with opaque tokens, one with signed ones, one by JSON and one by signed calls; HOUR4_NIGHTLY=1 takes all. */
const SERVICES_IN_CI = ['slack', 'microsoft', 'notion', 'aws'];
const measured = measuredServices().filter(
  ({ id }) => process.env.HOUR4_NIGHTLY === '1' || SERVICES_IN_CI.includes(id),
);

test('services that hand out new tokens can be measured', { timeout: 240_000 }, async () => {
  const plan = {
    processes: 1,
    pairs: 1,
    connections: 2,
    warmUpAnswers: 4,
    longestWarmUpMs: 20_000,
    answers: 10,
    longestMs: 20_000,
  };
  const loading = startLoading();
  onTestFinished(loading.end);
  expect(measured.length).toBeGreaterThanOrEqual(SERVICES_IN_CI.length);
  for (const service of measured) {
    const { againstBare, byCpu } = await measureService(loading, service, plan);
    expect(againstBare, service.id).toBeGreaterThan(0);
    expect(byCpu, service.id).toBeGreaterThan(0);
  }
});

test('a ratio is the median of its pairs, beside the control of its baseline', async () => {
  const values = [10, 30, 10, 20, 10, 40, 20];
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
