// Every check proved both ways through the real runner: specimens fail exactly what they are sick of, the healthy nothing.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../harness/config/load.ts';
import type { Result, ScenarioResult } from '../harness/result.ts';
import { openHouse } from '../harness/subjects/house.ts';
import { runSuite } from '../harness/suite.ts';
import { SERVICES } from '../mocks/index.ts';
import { CHECKS } from '../scenarios/checks/index.ts';
import { SCENARIOS } from '../scenarios/index.ts';
import { OVERNIGHT_SERVICES, overnightJob } from '../scenarios/overnight-job.ts';
import { AGENT_SPECIMENS, type Specimen } from './specimens/agent/index.ts';
import { BROKER_SPECIMENS } from './specimens/broker/index.ts';
import { SHARED_SPECIMENS } from './specimens/broker/shared/index.ts';
import { TOOL_SPECIMENS } from './specimens/tool/index.ts';

const WHOLE_CATALOGUE_MS = 600_000;

let outDir = '';
beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'specimens-'));
});
// One for all, whose process stays warm.
const house = openHouse();
afterAll(async () => {
  await house.close();
  await rm(outDir, { recursive: true, force: true });
});

async function examine({ id, module, rotating, own, in: where }: Specimen): Promise<Result> {
  const knobs = rotating === true ? { variant: 'rotating' } : {};
  const overnight = { services: Object.fromEntries(OVERNIGHT_SERVICES.map((service) => [service, knobs])) };
  const file = join(outDir, `${id}.json`);
  const input = {
    subject: {
      name: id,
      kind: 'agent',
      module: join(import.meta.dirname, 'specimens', 'agent', `${module}.ts`),
    },
    ...(own ?? overnight),
    limits: { realTime: '5m' },
  };
  await writeFile(file, JSON.stringify(input));
  return runSuite({
    config: await loadConfig(file, outDir, SERVICES),
    scenarios: SCENARIOS.filter((scenario) => where?.includes(scenario.id) ?? true),
    checks: CHECKS,
    defaultJob: { needsServices: OVERNIGHT_SERVICES, make: overnightJob },
    seed: 1,
    outDir: join(outDir, id),
    time: 'exact',
    houses: [house],
  });
}

const failed = ({ findings }: ScenarioResult) => findings.filter(({ verdict }) => verdict === 'fail');

describe('a specimen fails what it is sick of, and nothing else', () => {
  test.each(AGENT_SPECIMENS)(
    '$id: $fails',
    async (specimen) => {
      const { scenarios } = await examine(specimen);
      const failures = scenarios.flatMap(failed);
      const ids = new Set(failures.map(({ check }) => check));
      expect(CHECKS.map(({ id }) => id).filter((id) => ids.has(id))).toEqual(specimen.fails);
      expect(failures[0]?.check ?? null).toBe(specimen.named);
      expect(
        scenarios.flatMap(({ findings }) => findings).filter(({ verdict }) => verdict === 'error'),
      ).toEqual([]);
    },
    WHOLE_CATALOGUE_MS,
  );
});

test('every check has a specimen that fails it', () => {
  const proved = new Set(
    [...AGENT_SPECIMENS, ...BROKER_SPECIMENS, ...SHARED_SPECIMENS, ...TOOL_SPECIMENS].flatMap(
      ({ fails }) => fails,
    ),
  );
  expect(CHECKS.map(({ id }) => id).filter((id) => !proved.has(id))).toEqual([]);
});
