// A process that is alone goes from timer to timer by itself, and whatever leaves it still carries the right moment.
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { openWorld, runtimes } from './subject.ts';

const HOUR_MS = 3_600_000;

describe('a lone process', () => {
  test.each([
    ['20', 'returns'],
    ['22', 'returns'],
    ['24', 'returns'],
    ['24', 'throws'],
    ['24', 'signals'],
  ])('on Node %s, which %s at the end', async (version, how) => {
    const node = runtimes[version] ?? '';
    const world = await openWorld();
    try {
      const { clock } = world;
      const { child, output } = world.start(node, ['walker.mjs', how]);
      const heard: { said: number; heardAtMs: number }[] = [];
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (text) => {
          const said = /^\w+ (\d+)\n$/.exec(String(text))?.[1];
          if (said !== undefined) heard.push({ said: Number(said), heardAtMs: clock.nowMs });
        });
      let words = 0;
      clock.onQuiescent(() => {
        words += 1;
        return false;
      });
      let endedAtMs = 0;
      child.on('exit', () => {
        endedAtMs = clock.nowMs;
      });
      const closed = once(child, 'close');
      expect(await clock.run()).toBe('all-exited');
      await closed;

      const moments = [600_123, 1_200_001, 1_800_777, 3_000_050];
      expect(heard).toEqual(moments.map((ms) => ({ said: ms, heardAtMs: ms })));
      expect(world.marks).toEqual([
        { name: 'asked', serverMs: 2_400_003, dateMs: 2_400_003, elapsedMs: 2_400_003 },
      ]);
      expect(endedAtMs).toBe(HOUR_MS);
      expect(child.signalCode ?? child.exitCode).toBe({ returns: 0, throws: 1, signals: 'SIGTERM' }[how]);
      if (how === 'throws') expect(output.stderr).toContain('at the end');
      // Some ten thousand ticks, and the world is asked about a few of them.
      expect(words).toBeLessThan(200);
    } finally {
      await world.close();
    }
  });
});
