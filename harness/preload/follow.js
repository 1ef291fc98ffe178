// @ts-check
// A thread of a subject, once the world has welcomed it: puts virtual time under it and keeps the world informed.
import { syncBuiltinESMExports } from 'node:module';
import { installClocks } from './clocks.js';
import {
  holdingThreads,
  installDescendants,
  livingChildren,
  livingThreads,
  pendingHooks,
} from './descendants.js';
import { installFsSync } from './fs-sync.js';
import { installFsTimes } from './fs-times.js';
import { activity, check, countControlRead, touch, watchIdleness } from './idleness.js';
import { isLoopHeld } from './loop-holders.js';
import { installPendingWork, pendingWork } from './pending-work.js';
import { seedRandom } from './seeded-random.js';
import { handshakes, installSockets, listeningPorts, takeConnectionChanges } from './sockets.js';
import { installStoreFaults } from './store-faults.js';
import { installSyncChildren } from './sync-children.js';
import { fireDue, installTimers, nextDueMs, refdTimerCount } from './timers.js';
import { installUnseenChannels } from './unseen-channels.js';
import { moveTo, setWallOffset, startWorld } from './virtual-now.js';
import { installWalk, mayWalkUntil, reach, tellMoment, walkOn } from './walk.js';

const { HOUR4_STORE: store, HOUR4_STORE_MODE: modeFile } = process.env;

/**
 * @param {import('./control.js').Control} world
 * @param {string} line of descent, which children continue
 */
export async function follow({ welcome, send, listen, hearArrived, readUntil }, line) {
  let lastLook = 0;
  let reportedActivity = -1;
  /** It has said that it is idle: whatever wakes it may come with a word about the time. */
  let isAsleep = false;

  const report = (/** @type {boolean} */ leaving) => {
    const present = activity();
    send({
      kind: 'idle',
      look: lastLook,
      nowMs: tellMoment(),
      stirred: present !== reportedActivity,
      dueMs: nextDueMs(),
      // With nothing left to hold its event loop the process is about to exit, at this very moment of virtual time.
      leaving,
      ...takeConnectionChanges(),
      children: livingChildren(),
      threads: livingThreads(),
      ports: listeningPorts(),
    });
    reportedActivity = present;
    isAsleep = true;
  };

  /** @type {Record<string, (message: any) => void>} */
  const obey = {
    at({ nowMs }) {
      moveTo(nowMs);
    },
    to({ nowMs, fire, untilMs }) {
      moveTo(nowMs);
      if (!fire) return send({ kind: 'ok' });
      isAsleep = false;
      mayWalkUntil(untilMs);
      fireDue();
      touch();
    },
    look({ look }) {
      lastLook = look;
      check();
    },
    wall({ offsetMs }) {
      setWallOffset(offsetMs);
      send({ kind: 'ok' });
    },
    reset({ startMs, random }) {
      startWorld(startMs, 0);
      setWallOffset(0);
      seedRandom(random);
      send({ kind: 'reset', refdTimers: refdTimerCount(), dueMs: nextDueMs() });
    },
  };

  startWorld(welcome.startMs, welcome.nowMs);
  setWallOffset(welcome.wallOffsetMs);
  seedRandom(welcome.random);
  const reachOut = () => {
    if (isAsleep) hearArrived();
    isAsleep = false;
    reach();
    touch();
  };
  installWalk((nowMs) => send({ kind: 'ahead', nowMs }));
  installTimers(touch);
  installClocks();
  installSockets(reachOut, (key) => send({ kind: 'opened', key }));
  installPendingWork(touch);
  installDescendants(line, reachOut);
  const goBeyond = (/** @type {number | null} */ port) => {
    reach();
    send({ kind: 'beyond', port });
    readUntil('to');
  };
  installUnseenChannels(goBeyond);
  installSyncChildren({ send, readUntil, reach });
  await installFsSync();
  await installFsTimes(welcome.realStartMs);
  if (store !== undefined && modeFile !== undefined) {
    // A process that stays gets another store with each life.
    await installStoreFaults(() => ({
      store: process.env.HOUR4_STORE ?? store,
      modeFile: process.env.HOUR4_STORE_MODE ?? modeFile,
    }));
  }
  syncBuiltinESMExports();
  watchIdleness({
    isHeld: () => isLoopHeld() || holdingThreads() > 0,
    busyWith: () => [...pendingWork(), ...handshakes(), ...pendingHooks()],
    goesOn: walkOn,
    onIdle: report,
    onBusy: (names) => send({ kind: 'busy', names }),
  });
  listen((message) => obey[message.kind]?.(message), countControlRead);
  // A channel to the parent was there before us.
  if (process.channel) goBeyond(null);
  check();
}
