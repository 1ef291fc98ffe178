// Six virtual hours in exact time, against the same agent with its sleeps removed in real time: a process, and a module.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LIMITS, DEFAULT_START_MS } from '../harness/config/config.ts';
import { waitingPeople } from '../harness/person/people.ts';
import { record } from '../harness/record.ts';
import type { Scenario } from '../harness/scenario.ts';
import { dismissAll, type House, type Lodging, openHouse } from '../harness/subjects/house.ts';
import type { Program } from '../harness/subjects/program.ts';
import { realClock } from '../harness/time/real-clock.ts';
import { neverExpiring, SERVICES } from '../mocks/index.ts';

/** The calls of one night, the same in both modes. */
export const NIGHT_CALLS = 360;

const NIGHT_MS = 6 * 3_600_000;
const MARGIN_MS = 60_000;

const NIGHT: Scenario = {
  id: 'bench',
  title: 'A night in which nothing happens',
  why: 'the speed of the clock',
  kinds: ['agent'],
  untilMs: NIGHT_MS + MARGIN_MS,
  timeline: [],
  checks: [],
};

/** How the agent calls: `kept` over one connection all night, `fetch` as most agents do. */
export type NightClient = 'kept' | 'fetch';

type Mode = 'exact' | 'real';

/** Runs the night once as a program and returns its real milliseconds, process start included. */
export async function measureNight(mode: Mode, client: NightClient): Promise<number> {
  const run = [process.execPath, join(import.meta.dirname, 'night-agent.mjs')];
  const house = openHouse();
  try {
    return await nightIn(house, mode, client, { run });
  } finally {
    await house.close();
  }
}

/** A process that stays, in which the night runs as a module. */
export interface WarmNights {
  /** Runs the night once and returns its real milliseconds. */
  measure(): Promise<number>;
  close(): Promise<void>;
}

/** Starts such a process; the night in which it starts is not told. */
export async function openWarmNights(mode: Mode): Promise<WarmNights> {
  const house = mode === 'exact' ? openHouse() : houseInRealTime();
  const start = { module: join(import.meta.dirname, 'night-rounds.mjs') };
  const measure = () => nightIn(house, mode, 'kept', start);
  await measure();
  return { measure, close: house.close };
}

// In real time nobody stays by himself: there is no clock to be trusted with a process that has lived before.
function houseInRealTime(): House {
  const clock = realClock();
  const lodging: Lodging = { clock, run: randomBytes(8).toString('hex'), hosts: new Map() };
  return {
    enter: async ({ startMs, seed }) => {
      await clock.reset(startMs, seed);
      return lodging;
    },
    leave: async () => {},
    close: async () => {
      await dismissAll(lodging.hosts);
      await clock.close();
    },
  };
}

async function nightIn(
  house: House,
  mode: Mode,
  client: NightClient,
  start: Program['start'],
): Promise<number> {
  const workDir = mkdtempSync(join(tmpdir(), 'hour4-bench-'));
  const env = { BENCH_SLEEPS: mode === 'exact' ? 'yes' : 'no', BENCH_CLIENT: client };
  const subject = {
    name: 'night',
    kind: 'agent',
    run: 'run' in start ? start.run : null,
    module: 'module' in start ? start.module : null,
    cwd: workDir,
    env,
    time: mode,
  } as const;
  try {
    const { ledger, outcome, realMs } = await record(
      {
        kind: 'agent',
        scenario: NIGHT,
        variant: null,
        seed: 1,
        startMs: mode === 'exact' ? DEFAULT_START_MS : Date.now(),
        mode,
        services: SERVICES.filter(({ id }) => id === 'plain').map((service) => ({
          ...service,
          policy: neverExpiring(service.policy, 2 * NIGHT_MS),
        })),
        accounts: [{ id: 'acme-plain', service: 'plain', tenant: 'acme' }],
        job: { description: null, data: {} },
        searchFolder: null,
        latency: { minMs: 0, maxMs: 0 },
        timeFactor: 1,
      },
      {
        program: () => ({ start, cwd: workDir, env }),
        subject,
        house,
        people: waitingPeople(),
        limits: DEFAULT_LIMITS,
        workDir,
        signal: new AbortController().signal,
        onMoment: () => {},
      },
    );
    const calls = ledger.entries.filter(({ kind }) => kind === 'exchange.answered').length;
    if (outcome.ending.kind !== 'exited' || calls !== NIGHT_CALLS) {
      throw new Error(
        `the ${mode} night made ${calls} calls of ${NIGHT_CALLS}: ${JSON.stringify(outcome.ending)}`,
      );
    }
    return realMs;
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}
