// The contract of every clock: what the runner may rely on, whichever mode it runs in.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ClockDriver } from '../../harness/time/driver.ts';
import { exactClock } from '../../harness/time/exact-clock.ts';
import { realClock } from '../../harness/time/real-clock.ts';
import { runtimes, START_MS } from './subject.ts';

const clocks: [string, () => ClockDriver][] = [
  ['exact', () => exactClock({ startMs: START_MS, seed: 1 })],
  ['real', () => realClock()],
];

describe.each(clocks)('the %s clock', (mode, make) => {
  let clock: ClockDriver;
  beforeEach(async () => {
    clock = make();
    await clock.listen();
  });
  afterEach(() => clock.close());

  function start(script: string) {
    const child = spawn(runtimes[24] ?? '', ['-e', script], {
      env: { ...process.env, ...clock.envFor('agent', {}) },
    });
    clock.expectProcess('agent', child.pid ?? 0);
    child.on('exit', () => clock.processExited(child.pid ?? 0));
  }

  test('knows its mode and keeps the base environment', () => {
    expect(clock.mode).toBe(mode);
    const env = clock.envFor('agent', { NODE_OPTIONS: '--no-warnings' });
    expect(env.NODE_OPTIONS ?? '--no-warnings').toMatch(/^--no-warnings/);
  });

  test('runs events by moment, then by order, then by age, and none that was taken back', async () => {
    const seen: string[] = [];
    clock.schedule(30, 'a', () => seen.push('third'));
    clock.schedule(20, 'b', () => seen.push('second'));
    clock.schedule(20, 'a', () => seen.push('first'));
    clock.schedule(20, 'b', () => clock.schedule(20, 'c', () => seen.push('born then')));
    const cancel = clock.schedule(25, 'a', () => seen.push('taken back'));
    cancel();
    cancel();
    expect(await clock.run()).toBe('all-exited');
    expect(seen).toEqual(['first', 'second', 'born then', 'third']);
    expect(clock.nowMs).toBeGreaterThanOrEqual(30);
  });

  test('an event is never early', async () => {
    const early: number[] = [];
    for (const dueMs of [1, 7, 40]) clock.schedule(dueMs, '', () => clock.nowMs < dueMs && early.push(dueMs));
    await clock.run();
    expect(early).toEqual([]);
  });

  test('ends when the last process is gone, and says who it belonged to', async () => {
    start('setTimeout(() => {}, 50)');
    expect(await clock.run()).toBe('all-exited');
    expect(clock.attached('agent')).toBe(true);
    expect(clock.busyReport()).toEqual([]);
  });

  test('stops when told, and can run again', async () => {
    start('setTimeout(() => {}, 80)');
    clock.schedule(10, '', () => clock.stop());
    expect(await clock.run()).toBe('stopped');
    expect(await clock.run()).toBe('all-exited');
  });

  test('does not end before the world has done what it owes', async () => {
    const seen: string[] = [];
    clock.schedule(10, '', () => {
      const release = clock.hold('a blow takes effect');
      setImmediate(() => {
        clock.schedule(20, '', () => seen.push('what the blow brought about'));
        release();
        release();
      });
    });
    expect(await clock.run()).toBe('all-exited');
    expect(seen).toEqual(['what the blow brought about']);
  });

  test('refuses to run twice at once, or to start a new world while it runs', async () => {
    clock.schedule(20, '', () => {});
    const run = clock.run();
    expect(() => clock.run()).toThrow(/running already/);
    await expect(clock.reset(0, 1)).rejects.toThrow(/stop it/);
    await run;
  });

  test('asks the hooks when a request has arrived, and again after they did something', async () => {
    const waiting: (() => void)[] = [];
    const server = createServer((_request, response) => waiting.push(() => response.end('released')));
    clock.watchServer(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    let released = 0;
    clock.onQuiescent(() => {
      const release = waiting.pop();
      release?.();
      if (release) released += 1;
      return release !== undefined;
    });
    start(`fetch('http://127.0.0.1:${port}').then(() => fetch('http://127.0.0.1:${port}'))`);
    expect(await clock.run()).toBe('all-exited');
    expect(released).toBe(2);
    server.close();
  });

  test('begins a new world at zero, without the events of the old one', async () => {
    clock.schedule(50, '', () => clock.stop());
    clock.schedule(100_000, '', () => {});
    await clock.run();
    expect(await clock.reset(START_MS + 1, 2)).toEqual([]);
    expect(clock.nowMs).toBeLessThan(50);
    expect(await clock.run()).toBe('all-exited');
  });
});
