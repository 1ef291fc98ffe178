// `npm run bench`: everything that has a goal, as tables, on the screen as it comes and in docs/bench.md.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureBroker } from './broker.ts';
import { measureCareful, measureCatalogue } from './catalogue.ts';
import { measureCohort } from './cohort.ts';
import { measureJumps } from './jumps.ts';
import { measureMemory } from './memory.ts';
import { measureNight, openWarmNights } from './night.ts';
import { type Measurement, measurePairs, medianOf } from './pairs.ts';
import { startLoading } from './refresh.ts';
import { buildForStart, measureStart } from './serve-start.ts';
import { measuredServices, measureService, type ServicePlan, serviceRow } from './services.ts';
import { brokerRow, catalogueRow, cohortRow, page, ratioRow } from './table.ts';

const PAIRS = 5;
const JUMPS = 2000;
const ACCOUNTS = 1000;
const ROTATIONS = 100_000;
const COHORTS = [
  { accounts: 1000, hours: 3, goal: null },
  { accounts: 10_000, hours: 3, goal: { ms: 10_000, bytes: 300_000_000 } },
];
const CATALOGUES = [
  { subject: 'module', goalMs: 5000 },
  { subject: 'process', goalMs: 30_000 },
] as const;
const BROKER_DAYS = [
  { accounts: 1000, hours: 3, goalMs: 30_000 },
  { accounts: 1000, hours: 24, goalMs: null },
];
/** Short, for many services are to be measured, and what disturbs the machine is to meet both sides of a pair. */
const REFRESHES: ServicePlan = {
  processes: 3,
  pairs: 3,
  connections: 64,
  warmUpAnswers: 60_000,
  longestWarmUpMs: 6000,
  answers: 12_000,
  longestMs: 1200,
};

/** Measures one after the other, and says what comes of each. */
async function inTurn<Of>(all: readonly Of[], measure: (one: Of) => Promise<string>): Promise<string[]> {
  const rows: string[] = [];
  for (const one of all) {
    rows.push(await measure(one));
    console.log(rows.at(-1));
  }
  return rows;
}

async function measureRatios(): Promise<string[]> {
  const removeBuilt = buildForStart();
  const warm = { exact: await openWarmNights('exact'), real: await openWarmNights('real') };
  const measurements: readonly Measurement[] = [
    {
      name: 'six virtual hours, one Node process, exact, against the same agent without its sleeps in real time (duration)',
      goal: { atMost: 1.5 },
      baseline: () => measureNight('real', 'kept'),
      subject: () => measureNight('exact', 'kept'),
    },
    {
      name: 'the same as a module in a process that stays (duration)',
      goal: { atMost: 2 },
      baseline: warm.real.measure,
      subject: warm.exact.measure,
    },
    {
      name: 'the same by fetch, which connects anew after every sleep: 240 connections against 2 (duration)',
      goal: null,
      baseline: () => measureNight('real', 'fetch'),
      subject: () => measureNight('exact', 'fetch'),
    },
    {
      name: 'hour4 serve, as published, from its start to its first answer, against bare node:http (duration)',
      goal: { atMost: 1.6 },
      baseline: () => measureStart('bare'),
      subject: () => measureStart('serve'),
    },
  ];
  try {
    return await inTurn(measurements, async (one) => ratioRow(await measurePairs(one, PAIRS)));
  } finally {
    await warm.exact.close();
    await warm.real.close();
    removeBuilt();
  }
}

async function medianOfSome(measure: () => Promise<number>): Promise<string> {
  const values: number[] = [];
  while (values.length < PAIRS) values.push(await measure());
  return medianOf(values).toFixed(0);
}

const measureAbsolutes = (): Promise<string[]> =>
  inTurn(
    [
      async () =>
        `| one night of examples/overnight/careful.yaml, without its twin | ${await medianOfSome(measureCareful)} ms |`,
      async () =>
        `| one jump of the exact clock, over ${JUMPS} | ${await medianOfSome(() => measureJumps(JUMPS))} µs |`,
      async () => {
        const { heapBytes, residentBytes } = await measureMemory(ACCOUNTS, ROTATIONS);
        const kept = `${heapBytes.toFixed(0)} bytes of heap, ${residentBytes.toFixed(0)} bytes resident`;
        return `| kept for each token pair with its ledger, after ${ROTATIONS} rotations over ${ACCOUNTS} accounts | ${kept} |`;
      },
    ],
    (measure) => measure(),
  );

async function measureServices(): Promise<string[]> {
  const loading = startLoading();
  try {
    return await inTurn(measuredServices(), async (service) =>
      serviceRow(await measureService(loading, service, REFRESHES)),
    );
  } finally {
    await loading.end();
  }
}

const tables = {
  ratios: await measureRatios(),
  absolutes: await measureAbsolutes(),
  cohorts: await inTurn(COHORTS, async ({ goal, ...order }) =>
    cohortRow(order, await measureCohort(order), goal),
  ),
  catalogues: await inTurn(CATALOGUES, async ({ subject, goalMs }) =>
    catalogueRow(subject, await measureCatalogue(subject), goalMs),
  ),
  brokers: await inTurn(BROKER_DAYS, async ({ accounts, hours, goalMs }) =>
    brokerRow({ accounts, hours }, await measureBroker(accounts, hours), goalMs),
  ),
  services: await measureServices(),
  pairs: PAIRS,
  servicePlan: REFRESHES,
};
writeFileSync(join(import.meta.dirname, '..', 'docs', 'bench.md'), page(tables));
