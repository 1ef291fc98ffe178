// A small part of the nightly series: the careful night, again and again, also on a busy machine.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { repeatNight, runNight, storiesOf, withBusyCore } from './repetition.ts';

const folder = mkdtempSync(join(tmpdir(), 'hour4-seeds-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CAREFUL = 'overnight/careful.yaml';
const NIGHT = ['hour-four'];

test('five careful nights pass, and their ledgers are the same byte for byte', {
  timeout: 300_000,
}, async () => {
  const series = await repeatNight(CAREFUL, { times: 5, scenarios: NIGHT, seed: 1 });
  expect(series).toEqual({ runs: 5, passed: 5, ledgers: 1, scenarios: 1 });
});

test('two more with one core kept busy', { timeout: 300_000 }, async () => {
  const series = await withBusyCore(() => repeatNight(CAREFUL, { times: 2, scenarios: NIGHT, seed: 2 }));
  expect(series).toEqual({ runs: 2, passed: 2, ledgers: 1, scenarios: 1 });
});

test('another seed is another night', { timeout: 120_000 }, async () => {
  const ledgers: string[] = [];
  for (const seed of [1, 2]) {
    await runNight(CAREFUL, storiesOf(['overnight-run']), seed, folder);
    ledgers.push(readFileSync(join(folder, 'overnight-run.jsonl'), 'utf8'));
  }
  expect(ledgers[0]?.split('\n').slice(1)).not.toEqual(ledgers[1]?.split('\n').slice(1));
});
