// Threads in public as cases: the sick specimen fails in the thread's own story as was reported, the careful one comes through.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { selectStories } from '../harness/commands/select.ts';
import { storyOf } from '../harness/incident.ts';
import type { Finding } from '../harness/result.ts';
import { openHouse } from '../harness/subjects/house.ts';
import { CHECKS } from '../scenarios/checks/index.ts';
import { INCIDENTS } from '../scenarios/incidents/index.ts';
import { SCENARIOS } from '../scenarios/index.ts';
import { CASES } from './incidents/cases.ts';
import { examine } from './specimens/examine.ts';
import type { Sort } from './specimens/index.ts';

const STORY_MS = 600_000;
/** A thread of each kind that is told in a second or two; HOUR4_NIGHTLY=1 takes all. */
const BY_DAY: ReadonlySet<string> = new Set([
  'HQBase/hqbase#41',
  'slackapi/node-slack-sdk#2504',
  'modelcontextprotocol/typescript-sdk#2757',
  'can1357/oh-my-pi#11666',
]);
const RUN = process.env.HOUR4_NIGHTLY === '1' ? INCIDENTS : INCIDENTS.filter(({ id }) => BY_DAY.has(id));

const outDir = mkdtempSync(join(tmpdir(), 'hour4-incidents-'));
// One for all, whose processes stay warm.
const house = openHouse();
afterAll(async () => {
  await house.close();
  rmSync(outDir, { recursive: true, force: true });
});

test('there are at least 25, each with a thread, a story, a check and two specimens', () => {
  const ids = INCIDENTS.map(({ id }) => id);
  expect(ids.length).toBeGreaterThanOrEqual(25);
  expect(new Set(ids).size).toBe(ids.length);
  expect(Object.keys(CASES).toSorted()).toEqual(ids.toSorted());
  for (const incident of INCIDENTS) {
    expect(incident.id).toMatch(/^[\w.-]+\/[\w.-]+#\d+$/);
    expect(CHECKS.map(({ id }) => id)).toContain(incident.check);
    expect(storyOf(incident, SCENARIOS).id).toBe(incident.scenario);
  }
});

test('a thread of which the catalogue knows nothing is an error that names both', () => {
  const incident = { id: 'a/b#1', reported: '', check: 'no-silent-skip' };
  expect(() => storyOf({ ...incident, scenario: 'no-such' }, SCENARIOS)).toThrow(
    'a/b#1: no scenario no-such',
  );
  expect(() => storyOf({ ...incident, scenario: 'odd-expires-in', variant: 'x' }, SCENARIOS)).toThrow(
    'a/b#1: scenario odd-expires-in is not told as x',
  );
});

test('a thread is chosen by its name, beside ids and globs, and told in its own way only', () => {
  const chosen = selectStories(SCENARIOS, INCIDENTS, ['vercel/ai#20674', 'ok-*'], '--scenario');
  expect(chosen.map(({ id, variants = [] }) => [id, variants.map((way) => way.id)])).toEqual([
    ['ok-false', ['over', 'renewable', 'token-endpoint', 'graphql']],
    ['holder-pauses', ['vercel-ai-20674']],
  ]);
  expect(() => selectStories(SCENARIOS, INCIDENTS, ['vercel/ai#1'], '--scenario')).toThrow(
    '--scenario: no scenario "vercel/ai#1"',
  );
});

describe.each(RUN)('$id', (incident) => {
  const { sick, careful } = CASES[incident.id] as (typeof CASES)[string];
  const story = storyOf(incident, SCENARIOS);

  async function findingsOf(start: Sort): Promise<readonly Finding[]> {
    const { scenarios } = await examine(
      {
        id: incident.id,
        kind: start.sort === 'agent' ? 'agent' : 'broker',
        start,
        stories: [story],
        fails: [],
        named: null,
      },
      { outDir: mkdtempSync(join(outDir, 'case-')), house },
    );
    const findings = scenarios.flatMap((scenario) => scenario.findings);
    expect(findings.filter(({ verdict }) => verdict === 'error')).toEqual([]);
    return findings;
  }
  const failed = (findings: readonly Finding[]) =>
    findings.filter(({ verdict }) => verdict === 'fail').map(({ check }) => check);

  test(
    'comes about, and is found',
    async () => {
      expect(failed(await findingsOf(sick))).toContain(incident.check);
    },
    STORY_MS,
  );

  test(
    'need not come about',
    async () => {
      expect(failed(await findingsOf(careful))).toEqual([]);
    },
    STORY_MS,
  );
});
