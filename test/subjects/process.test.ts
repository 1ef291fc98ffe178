// A started program: what it prints, how it ends, and that nothing of it survives.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Program, startProcess } from '../../harness/subjects/process.ts';
import { processesOf } from '../../harness/subjects/strays.ts';

const folder = mkdtempSync(join(tmpdir(), 'hour4-process-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let runs = 0;

async function start(script: string, more: Partial<Program> = {}) {
  const run = `test-${process.pid}-${runs++}`;
  const lines: string[] = [];
  const floods: string[] = [];
  const child = await startProcess(
    {
      argv: [process.execPath, '-e', script],
      cwd: folder,
      env: { HOUR4_RUN: run, PATH: process.env.PATH ?? '' },
      run,
      outputBytes: 1_000_000,
      ...more,
    },
    {
      line: (stream, text) => void lines.push(`${stream} ${text}`),
      flooded: (stream) => void floods.push(stream),
    },
  );
  return { run, lines, floods, child };
}

describe('the end of a process', () => {
  test('is its exit code', async () => {
    const { child } = await start('process.exit(7)');
    expect(await child.ended).toEqual({ kind: 'exited', code: 7 });
  });

  test('by a signal is never a success', async () => {
    const { child } = await start('process.kill(process.pid, "SIGKILL")');
    expect(await child.ended).toEqual({ kind: 'signalled', signal: 'SIGKILL' });
  });

  test('by our hand carries the reason', async () => {
    const { child } = await start('setInterval(() => {}, 1000)');
    await child.kill('It was in the way.');
    expect(await child.ended).toEqual({ kind: 'killed', why: 'It was in the way.' });
  });

  test('comes also for one that ignores SIGTERM', async () => {
    const { child, lines } = await start(
      'process.on("SIGTERM", () => console.log("no")); setInterval(() => {}, 1000); console.log("ready")',
    );
    await expect.poll(() => lines).toContain('stdout ready');
    await child.kill('It would not stop.');
    expect(lines).toContain('stdout no');
    expect(await child.ended).toMatchObject({ kind: 'killed' });
  });
});

describe('a program', () => {
  test('that does not exist is refused with its name', async () => {
    await expect(start('', { argv: ['no-such-program-anywhere'] })).rejects.toThrow(
      'no-such-program-anywhere',
    );
  });

  test('gets its arguments as they are, without a shell', async () => {
    const argument = 'a b "c" $HOME `id` ; echo';
    const { child, lines } = await start('', {
      argv: [process.execPath, '-e', 'console.log(process.argv[1])', argument],
    });
    await child.ended;
    expect(lines).toEqual([`stdout ${argument}`]);
  });

  test('that prints half a line, binary, and windows line ends is read to its end', async () => {
    const { child, lines } = await start(
      'process.stdout.write("one\\r\\ntw"); process.stdout.write("o\\n"); process.stdout.write(Buffer.from([0xff, 0x00, 0x0a])); process.stdout.write("half")',
    );
    await child.ended;
    expect(lines).toEqual(['stdout one', 'stdout two', 'stdout \ufffd\u0000', 'stdout half']);
  });

  test('that floods is noticed, and its flood is not kept', async () => {
    const { child, lines, floods } = await start('process.stdout.write("x\\n".repeat(2000000))', {
      outputBytes: 100_000,
    });
    await child.ended;
    expect(floods).toEqual(['stdout']);
    expect(lines.length).toBeLessThan(100_000);
  });
});

describe('what a process leaves behind', () => {
  test('in its group is ended with it', async () => {
    const { child, run } = await start(
      'require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" }).unref()',
    );
    await child.ended;
    await expect.poll(() => processesOf(run)).toEqual([]);
  });

  test.runIf(process.platform === 'linux')('in a group of its own is found by its environment', async () => {
    const { child, run } = await start(
      'require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore", detached: true }).unref()',
    );
    await child.ended;
    await expect.poll(() => processesOf(run)).toEqual([]);
  });

  test('that holds its output open does not hold us', async () => {
    const { child } = await start(
      'require("node:child_process").spawn("sleep", ["5"], { stdio: "inherit", detached: true, env: { PATH: process.env.PATH } }).unref(); console.log("done")',
    );
    expect(await child.ended).toEqual({ kind: 'exited', code: 0 });
  });
});
