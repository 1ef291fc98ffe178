// From the start of a process to its first answer: `hour4 serve`, as it is published, against bare node:http.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const BUILT = join(ROOT, '.hour4', 'bench-built');
const ARGV = {
  bare: [join(import.meta.dirname, 'serve-bare.mjs')],
  serve: [join(BUILT, 'harness', 'cli.js'), 'serve', '--port', '0', '--service', 'plain'],
} as const;

/** Builds what is published; returns how to remove it again. */
export function buildForStart(): () => void {
  const tsc = join(ROOT, 'node_modules', '.bin', 'tsc');
  const { status, stdout } = spawnSync(tsc, ['-p', 'tsconfig.build.json', '--outDir', BUILT], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`what is published cannot be built: ${stdout}`);
  return () => rmSync(BUILT, { recursive: true, force: true });
}

/** Real milliseconds from the start of the process to the end of its first answer. */
export async function measureStart(server: keyof typeof ARGV): Promise<number> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, ARGV[server], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  try {
    let said = '';
    for await (const chunk of child.stdout) {
      said += chunk;
      const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (origin === undefined) continue;
      await answered(`${origin}/v1/me`);
      return performance.now() - startedMs;
    }
    throw new Error(`${server} ended before it said where it is`);
  } finally {
    child.kill();
    await exited;
  }
}

function answered(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (answer) => answer.resume().on('end', resolve)).on('error', reject);
  });
}
