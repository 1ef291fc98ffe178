// The job of an agent that drives a command-line tool, and the tool as a command within its reach.

import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '../../mocks/index.ts';
import { type Behaviour, HONEST } from './behaviour.ts';

/** Next to this file, as source or as built. */
const PROGRAM = fileURLToPath(new URL(`./program${import.meta.url.slice(-3)}`, import.meta.url));

const MINUTE_MS = 60_000;

/** Whether a job is to drive the mock tool: one that names a tool of its own is not. */
export const drivesMockTool = (job: JsonObject | null): boolean =>
  job?.kind === 'tool' && job.tool === undefined;

/** A job to drive the mock tool, with what it leaves open. */
export const withMockTool = (job: JsonObject): JsonObject => ({
  tool: [HONEST.name],
  everyMs: 5 * MINUTE_MS,
  tasks: [['items'], ['add', 'note']],
  ...job,
});

/** Puts the mock tool into a folder, as a command that says nothing of how it behaves. */
export async function installMockTool(folder: string, knobs: Partial<Behaviour>): Promise<void> {
  const words = [process.execPath, PROGRAM, JSON.stringify(knobs)].map(quoted).join(' ');
  const file = join(folder, knobs.name ?? HONEST.name);
  await mkdir(folder, { recursive: true });
  await writeFile(file, `#!/bin/sh\nexec ${words} "$@"\n`);
  await chmod(file, 0o755);
}

const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
