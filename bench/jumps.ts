// What one jump of the exact clock costs: a process that does nothing but sleep, against one that ends at once.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { exactClock } from '../harness/time/exact-clock.ts';

const SLEEPER = join(import.meta.dirname, 'jumps-sleeper.mjs');

/** Real microseconds per jump, over so many of them. */
export async function measureJumps(jumps: number): Promise<number> {
  const withoutMs = await sleepTimes(0);
  const withMs = await sleepTimes(jumps);
  return ((withMs - withoutMs) / jumps) * 1000;
}

async function sleepTimes(times: number): Promise<number> {
  const clock = exactClock({ startMs: 0, seed: 1 });
  await clock.listen();
  try {
    const begunMs = performance.now();
    const env = { ...process.env, ...clock.envFor('sleeper', process.env) };
    const child = spawn(process.execPath, [SLEEPER, String(times)], { env, stdio: 'inherit' });
    const pid = child.pid ?? 0;
    clock.expectProcess('sleeper', pid);
    child.once('exit', () => clock.processExited(pid));
    const end = await clock.run();
    if (end !== 'all-exited' || clock.nowMs !== times * 60_000)
      throw new Error(`the sleeper ended as "${end}" after ${clock.nowMs} virtual ms`);
    return performance.now() - begunMs;
  } finally {
    await clock.close();
  }
}
