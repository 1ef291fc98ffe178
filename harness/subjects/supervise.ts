// Watches over a started program: time passes until it is gone, and whoever oversteps a limit is ended.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { Ending } from '../check.ts';
import type { ClockDriver } from '../time/driver.ts';
import type { World } from '../world/world.ts';
import type { RunningProcess } from './process.ts';
import { censusOf } from './strays.ts';
import type { SubjectRun } from './subject.ts';

/** How often the subject's processes are counted, in real ms. */
const CENSUS_MS = 500;

/** Makes the subject's folders anew, with the world file in them. */
export async function prepareFolders({
  folders,
  worldFile,
}: Pick<SubjectRun, 'folders' | 'worldFile'>): Promise<void> {
  await rm(folders.root, { recursive: true, force: true, maxRetries: 3 });
  await writeWorldFile(folders, worldFile);
}

async function makeFolders({ home, store, temp }: SubjectRun['folders']): Promise<void> {
  for (const folder of [home, store, temp]) await mkdir(folder, { recursive: true });
}

/** Writes the world file, for the first start or for a later one, whatever a subject has thrown away since. */
export async function writeWorldFile(
  folders: SubjectRun['folders'],
  worldFile: SubjectRun['worldFile'],
): Promise<void> {
  await makeFolders(folders);
  await writeFile(folders.worldFile, `${JSON.stringify(worldFile, null, 2)}\n`);
}

/** What a program may use up, and who may end it. */
export interface Watch extends Pick<SubjectRun, 'clock' | 'limits' | 'run' | 'endByMs' | 'signal'> {
  /** Why it is ended at `endByMs`, as a whole sentence. */
  readonly overdue: string;
  /** Calls back when the program has printed more than it may. */
  onFlood(flooded: (stream: 'stdout' | 'stderr') => void): void;
}

/** Lets time pass until the program has ended, by itself or by a limit. */
export async function supervise(child: RunningProcess, watch: Watch): Promise<Ending> {
  const { clock, limits, endByMs, signal } = watch;
  const kill = (why: string) => void child.kill(why);
  const cancelEnd = clock.schedule(endByMs, 'zzz end', () => kill(watch.overdue));
  const timer = setTimeout(
    () => kill(`It was still running after ${limits.realTimeMs / 1000} s of real time.`),
    limits.realTimeMs,
  );
  const count = censusOf(watch.run);
  const census = setInterval(() => {
    if (count() <= limits.processes) return;
    kill(`It had more than ${limits.processes} processes at once.`);
  }, CENSUS_MS);
  const abort = () => kill('The run was interrupted.');
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  watch.onFlood((stream) => kill(`It printed more than ${limits.stdoutBytes} bytes to ${stream}.`));
  const gone = child.ended.then((ending) => {
    if (child.stays()) clock.stop();
    else clock.processExited(child.pid);
    return ending;
  });
  try {
    const end = await clock.run();
    if (end === 'waits-for-nothing')
      await child.kill('It waited for something that nothing will ever bring about.');
    if (end === 'never-idle') await child.kill(neverIdle(clock));
    return await gone;
  } finally {
    clearTimeout(timer);
    clearInterval(census);
    cancelEnd();
    signal.removeEventListener('abort', abort);
  }
}

/** Why time could not move, in a whole sentence. */
export function neverIdle(clock: ClockDriver): string {
  const busy = clock.busyReport().map(({ pid, busyWith }) => `process ${pid}: ${busyWith.join(', ')}`);
  return `It never came to rest, so that time could not move; it was busy with ${busy.join('; ') || 'nothing that can be seen'}.`;
}

/** Puts a program's end on record. */
export function recordEnding({ ledger }: World, party: string, ending: Ending): void {
  if (ending.kind === 'killed') {
    // Which process it was differs from run to run, and means nothing afterwards.
    const reason = ending.why.replaceAll(/process [0-9]+/g, 'process');
    ledger.append({ kind: 'process.killed', party, reason });
  } else {
    const code = ending.kind === 'exited' ? ending.code : null;
    const signal = ending.kind === 'signalled' ? ending.signal : null;
    ledger.append({ kind: 'process.exited', party, code, signal });
  }
}
