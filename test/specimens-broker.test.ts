// Broker specimens through the real runner: the sick fail exactly what they are sick of, the healthy nothing.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CHECKS } from '../scenarios/checks/index.ts';
import { SCENARIOS } from '../scenarios/index.ts';
import { BROKER_SPECIMENS } from './specimens/broker/index.ts';
import { runBrokerSuite, startOf } from './subjects/broker-suite.ts';

const ALL_STORIES_MS = 300_000;

const outDir = mkdtempSync(join(tmpdir(), 'hour4-brokers-'));
afterAll(() => rmSync(outDir, { recursive: true, force: true }));

describe('a broker fails what it is sick of, and nothing else', () => {
  test.each(BROKER_SPECIMENS)(
    '$id: $fails',
    async (specimen) => {
      const { scenarios, grade } = await runBrokerSuite({
        name: specimen.id,
        start: startOf(specimen),
        scenarios: SCENARIOS.filter(({ kinds }) => kinds.includes('broker')),
        outDir: join(outDir, specimen.id),
      });
      const findings = scenarios.flatMap((scenario) => scenario.findings);
      const failures = findings.filter(({ verdict }) => verdict === 'fail');
      const ids = new Set(failures.map(({ check }) => check));
      expect(CHECKS.map(({ id }) => id).filter((id) => ids.has(id))).toEqual(specimen.fails);
      expect(failures[0]?.check ?? null).toBe(specimen.named);
      expect(findings.filter(({ verdict }) => verdict === 'error')).toEqual([]);
      expect(grade.letter === 'A').toBe(specimen.fails.length === 0);
    },
    ALL_STORIES_MS,
  );
});
