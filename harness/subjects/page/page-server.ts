// The program that serves a page, where there is one: it lives in real time, beside the world, and only hands out files.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Heard } from '../heard.ts';
import { type RunningProcess, startProcess } from '../process.ts';
import { variablesOf } from '../program.ts';
import type { SubjectRun } from '../subject.ts';

const READY_WITHIN_MS = 10_000;
const ASK_EVERY_MS = 50;

/** A server that answers; null where nobody had to start one. */
export async function startPageServer(
  { program, world, folders, worldFile, run, limits }: SubjectRun,
  url: string,
  heard: Heard,
): Promise<RunningProcess | null> {
  if (!('run' in program.start) || program.start.run.length === 0) return null;
  const place = { folders, seed: worldFile.seed, run };
  const env = { ...variablesOf(program, world, place), PORT: new URL(url).port };
  const argv = program.start.run;
  const server = await startProcess(
    { argv, cwd: program.cwd, env, run, outputBytes: limits.stdoutBytes },
    heard,
  );
  let over = false;
  void server.ended.then(() => {
    over = true;
  });
  for (const endMs = performance.now() + READY_WITHIN_MS; !(await answers(url)); await sleep(ASK_EVERY_MS)) {
    if (!over && performance.now() < endMs) continue;
    await server.kill('It did not answer.');
    throw new Error(
      over ? 'The program that serves the page ended.' : 'The program that serves the page did not answer.',
    );
  }
  return server;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
