// The reference broker, three replicas of it, with a thousand accounts: as users run it.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../harness/config/load.ts';
import type { Scenario } from '../harness/scenario.ts';
import { runSuite } from '../harness/suite.ts';
import { SERVICES } from '../mocks/index.ts';
import { CHECKS } from '../scenarios/checks/index.ts';
import { OVERNIGHT_SERVICES, overnightJob } from '../scenarios/overnight-job.ts';

const EXAMPLE = join(import.meta.dirname, '..', 'examples', 'broker', 'hour4.yaml');
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What a day at the broker came to. */
export interface BrokerDay {
  readonly elapsedMs: number;
  readonly letter: string;
}

/** So many accounts with one-hour tokens, each called every ninety minutes. */
function storyOf(accounts: number, hours: number): Scenario {
  return {
    id: 'many-accounts',
    title: `${accounts} accounts, ${hours} hours`,
    why: 'One broker keeps the tokens of all, and each boundary meets each of them.',
    kinds: ['broker'],
    untilMs: hours * HOUR_MS,
    broker: {
      services: { crm: { base: 'plain', accessTtl: '1h' } },
      cohorts: [
        { service: 'crm', count: accounts, tenants: Math.ceil(accounts / 10), withinMs: 20 * MINUTE_MS },
      ],
      calls: [
        {
          to: { service: 'crm' },
          fromMs: 25 * MINUTE_MS,
          everyMs: 90 * MINUTE_MS,
          spreadMs: 50 * MINUTE_MS,
          method: 'GET',
          path: '/v1/me?call={call}',
        },
      ],
      latency: 'none',
    },
    timeline: [],
    checks: CHECKS.map(({ id }) => id),
  };
}

/** Real time and the letter of one run. */
export async function measureBroker(accounts: number, hours: number): Promise<BrokerDay> {
  const outDir = mkdtempSync(join(tmpdir(), 'hour4-bench-'));
  try {
    const config = await loadConfig(EXAMPLE, outDir, SERVICES);
    const begunMs = performance.now();
    const { grade } = await runSuite({
      config,
      scenarios: [storyOf(accounts, hours)],
      checks: CHECKS,
      defaultJob: { needsServices: OVERNIGHT_SERVICES, make: overnightJob },
      seed: 1,
      outDir,
      time: 'exact',
    });
    return { elapsedMs: performance.now() - begunMs, letter: grade.letter };
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}
