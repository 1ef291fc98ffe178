// Every timer of Node, public or internal, is due to the virtual millisecond, for the subject and for the server.
import { describe, expect, test } from 'vitest';
import { expectSteps } from './expected.ts';
import { observe, runtimes } from './subject.ts';

describe.each(Object.entries(runtimes))('on Node %s', (_version, node) => {
  test('setTimeout, setInterval, timers/promises, hrtime', async () => {
    const seen = await observe(node, ['timers.mjs']);
    expect(seen).toMatchObject({ end: 'all-exited', exit: 0, stderr: '' });
    expectSteps(seen.marks, [
      ['setTimeout', 1_000],
      ['promisify', 1_000],
      ['timers/promises', 1_000],
      ['scheduler.wait', 1_000],
      ['node:timers', 1_000],
      ['setInterval', 33_300],
      ['interval iterator', 1_000],
    ]);
    expect(
      seen.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { hr: 5e8, ns: 5e8, up: 0.5 },
      { zero: 1 },
      { order: ['a', 'microtask of a', 'b', 'child of a', 'late', 'refreshed'] },
      { kept: 'context', hasRef: true, same: true, number: 'number' },
      { caught: 'thrown in a timer' },
    ]);
  });

  test('timeouts of sockets, requests, agents, signals and child processes', async () => {
    const seen = await observe(node, ['http-timeouts.mjs']);
    expect(seen).toMatchObject({ end: 'all-exited', exit: 0, stderr: '' });
    expectSteps(seen.marks, [
      ['AbortSignal.timeout', 5_000],
      ['fetch with a signal', 30_000],
      ['AbortSignal.any', 7_000],
      ['http request timeout', 10_000],
      ['agent idle timeout', 20_000],
      ['socket timeout', 15_000],
      ['spawn timeout', 9_000],
      ['execFile timeout', 4_000],
      ['exec', 2_000],
    ]);
    expect(seen.stdout.trim().split('\n')).toEqual([
      'TimeoutError',
      'TimeoutError',
      '{"killedBy":"SIGTERM","failed":true}',
      '1',
    ]);
  });

  test('a sleep of six hours moves Date, performance.now and the server alike', async () => {
    const seen = await observe(node, ['six-hours.mjs']);
    expect(seen.marks).toEqual([
      { name: 'start', serverMs: 0, dateMs: 0, elapsedMs: 0 },
      { name: 'end', serverMs: 21_600_000, dateMs: 21_600_000, elapsedMs: 21_600_000 },
    ]);
    expect(seen.stdout).toMatch(/^2026-03-03T04:00:00.000Z 4:00:00\sAM Tue Mar 03 2026 04:00:00\n$/);
  });

  test("a process that only unref'd timers are left of exits, in virtual time", async () => {
    const seen = await observe(node, ['unref.mjs']);
    expect(seen).toMatchObject({ end: 'all-exited', exit: 0, endMs: 60_000 });
    expect(seen.stdout).toBe('beforeExit 2026-03-02T22:01:00.000Z\nexit 2026-03-02T22:01:00.000Z\n');
  });
});
