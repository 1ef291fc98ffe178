// Processes that left their group but still carry the run's id in their environment.

import { readdirSync, readFileSync } from 'node:fs';

/** Kills every process whose environment names this run. Works where /proc exists; elsewhere groups must do. */
export function endStrays(run: string): void {
  for (const pid of processesOf(run)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself meanwhile.
    }
  }
}

/** The ids of living processes whose environment names this run, hour4's own excepted. */
export function processesOf(run: string): number[] {
  const marker = `HOUR4_RUN=${run}\u0000`;
  return listProcesses().filter((pid) => pid !== process.pid && environmentOf(pid).includes(marker));
}

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
