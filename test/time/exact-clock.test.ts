// What only the exact clock can do: stop and skew processes, hold time for the world's own work, and serve world after world.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as realSleep } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { exactClock } from '../../harness/time/exact-clock.ts';
import { expectSteps } from './expected.ts';
import { observe, openWorld, runtimes, START_MS, type World } from './subject.ts';

const node = runtimes[24] ?? '';

describe('one process', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  test('a paused process misses its moment, and finds the present time when it wakes', async () => {
    const { child } = world.start(node, ['beat.mjs']);
    const pid = child.pid ?? 0;
    world.clock.schedule(90_000, '', () => {
      process.kill(pid, 'SIGSTOP');
      world.clock.paused(pid);
    });
    world.clock.schedule(600_000, '', () => {
      world.clock.resumed(pid);
      process.kill(pid, 'SIGCONT');
    });
    expect(await world.clock.run()).toBe('all-exited');
    expectSteps(world.marks, [
      ['beat 1', 60_000],
      ['beat 2', 540_000],
      ['beat 3', 60_000],
    ]);
  });

  test('what comes to a paused process is heard at the moment at which it wakes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hour4-asleep-'));
    const file = join(folder, 'address.json');
    const { child } = world.start(node, ['neighbour.mjs', 'serve', file, '0']);
    const pid = child.pid ?? 0;
    let answer = '';
    world.clock.schedule(90_000, '', () => {
      process.kill(pid, 'SIGSTOP');
      world.clock.paused(pid);
    });
    world.clock.schedule(120_000, '', () => {
      const socket = connect(JSON.parse(readFileSync(file, 'utf8')).port, '127.0.0.1');
      world.clock.watchSocket(socket);
      socket.setEncoding('utf8').on('data', (text) => {
        answer += text;
      });
      socket.write('GET / HTTP/1.1\r\nHost: neighbour\r\nConnection: close\r\n\r\n');
    });
    world.clock.schedule(600_000, '', () => {
      world.clock.resumed(pid);
      process.kill(pid, 'SIGCONT');
    });
    expect(await world.clock.run()).toBe('all-exited');
    expect(answer.split('\r\n\r\n')[1]).toContain(String(START_MS + 600_000));
    rmSync(folder, { recursive: true });
  });

  test('a wall clock that jumps moves Date, and no elapsed time', async () => {
    world.start(node, ['beat.mjs']);
    world.clock.setWallOffset('agent', 5_000);
    world.clock.schedule(90_000, '', () => world.clock.setWallOffset('agent', -3_600_000));
    await world.clock.run();
    expect(world.marks).toEqual([
      { name: 'beat 1', serverMs: 60_000, dateMs: 65_000, elapsedMs: 60_000 },
      { name: 'beat 2', serverMs: 120_000, dateMs: -3_480_000, elapsedMs: 120_000 },
      { name: 'beat 3', serverMs: 180_000, dateMs: -3_420_000, elapsedMs: 180_000 },
    ]);
  });

  test('what the harness sends by stdin or signal is waited for', async () => {
    const { child } = world.start(node, ['line.mjs']);
    const pid = child.pid ?? 0;
    world.clock.schedule(1_000, '', () => {
      process.kill(pid, 'SIGUSR2');
      world.clock.nudge(pid);
    });
    world.clock.schedule(2_000, '', () => {
      child.stdin?.write('a line\n');
      world.clock.nudge(pid);
    });
    world.clock.schedule(2_001, '', () => {});
    expect(await world.clock.run()).toBe('all-exited');
    expect(world.marks.map(({ name, serverMs }) => [name, serverMs])).toEqual([
      ['signal', 1_000],
      ['line', 62_000],
    ]);
  });

  test("real work of the world's own holds the clock, and is named while it does", async () => {
    world.start(node, ['beat.mjs']);
    let seen: unknown;
    world.clock.schedule(30_000, '', async () => {
      const release = world.clock.hold('a file is being read');
      await realSleep(30);
      seen = {
        nowMs: world.clock.nowMs,
        busy: world.clock.busyReport().find(({ party }) => party === 'world'),
      };
      release();
    });
    await world.clock.run();
    expect(seen).toMatchObject({ nowMs: 30_000, busy: { busyWith: ['a file is being read'] } });
  });

  test.each([
    [
      'a wrong secret',
      '{"kind":"hello","secret":"guessed","party":"agent","line":"0","pid":1,"ppid":1,"thread":0}\n',
    ],
    ['no message', 'GET / HTTP/1.1\r\n\r\n'],
  ])('a stranger on the control socket is shown out: %s', async (_how, words) => {
    const { HOUR4_CLOCK: address = '' } = world.clock.envFor('agent');
    const stranger = connect(dirname(address));
    stranger.on('error', () => {}).write(words);
    await once(stranger.resume(), 'close');
    expect(world.clock.attached('agent')).toBe(false);
  });

  test('knows whose connection a request came on', async () => {
    world.start(node, ['beat.mjs'], 'first');
    world.start(node, ['beat.mjs'], 'second');
    const owners: (string | null)[] = [];
    world.onRequest((request) => {
      const { socket } = request;
      setImmediate(() => owners.push(world.clock.partyOf(socket)));
    });
    await world.clock.run();
    expect(owners.sort()).toEqual(['first', 'first', 'first', 'second', 'second', 'second']);
  });

  test('a warm process serves world after world, each from its own start', async () => {
    const { child, output } = world.start(node, ['host.mjs']);
    const { clock } = world;
    const agent = new Agent({ keepAlive: true });
    const ask = (path: string): Promise<Record<string, number>> =>
      new Promise((resolve) => {
        const request = get(
          `http://127.0.0.1:${Number(output.stdout)}${path}`,
          { agent: false },
          (response) => {
            response.on('data', (text) => {
              clock.stop();
              resolve(JSON.parse(String(text)));
            });
          },
        );
        request.on('socket', (socket) => clock.watchSocket(socket));
      });
    clock.schedule(1, '', () => clock.stop());
    await clock.run();
    const first = ask('/60000');
    expect(await clock.run()).toBe('stopped');
    expect(await first).toMatchObject({ date: START_MS + 60_001, elapsed: 60_001 });

    expect(await clock.reset(START_MS + 1_000_000, 7)).toEqual([
      { party: 'agent', pid: child.pid, refdTimers: 0 },
    ]);
    const second = ask('/5000');
    await clock.run();
    // Dates begin anew, elapsed time never goes back, and the same seed in a new world gives the same numbers.
    expect(await second).toEqual({
      date: START_MS + 1_005_000,
      elapsed: 65_001,
      random: (await first).random,
    });

    const third = ask('/leak');
    await clock.run();
    await third;
    expect(await clock.reset(START_MS, 8)).toEqual([{ party: 'agent', pid: child.pid, refdTimers: 1 }]);
    agent.destroy();
  });
});

