// A process that stays from one life to the next, and dies in between.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { DEFAULT_LIMITS } from '../../harness/config/config.ts';
import { openHouse } from '../../harness/subjects/house.ts';
import { startParty } from '../../harness/subjects/start.ts';

test('a host that dies between two lives is not waited for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hour4-warm-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const module = join(folder, 'agent.mjs');
  writeFileSync(module, 'export default async () => ({ status: "completed" });');
  const house = openHouse();
  onTestFinished(house.close);
  const lodging = await house.enter({ mode: 'exact', startMs: 0, seed: 1, timeFactor: 1 });
  onTestFinished(() => house.leave(lodging));
  const { clock } = lodging;
  const run = { program: { start: { module }, cwd: folder }, lodging, limits: DEFAULT_LIMITS };
  const env = clock.envFor('agent', { PATH: process.env.PATH });
  const start = { kind: 'agent', party: 'agent', env, strays: null } as const;
  const child = await startParty(run as never, start, { line: () => {}, flooded: () => {} });
  clock.expectProcess('agent', child.pid);
  await child.ended;
  expect(child.stays()).toBe(true);

  process.kill(child.pid, 'SIGKILL');
  await vi.waitUntil(() => !child.stays(), { timeout: 20_000 });
  clock.schedule(1000, '', () => clock.stop());
  expect(await clock.run()).toBe('stopped');
  expect(clock.nowMs).toBe(1000);
});
