// Threads, processes and the machine's own work: whatever the world cannot see from outside still holds the clock.
import { describe, expect, test } from 'vitest';
import { expectSteps } from './expected.ts';
import { observe, runtimes } from './subject.ts';

describe.each(Object.entries(runtimes))('on Node %s', (_version, node) => {
  test('workers, forks, pipes, shells and a child that knows no virtual time', async () => {
    const seen = await observe(node, ['family.mjs']);
    expect(seen).toMatchObject({ end: 'all-exited', exit: 0, stderr: '' });
    expectSteps(seen.marks, [
      ['worker', 10_000],
      ['fork', 10_000],
      ['pipes', 10_000],
      ['shell', 7_200_000],
      ['an unattached child', 1_000],
    ]);
    expect(seen.stdout.trim().split('\n')).toEqual([
      '2026-03-02T23:00:30.000Z',
      '2026-03-03T00:00:30.000Z',
      'slept',
    ]);
  });

  test('children that a blocked event loop waits for', async () => {
    const seen = await observe(node, ['sync.mjs']);
    expect(seen).toMatchObject({ end: 'all-exited', exit: 0, stderr: '' });
    expectSteps(seen.marks, [
      ['execFileSync', 3_600_001],
      ['execSync', 3_600_000],
      ['spawnSync', 0],
    ]);
    expect(seen.stdout.trim().split('\n')).toEqual([
      '2026-03-02T23:00:00.000Z 3600000',
      '3600000',
      '2026-03-03T00:00:00.001Z 7200001',
      '7200001',
    ]);
  });

  test('module hooks hold the clock while they are asked', async () => {
    const seen = await observe(node, ['hooked.mjs']);
    expect(seen).toMatchObject({ end: 'all-exited', exit: 0, stderr: '' });
    expectSteps(seen.marks, [['imported', 1_000]]);
  });

  test('files carry virtual time, whichever way they are written', async () => {
    const seen = await observe(node, ['files.mjs']);
    expect(seen).toMatchObject({ end: 'all-exited', exit: 0, stderr: '' });
    const lines = seen.stdout.trim().split('\n');
    const ways = ['writeFileSync', 'writeFile', 'promises.writeFile', 'appendFile', 'createWriteStream'];
    const more = ['FileHandle.write', 'writeSync', 'mkdir', 'copyFile'];
    expect(lines.slice(0, 9)).toEqual(
      [...ways, ...more].map((way, second) => `${way} 2026-03-02T23:00:0${second}.000Z`),
    );
    expect(lines.slice(9)).toEqual(['before the start true true', 'explicit 2000', 'bigint true true']);
  });

  test('files, compression, cryptography, names, modules take no virtual time', async () => {
    const seen = await observe(node, ['local-work.mjs']);
    expect(seen).toMatchObject({ end: 'all-exited', exit: 0, stderr: '' });
    const took = Object.fromEntries(
      seen.stdout
        .trim()
        .split('\n')
        .map((line) => line.split(/ (?=\d+$)/)),
    );
    expect(took).toEqual({
      fs: '0',
      zlib: '0',
      brotli: '0',
      pipeline: '0',
      gunzip: '0',
      pbkdf2: '0',
      scrypt: '0',
      generateKeyPair: '0',
      subtle: '0',
      'subtle key': '0',
      dns: '0',
      import: '0',
      wasm: '0',
      sleep: '25',
    });
  });

  test('a wrapper that waits for the subject holds nothing; what it runs beside it does', async () => {
    const seen = await observe(node, ['sh', '-c', '"$NODE" nap.mjs; sleep 0.05; "$NODE" nap.mjs']);
    expect(seen).toMatchObject({ end: 'all-exited', exit: 0, endMs: 7_200_000 });
    expect(seen.stdout.trim().split('\n')).toEqual(['2026-03-02T23:00:00.000Z', '2026-03-03T00:00:00.000Z']);
  });

  test.each([
    ['loop', 'never-idle', /thread is blocked/],
    ['immediate', 'never-idle', /Immediate/],
  ])('a subject that is never idle is named: %s', async (how, end, why) => {
    const seen = await observe(node, ['blocked.mjs', how], { idleLimitMs: 3_000 });
    expect(seen).toMatchObject({ end, endMs: 1_000, busy: [{ party: 'agent' }] });
    expect(seen.busy[0]?.busyWith.join()).toMatch(why);
  });

  test('a subject that waits for nothing that could come is told apart', async () => {
    expect(await observe(node, ['blocked.mjs', 'stdin'])).toMatchObject({
      end: 'waits-for-nothing',
      busy: [],
    });
  });
});
