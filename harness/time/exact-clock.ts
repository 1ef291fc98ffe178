// Exact virtual time for Node subjects: the only writer of time.
// The world serves the mocks itself, so it holds the other end of every connection. Time moves only when the whole system
// is quiescent: every attached thread has reported that nothing can run in it any more (harness/preload/idleness.js), and
// for every connection both ends have counted the same bytes, so that none is on its way to wake somebody. Where several
// threads run, channels exist that nobody outside sees (pipes, message ports, files); then all are asked again, and only
// if nothing stirred anywhere since the last report does time move: double counting, as in termination detection. A byte
// on such a channel was ready in the kernel before the question was sent, hence is seen before it is answered.
// No decision rests on a stretch of real time. Real timers only look again, and name whoever never becomes idle.
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { newAgenda } from './agenda.ts';
import { newBirths } from './births.ts';
import type { FromParty, Hello } from './control-protocol.ts';
import { controlServer, variablesFor } from './control-server.ts';
import { newDoor } from './door.ts';
import type { BusyParty, ClockDriver, Leftover, RunEnd } from './driver.ts';
import { newHooks } from './hooks.ts';
import { isAnswering, isDeaf, newParty, type Party, putToSleep, takeReport, tell } from './party.ts';
import { newPatience } from './patience.ts';
import { mayStirUnseen, type Root, whoIsBusy } from './quiescence.ts';
import {
  claimConnection,
  claimConnections,
  disclaimConnections,
  newWorldConnections,
  ownerOf,
  watchConnection,
  watchServer,
} from './world-connections.ts';

/** A system that is busy is looked at again after so many real ms, doubling up to the longest. */
const LOOK_AGAIN_MS = 20;
const LOOK_AGAIN_LONGEST_MS = 100;

export interface ExactClockOptions {
  /** Epoch ms of the virtual start. */
  startMs: number;
  /** Seeds `Math.random` of every thread. */
  seed: number;
  /** Real ms without any progress after which a run ends as `never-idle`; 20,000 by default. */
  idleLimitMs?: number;
}

