// @ts-check
// Decides when this thread is idle. Nothing here trusts elapsed time.
//
// After anything happened, a chain of real setImmediate turns runs. Between two of them lies one poll of the kernel; a
// turn is quiet when that poll brought no event and none of our hooks saw activity. After QUIET_TURNS quiet turns with no
// work under way elsewhere, nothing can run any more until somebody outside sends something, and the world is told.
import { performance } from 'node:perf_hooks';
import { setRealTimeout } from './timers.js';

const QUIET_TURNS = 2;
/** Real requests mostly end within a few turns; after that, looking again every real millisecond spares the processor. */
const EAGER_TURNS = 40;
const LOOK_AGAIN_MS = 1;

const immediate = setImmediate;
let touches = 0;
let controlReads = 0;
let checking = false;
let leaving = false;
let seenActivity = -1;
let quietTurns = 0;
let busyTurns = 0;
/**
 * `goesOn` may give the thread more to do by itself.
 * @type {{ isHeld: () => boolean, busyWith: () => string[], goesOn: () => boolean, onIdle: (leaving: boolean) => void, onBusy: (names: string[]) => void }}
 */
let told = {
  isHeld: () => true,
  busyWith: () => [],
  goesOn: () => false,
  onIdle: () => {},
  onBusy: () => {},
};

/** Grows whenever anything happens here, apart from words with the world. Kernel events count where Node tells them. */
export const activity = () =>
  touches + /** @type {any} */ (performance.nodeTiming.uvMetricsInfo?.events ?? controlReads) - controlReads;

/** @param {typeof told} listeners */
export function watchIdleness(listeners) {
  told = listeners;
}

/** Something happened here. */
export function touch() {
  touches += 1;
  check();
}

/** One kernel event was a word of the world. */
export function countControlRead() {
  controlReads += 1;
}

/** Starts the chain, unless it runs already; ends in a report. */
export function check() {
  quietTurns = 0;
  if (checking) return;
  checking = true;
  busyTurns = 0;
  if (leaving) process.nextTick(stayIfHeld);
  else immediate(turn);
}

/** Looking must not keep a process alive that is about to exit, unless a 'beforeExit' handler gave it more to do. */
function stayIfHeld() {
  checking = told.isHeld();
  leaving = !checking;
  if (checking) immediate(turn);
  else told.onIdle(leaving);
}

function turn() {
  const present = activity();
  if (present !== seenActivity) {
    seenActivity = present;
    quietTurns = 0;
  } else {
    quietTurns += 1;
  }
  if (quietTurns < QUIET_TURNS) {
    immediate(turn);
    return;
  }
  const names = told.busyWith();
  if (names.length === 0) {
    checking = false;
    leaving = !told.isHeld();
    if (!leaving && told.goesOn()) touch();
    else told.onIdle(leaving);
    return;
  }
  quietTurns = 0;
  busyTurns += 1;
  if (busyTurns < EAGER_TURNS) {
    immediate(turn);
  } else {
    if (busyTurns === EAGER_TURNS) told.onBusy(names);
    setRealTimeout(() => immediate(turn), LOOK_AGAIN_MS);
  }
}
