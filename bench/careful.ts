// One night of the example agent that survives it, as users run it.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../harness/config/load.ts';
import { runSuite } from '../harness/suite.ts';
import { SERVICES } from '../mocks/index.ts';
import { CHECKS } from '../scenarios/checks/index.ts';
import { SCENARIOS } from '../scenarios/index.ts';
import { OVERNIGHT_SERVICES, overnightJob } from '../scenarios/overnight-job.ts';

const EXAMPLE = join(import.meta.dirname, '..', 'examples', 'overnight', 'careful.yaml');

/** Real milliseconds of the night alone, without its twin. */
export async function measureCareful(): Promise<number> {
  const outDir = mkdtempSync(join(tmpdir(), 'hour4-bench-'));
  try {
    const config = await loadConfig(EXAMPLE, outDir, SERVICES);
    const { scenarios } = await runSuite({
      config,
      scenarios: SCENARIOS.filter(({ id }) => id === 'overnight-run'),
      checks: CHECKS,
      defaultJob: { needsServices: OVERNIGHT_SERVICES, make: overnightJob },
      seed: 1,
      outDir,
      time: 'exact',
    });
    const [night] = scenarios;
    if (night?.verdict !== 'pass') throw new Error(`the careful night came to "${night?.verdict}"`);
    return night.realMs;
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}
