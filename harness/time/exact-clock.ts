// Exact virtual time for Node subjects: the only writer of time.
// The world serves the mocks itself, so it holds the other end of every connection. Time moves only when the whole system
// is quiescent: every attached thread has reported that nothing can run in it any more (harness/preload/idleness.js), and
// for every connection both ends have counted the same bytes, so that none is on its way to wake somebody. Where several
// threads run, channels exist that nobody outside sees (pipes, message ports, files); then all are asked again, and only
// if nothing stirred anywhere since the last report does time move: double counting, as in termination detection. A byte
// on such a channel was ready in the kernel before the question was sent, hence is seen before it is answered.
// A clock is set before anything reaches its thread: by a word that is answered, or, for a caller who waits on a connection,
// by one that lies with it before its answer does and that it reads first (harness/preload/control.js).
// No decision rests on a stretch of real time. Real timers only look again, and name whoever never becomes idle.
import type { Socket } from 'node:net';
import { newAgenda } from './agenda.ts';
import { newBirths } from './births.ts';
import type { FromParty, Hello } from './control-protocol.ts';
import { controlServer } from './control-server.ts';
import { newDoor } from './door.ts';
import type { BusyParty, ClockDriver, RunEnd } from './driver.ts';
import { newHooks } from './hooks.ts';
import { newLookout } from './lookout.ts';
import {
  announceTime,
  arriveAt,
  isAnswering,
  isDeaf,
  newParty,
  type Party,
  putToSleep,
  setTime,
  setWallOffset,
  takeAck,
  takeReport,
  tell,
} from './party.ts';
import { newPatience } from './patience.ts';
import { mayStirUnseen, type Root, whoIsBusy } from './quiescence.ts';
import { newRestarts } from './restarts.ts';
import {
  claimConnection,
  claimConnections,
  disclaimConnections,
  newWorldConnections,
  ownerOf,
  watchConnection,
  watchServer,
} from './world-connections.ts';

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
  /** Who was let go and may be ahead of the world. */
  let walker: Party | null = null;
  /** Threads that said hello meanwhile. */
  const newcomers: Party[] = [];
  const restarts = newRestarts();
  const lookout = newLookout(() => {
    for (const party of live()) if (party.idle && party.acksDue === 0) look(party);
    consider();
  });

  const setClock = (party: Party) => setTime(party, nowMs);
  const door = newDoor((party) => live().filter((other) => other !== party), setClocks, setClock);
  const control = controlServer({ onHello: admit, onWord: hear, onGone: drop });
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
    lookout.leave();
    if (roots.size === 0 && (present?.hadRoots || agenda.nextDueMs() === null)) finish('all-exited');
    else if (live().some(isAnswering) || busyReport().length > 0) wait();
    else if (hasAnyLeft && live().length > 0) askAll();
    else if ((mustAsk || live().some((party) => party.stirred)) && mayAnyStirUnseen()) askAll();
    else act();
  }

  const mayAnyStirUnseen = () => mayStirUnseen({ parties: [...parties], roots: [...roots.values()] });

  /** Nothing can be decided: whatever arrives will make us look again; in case its sign is missed, a real timer does. */
  function wait(): void {
    if (patience.isOver()) finish('never-idle');
    else lookout.wait();
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
    lookout.rest();
    patience.renew();
    const due = live()
      .filter((party) => party.dueMs !== null && party.dueMs <= nowMs)
      .sort((a, b) => (a.rank < b.rank ? -1 : 1))[0];
    const nextMs = nextDueMs();
    if (due !== undefined) fire(due);
    else if (reach() === 'anybody' && live().some(mayBeLate)) setClocks();
    else {
      if (reach() === 'caller') for (const party of live()) announceTime(party, nowMs);
      if (agenda.runNext(nowMs) || hooks.ask(nextMs)) {
        mustAsk = parties.size > 1;
        consider();
      } else if (nextMs === null) finish('waits-for-nothing');
      else moveTo(nextMs);
    }
  }

  /** Whom the world may wake by what it does next: whoever wakes must find the present moment. */
  const reach = () => (hooks.mayReach() ? 'anybody' : agenda.reach(nowMs));
  const mayBeLate = ({ shownMs }: Party) => shownMs !== nowMs;

  function setClocks(parties: readonly Party[] = live()): void {
    for (const party of parties.filter(mayBeLate)) setClock(party);
    consider();
  }

  function nextDueMs(): number | null {
    const known = [...live().map(({ dueMs }) => dueMs), agenda.nextDueMs()].filter((dueMs) => dueMs !== null);
    return known.length === 0 ? null : Math.min(...known);
  }

  /** Every clock reads the new moment before anything of that moment happens that may reach its thread. */
  function moveTo(nextMs: number): void {
    nowMs = nextMs;
    if (mayAnyStirUnseen()) setClocks();
    else proceed();
  }

  function fire(party: Party): void {
    party.idle = false;
    mustAsk = parties.size > 1;
    const untilMs = aheadOf(party);
    tell(party, { kind: 'to', nowMs, fire: true, untilMs });
    if (untilMs > nowMs) walker = party;
    wait();
  }

  /** Alone, a party goes from timer to timer by itself until somebody else has something to do. */
  function aheadOf({ children, threads }: Party): number {
    const isAlone = parties.size === 1 && children.length === 0 && threads.length === 0;
    return isAlone ? (agenda.nextDueMs() ?? Number.MAX_SAFE_INTEGER) : nowMs;
  }

  /** Who walked by itself has come to a moment: now everybody may hear of it. */
  function catchUp(party: Party, reachedMs: number): void {
    if (party !== walker) return;
    walker = null;
    nowMs = reachedMs;
    arriveAt(party, nowMs);
    for (const newcomer of newcomers.splice(0)) welcome(newcomer);
  }

  /** What the world asks its clock for is the moment at which whoever may be ahead of it has last reached out. */
  function presentMs(): number {
    if (walker !== null) control.hearArrived(walker);
    return nowMs;
  }

  function finish(why: RunEnd): void {
    lookout.leave();
    const ended = present;
    present = null;
    ended?.end(why);
  }

  function drop(party: Party): void {
    hasAnyLeft = true;
    parties.delete(party);
    door.leave(party);
    catchUp(party, nowMs);
    disclaimConnections(connections, party);
    restarts.answered(party, 0);
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
      catchUp(party, message.nowMs);
      takeReport(party, message);
      claimConnections(connections, party, message);
      if (party.stirred) patience.renew();
    } else if (message.kind === 'ok') {
      takeAck(party);
      door.look();
    } else if (message.kind === 'ahead') {
      catchUp(party, message.nowMs);
    } else if (message.kind === 'beyond') {
      catchUp(party, nowMs);
      // To the world's own ports the way is free.
      if (message.port !== null && connections.ports.has(message.port)) setClock(party);
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
      setClock(party);
      look(party);
    } else if (message.kind === 'busy') {
      party.busyNames = message.names;
    } else if (message.kind === 'reset') {
      party.dueMs = message.dueMs;
      arriveAt(party, nowMs);
      restarts.answered(party, message.refdTimers);
    }
    consider();
  }

  const ofProcess = (pid: number) => [...parties].filter((party) => party.pid === pid);

  return {
    mode: 'exact',
    get nowMs() {
      return presentMs();
    },
    get startMs() {
      return startMs;
    },
    listen: control.listen,
    async close() {
      finish('stopped');
      await control.close();
    },
    envFor: control.envFor,
    expectProcess(party, pid) {
      roots.set(pid, { party, pid, sinceMs: performance.now() });
      if (present !== null) present.hadRoots = true;
      consider();
    },
    processExited(pid) {
      presentMs();
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
        setClock(party);
        look(party);
      }
      consider();
    },
    nudge: (pid) => lookAt(ofProcess(pid)),
    setWallOffset(party, offsetMs) {
      wallOffsets.set(party, offsetMs);
      for (const one of parties) if (one.name === party) setWallOffset(one, offsetMs);
    },
    watchServer: (server) => watchServer(connections, server, consider),
    watchSocket(socket) {
      const watch = () => watchConnection(connections, socket, true, consider, closedAt);
      if (!socket.connecting) return watch();
      const connected = this.hold('a connection of the harness is being opened');
      socket.once('connect', watch).once('connect', connected).once('close', connected);
    },
    partyOf: (socket) => ownerOf(connections, socket)?.name ?? null,
    schedule(dueMs, order, run, reach) {
      const cancel = agenda.add(dueMs, order, run, reach);
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
      return Promise.all(
        live().map((party) => restarts.begin(party, { startMs, random: births.next(seed, party.rank) })),
      );
    },
  };
}
