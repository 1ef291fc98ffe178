// A world that dies without a word takes its subjects with it: nobody else is left to end them.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';

const CLI = fileURLToPath(new URL('../../harness/cli.ts', import.meta.url));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('hour4 is killed, and the agent that it drove is gone too', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hour4-orphan-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const pidFile = join(folder, 'pid');
  // It works without an end, so that its world is there as long as nobody kills it.
  writeFileSync(
    join(folder, 'agent.mjs'),
    `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(pidFile)}, String(process.pid));\nfor (;;) await new Promise((resolve) => setTimeout(resolve, 1));\n`,
  );
  writeFileSync(
    join(folder, 'hour4.yaml'),
    'subject: { kind: agent, run: [node, agent.mjs] }\nservices: { plain: {} }\n',
  );
  const env = { ...process.env, PATH: `${join(process.execPath, '..')}:${process.env.PATH}` };
  const hour4 = spawn(process.execPath, [CLI, 'run', '--quiet', '--scenario', 'healthy-day'], {
    cwd: folder,
    env,
    stdio: 'ignore',
  });
  const pid = await vi.waitFor(() => Number(readFileSync(pidFile, 'utf8')), {
    timeout: 30_000,
    interval: 50,
  });
  expect(isAlive(pid)).toBe(true);
  hour4.kill('SIGKILL');
  await once(hour4, 'exit');
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 20_000, interval: 50 });
});
