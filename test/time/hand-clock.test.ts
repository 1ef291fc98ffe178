// The clock of `hour4 serve`: it jumps when told, goes at a rate, and lets everything happen at its own moment.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HandClock, handClock } from '../../harness/time/hand-clock.ts';
import { START_MS } from './subject.ts';

const HOUR = 3_600_000;

let clock: HandClock;
beforeEach(() => {
  clock = handClock({ startMs: START_MS });
  clock.setRate(0);
});
afterEach(() => clock.close());

test('a jump lets everything happen that was due on the way, each at its own moment', () => {
  const seen: [string, number][] = [];
  const note = (name: string) => () => void seen.push([name, clock.nowMs]);
  clock.schedule(2 * HOUR, 'b', note('second'));
  clock.schedule(2 * HOUR, 'a', note('first'));
  clock.schedule(HOUR, '', () => clock.schedule(HOUR + 5, '', note('born on the way')));
  clock.schedule(4 * HOUR, '', note('later'));
  const cancel = clock.schedule(HOUR, '', note('taken back'));
  cancel();
  const startMs = clock.nowMs;
  clock.advance(3 * HOUR);
  expect(seen).toEqual([
    ['born on the way', HOUR + 5],
    ['first', 2 * HOUR],
    ['second', 2 * HOUR],
  ]);
  expect(clock.nowMs).toBe(startMs + 3 * HOUR);
  expect(clock.nextDueMs).toBe(4 * HOUR);
});

test('at rate 0 it stands, whatever is due later', async () => {
  const nowMs = clock.nowMs;
  clock.schedule(nowMs + 1, '', () => expect.unreachable('time must not have moved'));
  void clock.run();
  for (let turn = 0; turn < 50; turn++) await new Promise((next) => setImmediate(next));
  clock.catchUp();
  expect(clock.nowMs).toBe(nowMs);
});

test('what is due now happens at rate 0 as well, without anybody asking', async () => {
  void clock.run();
  await new Promise<void>((happened) => clock.schedule(clock.nowMs, '', happened));
});

test('a rate of a million passes an hour while one looks', async () => {
  clock.setRate(1_000_000);
  void clock.run();
  const nowMs = await new Promise<number>((seen) => clock.schedule(HOUR, '', () => seen(clock.nowMs)));
  expect(nowMs).toBe(HOUR);
});

test('a change of rate moves no moment by itself', () => {
  clock.advance(HOUR);
  const nowMs = clock.nowMs;
  clock.setRate(1);
  clock.setRate(0);
  expect(clock.nowMs - nowMs).toBeLessThan(HOUR);
  expect(clock.rate).toBe(0);
});

test('hooks are asked until they have nothing left to do, after what was due and at the present moment', () => {
  const seen: string[] = [];
  let arrivals = 2;
  clock.onQuiescent(() => {
    if (arrivals === 0) return false;
    seen.push(`arrival at ${clock.nowMs}`);
    clock.schedule(clock.nowMs, '', () => seen.push('its consequence'));
    arrivals--;
    return true;
  });
  clock.catchUp();
  const nowMs = clock.nowMs;
  expect(seen).toEqual([`arrival at ${nowMs}`, 'its consequence', `arrival at ${nowMs}`, 'its consequence']);
});

test('an event that asks for the time is told its own moment', () => {
  const seen: number[] = [];
  clock.schedule(HOUR, '', () => {
    clock.catchUp();
    seen.push(clock.nowMs);
  });
  clock.advance(2 * HOUR);
  expect(seen).toEqual([HOUR]);
});

test('whoever watches is told after each rest, until it has seen enough', () => {
  let rests = 0;
  const end = clock.onRest(() => {
    rests++;
  });
  clock.catchUp();
  end();
  clock.catchUp();
  expect(rests).toBe(1);
});

test('runs until it is stopped, though nothing is due; and not twice at once', async () => {
  const run = clock.run();
  expect(() => clock.run()).toThrow(/running already/);
  await expect(clock.reset(0, 1)).rejects.toThrow(/stop it/);
  clock.stop();
  expect(await run).toBe('stopped');
});

test('begins a new world at zero and at real time, without the events of the old one', async () => {
  clock.schedule(HOUR, '', () => expect.unreachable('an event of the old world'));
  clock.onQuiescent(() => expect.unreachable('a hook of the old world'));
  await clock.reset(START_MS + 1, 1);
  expect({ startMs: clock.startMs, nowMs: clock.nowMs, rate: clock.rate }).toEqual({
    startMs: START_MS + 1,
    nowMs: 0,
    rate: 1,
  });
  clock.advance(2 * HOUR);
});

test('refuses to be followed by a process', () => {
  expect(() => clock.expectProcess('agent', 1)).toThrow(/no process/);
  expect(clock.attached('agent')).toBe(false);
});