/** The clock of mode `exact`; see `ClockDriver` for its members. */
export function exactClock(options: ExactClockOptions): ClockDriver {
  const secret = randomBytes(16).toString('hex');
  const agenda = newAgenda();
  const connections = newWorldConnections();
  const parties = new Set<Party>();
  const roots = new Map<number, Root>();
  const holds = new Set<{ reason: string }>();
  const hooks = newHooks();
  const everAttached = new Set<string>();
  const wallOffsets = new Map<string, number>();
  const births = newBirths();
  const patience = newPatience(options.idleLimitMs ?? 20_000);
  let { startMs, seed } = options;
  /** Real epoch ms that the virtual start stands for: file times from before are told relative to it. */
  const realStartMs = Date.now();
  let nowMs = 0;
  let looks = 0;
  let mustAsk = true;
  /** What somebody who is gone had sent may still wake others, and nobody counts it any more. */
  let hasAnyLeft = false;
  let considering = false;
  let present: { end: (why: RunEnd) => void; hadRoots: boolean } | null = null;
  let lookAgain: NodeJS.Timeout | undefined;
  let lookAgainMs = LOOK_AGAIN_MS;
  /** Who was let go and may be ahead of the world. */
  let walker: Party | null = null;
  /** Threads that said hello meanwhile. */
  const newcomers: Party[] = [];
  /** Those that are told to begin a new world, and who waits for what they have left over. */
  const restarting = new Map<Party, (refdTimers: number) => void>();

  const door = newDoor((party) => live().filter((other) => other !== party), setClocks, setTime);
  const control = controlServer(secret, { onHello: admit, onWord: hear, onGone: drop });
  const live = () => [...parties].filter((party) => !isDeaf(party));

  function busyReport(): BusyParty[] {
    return whoIsBusy({
      parties: [...parties],
      roots: [...roots.values()],
      connections,
      holds: [...holds].map(({ reason }) => reason),
      realMs: performance.now(),
    });
  }

  /** Looks at the system after two turns of the world's own loop, so that all that has already arrived is dealt with. */
  function consider(): void {
    if (considering || present === null) return;
    considering = true;
    setImmediate(() =>
      setImmediate(() => {
        considering = false;
        if (present !== null) proceed();
      }),
    );
  }

  function proceed(): void {
    clearTimeout(lookAgain);
    if (roots.size === 0 && (present?.hadRoots || agenda.nextDueMs() === null)) finish('all-exited');
    else if (live().some(isAnswering) || busyReport().length > 0) wait();
    else if (hasAnyLeft && live().length > 0) askAll();
    else if ((mustAsk || live().some((party) => party.stirred)) && mayAnyStirUnseen()) askAll();
    else act();
  }

  const mayAnyStirUnseen = () => mayStirUnseen({ parties: [...parties], roots: [...roots.values()] });

  /** Nothing can be decided: whatever arrives will make us look again; in case its sign is missed, a real timer does. */
  function wait(): void {
    if (patience.isOver()) {
      finish('never-idle');
      return;
    }
    lookAgain = setTimeout(() => {
      lookAgainMs = Math.min(lookAgainMs * 2, LOOK_AGAIN_LONGEST_MS);
      for (const party of live()) if (party.idle && party.acksDue === 0) look(party);
      consider();
    }, lookAgainMs);
  }

  function look(party: Party): void {
    looks += 1;
    party.lookDue = looks;
    party.idle = false;
    tell(party, { kind: 'look', look: looks });
  }

  /** What was done to them, or what they did, their last words know nothing of. */
  function lookAt(some: readonly Party[]): void {
    for (const party of some) look(party);
    mustAsk = parties.size > 1;
    consider();
  }

  /** Whoever listened there may have closed it by its death, and is not idle, whatever it said last. */
  const closedAt = (port: number) => lookAt(live().filter(({ ports }) => ports.includes(port)));
  function askAll(): void {
    mustAsk = false;
    hasAnyLeft = false;
    for (const party of live()) look(party);
    wait();
  }

  /** Everybody is idle: exactly one thing is done, then its consequences are awaited. */
  function act(): void {
    lookAgainMs = LOOK_AGAIN_MS;
    patience.renew();
    const due = live()
      .filter((party) => party.dueMs !== null && party.dueMs <= nowMs)
      .sort((a, b) => (a.rank < b.rank ? -1 : 1))[0];
    const nextMs = nextDueMs();
    if (due !== undefined) fire(due);
    else if (mayWorldReach() && live().some(isLate)) setClocks();
    else if (agenda.runNext(nowMs) || hooks.ask(nextMs)) {
      mustAsk = parties.size > 1;
      consider();
    } else if (nextMs === null) finish('waits-for-nothing');
    else moveTo(nextMs);
  }

  /** Whether the world may wake somebody who did not ask: whoever wakes must find the present moment. */
  const mayWorldReach = () => agenda.mayReach(nowMs) || hooks.mayReach();
  const isLate = ({ toldMs }: Party) => toldMs !== nowMs;

  function setClocks(parties: readonly Party[] = live()): void {
    for (const party of parties.filter(isLate)) setTime(party);
    consider();
  }

  function nextDueMs(): number | null {
    const dues = live().map((party) => party.dueMs);
    const known = [...dues, agenda.nextDueMs()].filter((dueMs) => dueMs !== null);
    return known.length === 0 ? null : Math.min(...known);
  }

  /** Every clock reads the new moment before anything of that moment happens that may reach its thread. */
  function moveTo(nextMs: number): void {
    nowMs = nextMs;
    if (mayAnyStirUnseen()) setClocks();
    else proceed();
  }

  function setTime(party: Party): void {
    party.toldMs = nowMs;
    party.acksDue += 1;
    tell(party, { kind: 'to', nowMs, fire: false });
  }

  function fire(party: Party): void {
    party.idle = false;
    party.toldMs = nowMs;
    mustAsk = parties.size > 1;
    tell(party, { kind: 'to', nowMs, fire: true, untilMs: aheadOf(party) });
    walker = party;
    wait();
  }

  /** Alone, a party goes from timer to timer by itself until somebody else has something to do. */
  function aheadOf({ children, threads }: Party): number {
    const isAlone = parties.size === 1 && children.length === 0 && threads.length === 0;
    return isAlone ? (agenda.nextDueMs() ?? Number.MAX_SAFE_INTEGER) : nowMs;
  }

  /** Who walked by itself has come to a moment: now everybody may hear of it. */
  function arriveAt(party: Party, reachedMs: number): void {
    if (party !== walker) return;
    walker = null;
    nowMs = reachedMs;
    party.toldMs = nowMs;
    for (const newcomer of newcomers.splice(0)) welcome(newcomer);
  }

  function finish(why: RunEnd): void {
    clearTimeout(lookAgain);
    const ended = present;
    present = null;
    ended?.end(why);
  }

  function drop(party: Party): void {
    hasAnyLeft = true;
    parties.delete(party);
    door.leave(party);
    arriveAt(party, nowMs);
    disclaimConnections(connections, party);
    restarting.get(party)?.(0);
    consider();
  }

  function admit(hello: Hello, socket: Socket): Party {
    const party = newParty(hello, socket, performance.now());
    parties.add(party);
    everAttached.add(party.name);
    mustAsk = true;
    patience.renew();
    if (walker === null) welcome(party);
    else newcomers.push(party);
    return party;
  }

  function welcome(party: Party): void {
    const wallOffsetMs = wallOffsets.get(party.name) ?? 0;
    party.toldMs = nowMs;
    tell(party, {
      kind: 'welcome',
      startMs,
      realStartMs,
      nowMs,
      wallOffsetMs,
      random: births.next(seed, party.rank),
    });
  }

  function hear(party: Party, message: FromParty): void {
    party.heardAtMs = performance.now();
    if (message.kind === 'idle') {
      arriveAt(party, message.nowMs);
      takeReport(party, message);
      claimConnections(connections, party, message);
      if (party.stirred) patience.renew();
    } else if (message.kind === 'ok') {
      party.acksDue -= 1;
      door.look();
    } else if (message.kind === 'ahead') {
      arriveAt(party, message.nowMs);
      setTime(party);
    } else if (message.kind === 'beyond') {
      arriveAt(party, nowMs);
      // To the world's own ports the way is free.
      if (message.port !== null && connections.ports.has(message.port)) setTime(party);
      else door.knock(party);
    } else if (message.kind === 'opened') {
      claimConnection(connections, party, message.key);
    } else if (message.kind === 'blocked') {
      party.blockedBeside = message.beside;
    } else if (message.kind === 'back') {
      party.blockedBeside = null;
      party.idle = false;
      party.acksDue = 0;
      mustAsk = true;
      setTime(party);
      look(party);
    } else if (message.kind === 'busy') {
      party.busyNames = message.names;
    } else if (message.kind === 'reset') {
      party.dueMs = message.dueMs;
      restarting.get(party)?.(message.refdTimers);
    }
    consider();
  }

  const ofProcess = (pid: number) => [...parties].filter((party) => party.pid === pid);

  return {
    mode: 'exact',
    get nowMs() {
      return nowMs;
    },
    get startMs() {
      return startMs;
    },
    listen: control.listen,
    async close() {
      finish('stopped');
      await control.close();
    },
    envFor: (party, base = {}) => variablesFor(control, secret, party, base),
    expectProcess(party, pid) {
      roots.set(pid, { party, pid, sinceMs: performance.now() });
      if (present !== null) present.hadRoots = true;
      consider();
    },
    processExited(pid) {
      roots.delete(pid);
      hasAnyLeft = true;
      for (const party of ofProcess(pid)) drop(party);
      patience.renew();
      consider();
    },
    attached: (party) => everAttached.has(party),
    paused(pid) {
      for (const party of ofProcess(pid)) putToSleep(party);
      consider();
    },
    resumed(pid) {
      for (const party of ofProcess(pid)) {
        party.paused = false;
        setTime(party);
        look(party);
      }
      consider();
    },
    nudge: (pid) => lookAt(ofProcess(pid)),
    setWallOffset(party, offsetMs) {
      wallOffsets.set(party, offsetMs);
      for (const one of parties) {
        if (one.name !== party) continue;
        one.acksDue += 1;
        tell(one, { kind: 'wall', offsetMs });
      }
    },
    watchServer: (server) => watchServer(connections, server, consider),
    watchSocket(socket) {
      const watch = () => watchConnection(connections, socket, true, consider, closedAt);
      if (!socket.connecting) return watch();
      const connected = this.hold('a connection of the harness is being opened');
      socket.once('connect', watch).once('connect', connected).once('close', connected);
    },
    partyOf: (socket) => ownerOf(connections, socket)?.name ?? null,
    schedule(dueMs, order, run, mayReach) {
      const cancel = agenda.add(dueMs, order, run, mayReach);
      consider();
      return cancel;
    },
    hold(reason) {
      const hold = { reason };
      holds.add(hold);
      return () => {
        holds.delete(hold);
        consider();
      };
    },
    onQuiescent: hooks.add,
    run() {
      if (present !== null) throw new Error('the clock is running already');
      patience.renew();
      return new Promise((end) => {
        present = { end, hadRoots: roots.size > 0 };
        consider();
      });
    },
    stop: () => finish('stopped'),
    busyReport,
    async reset(newStartMs, newSeed) {
      if (present !== null) throw new Error('the clock is running: stop it before a new world begins');
      startMs = newStartMs;
      seed = newSeed;
      nowMs = 0;
      walker = null;
      agenda.clear();
      hooks.clear();
      births.clear();
      wallOffsets.clear();
      return Promise.all(live().map(restart));
    },
  };

  function restart(party: Party): Promise<Leftover> {
    tell(party, { kind: 'reset', startMs, random: births.next(seed, party.rank) });
    return new Promise((resolve) => {
      restarting.set(party, (refdTimers) => resolve({ party: party.name, pid: party.pid, refdTimers }));
    });
  }
}
