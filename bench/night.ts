// Six virtual hours of one Node process in exact time, against the same agent with its sleeps removed in real time.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LIMITS, DEFAULT_START_MS } from '../harness/config/config.ts';
import { record } from '../harness/record.ts';
import type { Scenario } from '../harness/scenario.ts';
import { openHouse } from '../harness/subjects/house.ts';
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

/** Runs the night once and returns its real milliseconds, process start included. */
export async function measureNight(mode: 'exact' | 'real', client: NightClient): Promise<number> {
  const workDir = mkdtempSync(join(tmpdir(), 'hour4-bench-'));
  const run = [process.execPath, join(import.meta.dirname, 'night-agent.mjs')];
  const house = openHouse();
  const env = { BENCH_SLEEPS: mode === 'exact' ? 'yes' : 'no', BENCH_CLIENT: client };
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
        program: () => ({ start: { run }, cwd: workDir, env }),
        subject: { name: 'night', kind: 'agent', run, module: null, cwd: workDir, env, time: mode },
        house,
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
    await house.close();
    rmSync(workDir, { recursive: true, force: true });
  }
}
