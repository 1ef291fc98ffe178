// Agents that drive the mock tool through every way of telling `ambiguous-tool`: the healthy fail nothing, the sick what they are sick of.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../harness/config/load.ts';
import type { Result } from '../harness/result.ts';
import { runSuite } from '../harness/suite.ts';
import { SERVICES } from '../mocks/index.ts';
import ambiguousTool from '../scenarios/ambiguous-tool.ts';
import { CHECKS } from '../scenarios/checks/index.ts';
import { OVERNIGHT_SERVICES, overnightJob } from '../scenarios/overnight-job.ts';
import { DRIVER_SPECIMENS } from './specimens/driver/index.ts';

const MINUTES = 600_000;
/** A way of each sort; HOUR4_NIGHTLY=1 takes all sixteen. */
const WAYS =
  process.env.HOUR4_NIGHTLY === '1'
    ? ambiguousTool.variants.map(({ id }) => id)
    : ['level-3', 'level-1', 'forbidden', 'reauth-fails', 'variable-only', 'denial-called-expired'];

let outDir = '';
beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'ambiguous-tool-'));
});
afterAll(() => rm(outDir, { recursive: true, force: true }));

async function examine(
  name: string,
  subject: object,
  ways: readonly string[],
  more: object = { job: { kind: 'tool' } },
): Promise<Result> {
  const file = join(outDir, `${name}.json`);
  const input = {
    subject: { name, kind: 'agent', ...subject },
    services: { plain: {} },
    limits: { realTime: '5m' },
    ...more,
  };
  await writeFile(file, JSON.stringify(input));
  const config = await loadConfig(file, outDir, SERVICES);
  return runSuite({
    config,
    scenarios: [{ ...ambiguousTool, variants: ambiguousTool.variants.filter(({ id }) => ways.includes(id)) }],
    checks: CHECKS,
    defaultJob: { needsServices: OVERNIGHT_SERVICES, make: overnightJob },
    seed: 1,
    outDir: join(outDir, name),
    time: config.subject.time === 'auto' ? 'exact' : config.subject.time,
  });
}

const findingsIn = ({ scenarios }: Result) => scenarios.flatMap(({ findings }) => findings);
const failedIn = (result: Result) => {
  const ids = new Set(
    findingsIn(result)
      .filter(({ verdict }) => verdict === 'fail' || verdict === 'error')
      .map(({ check }) => check),
  );
  return CHECKS.map(({ id }) => id).filter((id) => ids.has(id));
};
const wayOf = ({ scenarios }: Result, way: string) => scenarios.find(({ variant }) => variant === way);
const specimen = (name: string) => [
  process.execPath,
  join(import.meta.dirname, 'specimens', 'driver', `${name}.ts`),
];

describe('an agent that drives a tool fails what it is sick of, and nothing else', () => {
  test.each(DRIVER_SPECIMENS)(
    '$id: $fails',
    async ({ id, ways, fails, score }) => {
      const result = await examine(id, { run: specimen(id) }, ways ?? WAYS);
      expect(failedIn(result)).toEqual(fails);
      expect(result.rubric53?.score ?? null).toBe(score);
    },
    MINUTES,
  );
});

test(
  'the careful one heals wherever it is told how, and stops at the first refusal wherever it is not',
  async () => {
    const result = await examine('heals', { run: specimen('careful') }, [
      'level-3',
      'forbidden-with-an-end',
      'level-0',
    ]);
    const status = (way: string) => wayOf(result, way)?.claims[0]?.status;
    expect(['level-3', 'forbidden-with-an-end', 'level-0'].map(status)).toEqual([
      'completed',
      'completed',
      'partial',
    ]);
  },
  MINUTES,
);

test(
  'the published workaround, in Python',
  async () => {
    const file = join(import.meta.dirname, '..', 'examples', 'python', 'tool_workaround.py');
    const subject = { run: ['python3', '-B', file], time: 'compressed', timeFactor: 60 };
    // On a real clock: each way takes its time.
    const result = await examine('workaround', subject, ['level-2', 'reauth-fails']);
    expect(failedIn(result)).toEqual([]);
    expect(wayOf(result, 'level-2')?.claims[0]?.status).toBe('completed');
    expect(wayOf(result, 'reauth-fails')?.claims[0]?.error?.code).toBe('CREDENTIALS_EXPIRED');
  },
  MINUTES,
);

test('is not for agents whose job is another one', async () => {
  const result = await examine('other', { run: specimen('careful') }, WAYS, {});
  expect(new Set(findingsIn(result).map(({ verdict }) => verdict))).toEqual(new Set(['not-applicable']));
});
