// Where runs take place, one after the other: their clock, and the processes that stay while each leaves nothing behind.

import { randomBytes } from 'node:crypto';
import type { ClockDriver } from '../time/driver.ts';
import { exactClock } from '../time/exact-clock.ts';
import { realClock } from '../time/real-clock.ts';
import { processesOf } from './strays.ts';
import type { WarmHost } from './warm/warm.ts';

/** What a run is given to live in. */
export interface Lodging {
  readonly clock: ClockDriver;
  /** The id under which its processes and folders are found. */
  readonly run: string;
  /** The processes that host a module, by the name of the party that lives there. */
  readonly hosts: Map<string, WarmHost>;
}

/** Where runs take place; one run at a time has a lodging with hosts that stay. */
export interface House {
  enter(plan: {
    readonly mode: ClockDriver['mode'];
    readonly startMs: number;
    readonly seed: number;
    readonly timeFactor: number;
    /** Whether nobody may have lived here before. */
    readonly isNew?: boolean;
  }): Promise<Lodging>;
  leave(lodging: Lodging): Promise<void>;
  close(): Promise<void>;
}

/** How long a process may take over a new start of its clock, in real ms. */
const RESET_MS = 2000;

/** Nobody lives here yet. */
export function openHouse(): House {
  let kept: Lodging | null = null;
  return {
    enter: async (plan) => {
      const { mode, startMs, seed, isNew = false } = plan;
      const found = kept;
      kept = null;
      if (found !== null && !isNew && mode === 'exact' && (await startsAnew(found, startMs, seed)))
        return found;
      if (found !== null) await clear(found);
      const clock = clockOf(plan);
      await clock.listen();
      return { clock, run: randomBytes(8).toString('hex'), hosts: new Map() };
    },
    leave: async (lodging) => {
      if (kept === null && isFitToStay(lodging)) kept = lodging;
      else await clear(lodging);
    },
    close: async () => {
      const found = kept;
      kept = null;
      if (found !== null) await clear(found);
    },
  };
}

function clockOf({ mode, startMs, seed, timeFactor }: Parameters<House['enter']>[0]): ClockDriver {
  if (mode === 'exact') return exactClock({ startMs, seed });
  return mode === 'compressed' ? realClock(timeFactor) : realClock();
}

// Where processes cannot be counted, nobody stays.
function isFitToStay({ clock, hosts, run }: Lodging): boolean {
  const all = [...hosts.values()];
  return (
    clock.mode === 'exact' &&
    all.length > 0 &&
    all.every((host) => host.alive()) &&
    processesOf(run).length === all.length
  );
}

async function startsAnew({ clock }: Lodging, startMs: number, seed: number): Promise<boolean> {
  const late = AbortSignal.timeout(RESET_MS);
  const leftovers = await Promise.race([
    clock.reset(startMs, seed),
    new Promise<null>((resolve) => late.addEventListener('abort', () => resolve(null), { once: true })),
  ]);
  return leftovers?.every(({ refdTimers }) => refdTimers === 0) === true;
}

async function clear({ clock, hosts }: Lodging): Promise<void> {
  await dismissAll(hosts);
  await clock.close();
}

/** Ends hosts, the named ones or all: the next life of their parties begins in new processes. */
export async function dismissAll(
  hosts: Lodging['hosts'],
  parties: readonly string[] = [...hosts.keys()],
): Promise<void> {
  await Promise.all(parties.map((party) => hosts.get(party)?.dismiss()));
  for (const party of parties) hosts.delete(party);
}
