// The clock of modes `real` and `compressed`: nothing moves, real time passes, and order is order of arrival.
import type { Socket } from 'node:net';
import { newAgenda } from './agenda.ts';
import type { ClockDriver, RunEnd } from './driver.ts';
import { ownerOfPeer } from './socket-owner.ts';
import { unattended } from './unattended.ts';

/** Longer waits than Node's timers know are taken in steps. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/**
 * Virtual time is real time since `listen` or `reset`; see `ClockDriver` for the members.
 * @param timeFactor by which the world's durations have been divided; absent = they are true
 */
export function realClock(timeFactor?: number): ClockDriver {
  const agenda = newAgenda();
  const roots = new Map<number, string>();
  const owners = new WeakMap<Socket, string>();
  const hooks = new Set<(nextDueMs: number | null) => boolean>();
  let startMs = Date.now();
  let startedAtMs = performance.now();
  let present: { end: (why: RunEnd) => void; hadRoots: boolean } | null = null;
  let timer: NodeJS.Timeout | undefined;
  let asking = false;
  /** How much work the world owes: time does not stand for it, but no run ends before it is done. */
  let owed = 0;
  /** While the hooks are asked it is one and the same moment: what they answer together happened together. */
  let heldMs: number | null = null;

  const nowMs = () => heldMs ?? Math.floor(performance.now() - startedAtMs);

  /** Scheduled events wait for a run, as they do in `exact`. */
  function arm(): void {
    clearTimeout(timer);
    if (present === null) return;
    const dueMs = agenda.nextDueMs();
    const nobodyLives = roots.size === 0 && (present.hadRoots || dueMs === null);
    if (nobodyLives && owed === 0) finish('all-exited');
    else if (dueMs !== null)
      timer = setTimeout(runDue, Math.min(Math.max(dueMs - nowMs(), 0), LONGEST_WAIT_MS));
  }

  function runDue(): void {
    agenda.runNext(nowMs());
    arrived();
    arm();
  }

  /** Something happened, hence the hooks may have something to do; they are asked until they have not. */
  function arrived(): void {
    if (asking || present === null) return;
    asking = true;
    setImmediate(() => {
      asking = false;
      if (present !== null && anyHookActs()) arrived();
    });
  }

  function anyHookActs(): boolean {
    heldMs = nowMs();
    try {
      return [...hooks].map((hook) => hook(null)).includes(true);
    } finally {
      heldMs = null;
    }
  }

  function finish(why: RunEnd): void {
    clearTimeout(timer);
    const ended = present;
    present = null;
    ended?.end(why);
  }

  /** With one party there is no question; among several the system is asked, once for each connection. */
  function partyOf(socket: Socket): string | null {
    if (roots.size === 0) return null;
    const parties = new Set(roots.values());
    if (parties.size < 2) return [...parties][0] ?? null;
    const known = owners.get(socket);
    if (known !== undefined) return known;
    const pid = ownerOfPeer(socket, [...roots.keys()]);
    const party = pid === null ? null : (roots.get(pid) ?? null);
    if (party !== null) owners.set(socket, party);
    return party;
  }

  function restart(): void {
    startMs = Date.now();
    startedAtMs = performance.now();
  }

  return {
    ...unattended(arrived),
    mode: timeFactor === undefined ? 'real' : 'compressed',
    envFor: () => (timeFactor === undefined ? {} : { HOUR4_TIME_FACTOR: String(timeFactor) }),
    partyOf,
    get nowMs() {
      return nowMs();
    },
    get startMs() {
      return startMs;
    },
    async listen() {
      restart();
    },
    async close() {
      finish('stopped');
    },
    expectProcess(party, pid) {
      roots.set(pid, party);
      if (present !== null) present.hadRoots = true;
    },
    processExited(pid) {
      roots.delete(pid);
      arrived();
      arm();
    },
    // Nobody needs to attach to real time, and nobody's real time is in doubt.
    attached: () => true,
    schedule(dueMs, order, run) {
      const cancel = agenda.add(dueMs, order, run);
      arm();
      return cancel;
    },
    hold() {
      owed++;
      let isHeld = true;
      return () => {
        if (isHeld) owed--;
        isHeld = false;
        arm();
      };
    },
    onQuiescent(hook) {
      hooks.add(hook);
      return () => hooks.delete(hook);
    },
    run() {
      if (present !== null) throw new Error('the clock is running already');
      return new Promise((end) => {
        present = { end, hadRoots: roots.size > 0 };
        arm();
        arrived();
      });
    },
    stop: () => finish('stopped'),
    async reset() {
      if (present !== null) throw new Error('the clock is running: stop it before a new world begins');
      agenda.clear();
      hooks.clear();
      restart();
      return [];
    },
  };
}
