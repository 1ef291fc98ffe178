// Processes that left their group but still carry the run's id in their environment.

import { readdirSync, readFileSync } from 'node:fs';

/**
 * Kills every process whose environment names this run, but for those that are to stay. Works where /proc exists;
 * elsewhere groups must do.
 */
export function endStrays(run: string, staying: readonly number[] = []): void {
  for (const pid of processesOf(run)) {
    if (staying.includes(pid)) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself meanwhile.
    }
  }
}

/** The ids of living processes whose environment names this run, hour4's own excepted. */
export function processesOf(run: string): number[] {
  const marker = markerOf(run);
  return listProcesses().filter((pid) => pid !== process.pid && environmentOf(pid).includes(marker));
}

/**
 * Counts the processes of a run again and again. What was there before them is not looked at each time: on a machine with
 * many processes that would cost more than the run.
 */
export function censusOf(run: string): () => number {
  const before = new Set(listProcesses());
  const own = processesOf(run);
  const marker = markerOf(run);
  return () =>
    own.filter((pid) => environmentOf(pid).includes(marker)).length +
    listProcesses().filter((pid) => !before.has(pid) && environmentOf(pid).includes(marker)).length;
}

const markerOf = (run: string) => `HOUR4_RUN=${run}\u0000`;

function listProcesses(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^[0-9]+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function environmentOf(pid: number): string {
  try {
    return `${readFileSync(`/proc/${pid}/environ`, 'latin1')}\u0000`;
  } catch {
    return '';
  }
}
