// Brokers that share a store, through the real runner: each shows its disease in its story, and the careful one has none.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openHouse } from '../harness/subjects/house.ts';
import { CHECKS } from '../scenarios/checks/index.ts';
import { SCENARIOS } from '../scenarios/index.ts';
import { chromiumPath } from './browser/chromium.ts';
import { SHARED_SPECIMENS } from './specimens/broker/shared/index.ts';
import { onPlain, runBrokerSuite } from './subjects/broker-suite.ts';

const STORY_MS = 300_000;
// One story needs a person at a browser, which is installed where it is missing and that is allowed.
const NEEDS_A_BROWSER = 'reauth-by-another-person';
const TOLD = SHARED_SPECIMENS.filter(
  ({ stories }) => !stories.includes(NEEDS_A_BROWSER) || chromiumPath() !== null,
);
const STORIES = new Set(TOLD.flatMap(({ stories }) => stories));

const outDir = mkdtempSync(join(tmpdir(), 'hour4-shared-'));
// One for all, whose processes stay warm.
const house = openHouse();
afterAll(async () => {
  await house.close();
  rmSync(outDir, { recursive: true, force: true });
});

async function findingsOf(id: string, stories: readonly string[], replicas: number) {
  const module = join(import.meta.dirname, 'specimens', 'broker', 'shared', `${id}.ts`);
  const { scenarios } = await runBrokerSuite({
    name: id,
    start: { run: null, module, replicas },
    scenarios: SCENARIOS.filter((scenario) => stories.includes(scenario.id)).map(onPlain),
    outDir: join(outDir, [id, ...stories].join('-')),
    house,
  });
  const findings = scenarios.flatMap((scenario) => scenario.findings);
  expect(findings.filter(({ verdict }) => verdict === 'error')).toEqual([]);
  return findings;
}

const isFailure = ({ verdict }: { readonly verdict: string }) => verdict === 'fail';

describe('a broker fails what it is sick of, and nothing else', () => {
  test.each(TOLD)(
    '$id in $stories: $fails',
    async ({ id, stories, replicas, fails, named }) => {
      const failures = (await findingsOf(id, stories, replicas)).filter(isFailure);
      const ids = new Set(failures.map(({ check }) => check));
      expect(CHECKS.map((check) => check.id).filter((check) => ids.has(check))).toEqual(fails);
      expect(failures[0]?.check).toBe(named);
    },
    STORY_MS,
  );
});

/**
 * Stories in which calls meet the same expiry, and what is concluded of them. Whoever never sends the second refresh has
 * passed: that the race did not come about is his doing.
 */
const RACES: Readonly<Record<string, readonly string[]>> = {
  'slow-refresh-beats-lock': ['one-refresh', 'no-spent-token', 'session-survives'],
  'holder-pauses': ['one-refresh', 'no-spent-token', 'session-survives'],
  'holder-dies': ['one-refresh', 'lock-is-freed', 'session-survives'],
};

describe('the careful one fails nothing', () => {
  test.each([...STORIES])(
    'in %s',
    async (story) => {
      const findings = await findingsOf('careful', [story], 3);
      expect(findings.filter(isFailure).map(({ check, message }) => `${check}: ${message}`)).toEqual([]);
      const inconclusive = findings.filter(({ verdict }) => verdict === 'inconclusive');
      const races = RACES[story] ?? [];
      expect(inconclusive.filter(({ check }) => races.includes(check))).toEqual([]);
    },
    STORY_MS,
  );
});