describe('two processes that never met', () => {
  test.each([
    ['a port', '0'],
    ['a socket', join(tmpdir(), `hour4-neighbour-${process.pid}.sock`)],
  ])('read the same time when one visits the other by %s', async (_way, at) => {
    const folder = mkdtempSync(join(tmpdir(), 'hour4-neighbour-'));
    const file = join(folder, 'address.json');
    const world = await openWorld();
    try {
      world.start(node, ['neighbour.mjs', 'serve', file, at], 'host');
      world.start(node, ['neighbour.mjs', 'visit', file], 'guest');
      expect(await world.clock.run()).toBe('all-exited');
      expect(world.marks).toMatchObject([{ name: '0 ms', serverMs: 3_600_000, dateMs: 3_600_000 }]);
    } finally {
      await world.close();
      rmSync(folder, { recursive: true });
    }
  });
});

describe('machines outside the world', () => {
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

  test.skipIf(outside === undefined)('a TLS handshake with one of them holds the clock', async () => {
    const secure = createTlsServer({ ciphers: 'PSK', pskCallback: () => Buffer.from('hour4') });
    const slow = createServer((socket) => setTimeout(() => secure.emit('connection', socket), 60));
    await new Promise<void>((resolve) => slow.listen(0, outside, resolve));
    const seen = await observe(node, [
      'outside.mjs',
      'tls',
      String((slow.address() as AddressInfo).port),
      outside ?? '',
    ]);
    slow.close();
    expect(seen).toMatchObject({ end: 'all-exited', stdout: '0\n' });
  });

  test('a name that is being looked up holds the clock', async () => {
    const silent = createSocket('udp4');
    await new Promise<void>((resolve) => silent.bind(0, '127.0.0.1', resolve));
    const seen = await observe(node, ['outside.mjs', 'dns', String((silent.address() as AddressInfo).port)]);
    silent.close();
    expect(seen).toMatchObject({ end: 'all-exited', stdout: '0\n' });
  });
});

test('where no socket can be opened, one line says what to set', async () => {
  vi.stubEnv('TMPDIR', '/etc/passwd/nowhere');
  onTestFinished(() => void vi.unstubAllEnvs());
  const opening = exactClock({ startMs: 0, seed: 1 }).listen();
  await expect(opening).rejects.toThrow(/^cannot open a local socket .* set TMPDIR to a folder/);
});
