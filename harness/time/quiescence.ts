// Who is not idle, and with what: a pure look at all that the world knows. Time may move only when nobody is.
import type { BusyParty } from './driver.ts';
import type { Party } from './party.ts';
import { livingChildrenOf, unattachedBelow } from './process-tree.ts';
import { partyTraffic, type WorldConnections, worldTraffic } from './world-connections.ts';

/** A process that the harness started and whose exit it has not seen. */
export interface Root {
  party: string;
  pid: number;
  /** Real moment of its start. */
  sinceMs: number;
}

export interface Scene {
  parties: readonly Party[];
  roots: readonly Root[];
  connections: WorldConnections;
  /** Why the world's own work holds the clock. */
  holds: readonly string[];
  /** Real moment of this look. */
  realMs: number;
}

/** What the words of a thread say about itself. */
function ownReasons(party: Party, pids: ReadonlySet<number>): string[] {
  if (party.paused) return [];
  if (party.blockedBeside !== null) return waitingReasons(party.pid, party.blockedBeside, pids);
  if (party.acksDue > 0) return ['no answer to the clock yet: the thread is blocked'];
  if (!party.idle) {
    if (party.busyNames.length > 0) return party.busyNames;
    return [
      party.spoke ? 'running, or its thread is blocked' : 'no word since attach: the thread is blocked',
    ];
  }
  return party.leaving ? ['about to exit'] : [];
}

/** A thread that waits for its child is idle while that child lives and is itself heard from. */
function waitingReasons(pid: number, beside: readonly number[], pids: ReadonlySet<number>): string[] {
  const awaited = livingChildrenOf(pid).filter((child) => !beside.includes(child));
  if (awaited.length === 0) return ['about to go on after a child process'];
  return awaited.flatMap((child) => unattachedBelow(child, pids)).map((child) => `child process ${child}`);
}

/** Children and worker threads that live and that the clock does not hear from. */
function unheardReasons(party: Party, pids: ReadonlySet<number>, threads: ReadonlySet<string>): string[] {
  return [
    ...party.children.flatMap((pid) => unattachedBelow(pid, pids)).map((pid) => `child process ${pid}`),
    ...party.threads.filter((id) => !threads.has(`${party.pid}/${id}`)).map((id) => `worker thread ${id}`),
  ];
}

/**
 * @returns whether anybody may be woken without the world's seeing it: by a child or a parent, another thread, or on a channel
 * on which no bytes are counted
 */
export function mayStirUnseen({ parties, roots }: Pick<Scene, 'parties' | 'roots'>): boolean {
  const isRoot = ({ pid, thread }: Party) => thread === 0 && roots.some((root) => root.pid === pid);
  return parties.length > 1 && parties.some((party) => party.unseen || !isRoot(party));
}

/** @returns everybody who is not idle; empty means that nothing can happen before somebody outside the system acts */
export function whoIsBusy(scene: Scene): BusyParty[] {
  const { parties, roots, realMs } = scene;
  const pids = new Set(parties.map((party) => party.pid));
  const threads = new Set(parties.map((party) => `${party.pid}/${party.thread}`));
  const reasons = new Map<Party | null, string[]>();
  const add = (party: Party | null, why: string[]) => {
    if (why.length > 0) reasons.set(party, [...(reasons.get(party) ?? []), ...why]);
  };
  add(null, [...scene.holds]);
  for (const party of parties)
    add(party, [...ownReasons(party, pids), ...unheardReasons(party, pids, threads)]);
  for (const { party, why } of worldTraffic(scene.connections, parties)) add(party, [why]);
  if (parties.length > 1) for (const { party, why } of partyTraffic(parties)) add(party, [why]);

  const busy = [...reasons].map(([party, busyWith]) => ({
    party: party?.name ?? 'world',
    pid: party?.pid ?? process.pid,
    silentForMs: party === null ? 0 : realMs - party.heardAtMs,
    busyWith,
  }));
  for (const { party, pid, sinceMs } of roots) {
    const unattached = unattachedBelow(pid, pids);
    if (unattached.length > 0) {
      busy.push({
        party,
        pid,
        silentForMs: realMs - sinceMs,
        busyWith: unattached.map((one) =>
          one === pid ? 'it has not attached to the clock' : `child process ${one}`,
        ),
      });
    }
  }
  return busy;
}
