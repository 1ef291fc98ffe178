// @ts-check
// Virtual timers that are Node's own timers, parked.
//
// Every Timeout of Node, be it made by setTimeout, timers/promises, AbortSignal.timeout, a socket, an http agent or
// child_process, writes its delay to `_idleTimeout` when it is born, and Node reads it back to choose the list it waits in.
// An accessor on the prototype therefore sees all of them: it notes the virtual due moment and tells Node "24 days". When
// the moment comes, the timer is told to wait 0 ms and refreshed: Node fires it in its next turn by its own code, with its
// own order, async context, uncaughtException, intervals and clearing. Being real and parked, a ref'd timer holds the
// event loop and an unref'd one does not, exactly as they would.
import { addDue, removeDue, takeDue } from './due-queue.js';
import { elapsedMs, toWorldMs } from './virtual-now.js';

const PARKED_MS = 2 ** 31 - 1;
const shownMs = Symbol('shownMs');
const delayMs = Symbol('delayMs');
const dueEntry = Symbol('dueEntry');

/** @type {import('./due-queue.js').Entry<any>[]} */
const queue = [];
let births = 0;
let bornReal = false;
/** @type {() => void} */
let noteChange = () => {};
/** @type {any} */
let timeoutPrototype;
/** @type {(this: any) => any} */
let nativeRefresh;

/** @param {any} timer */
function park(timer) {
  timer[shownMs] = PARKED_MS;
  if (timer[dueEntry]) removeDue(queue, timer[dueEntry]);
  timer[dueEntry] = addDue(queue, elapsedMs() + timer[delayMs], births++, timer);
  noteChange();
}

/** @param {any} timer */
function forget(timer) {
  if (timer[dueEntry]) removeDue(queue, timer[dueEntry]);
}

/** @param {() => void} onChange told of every timer that is set */
export function installTimers(onChange) {
  noteChange = onChange;
  const sample = setTimeout(() => {}, 1);
  clearTimeout(sample);
  timeoutPrototype = Object.getPrototypeOf(sample);
  nativeRefresh = timeoutPrototype.refresh;
  Object.defineProperty(timeoutPrototype, '_idleTimeout', {
    configurable: true,
    get() {
      return this[shownMs];
    },
    set(ms) {
      if (bornReal || !(ms >= 0)) {
        forget(this);
        this[shownMs] = ms;
      } else {
        this[delayMs] = Math.trunc(ms);
        park(this);
      }
    },
  });
  timeoutPrototype.refresh = /** @this {any} */ function refresh() {
    if (this[shownMs] >= 0 && this[delayMs] !== undefined) park(this);
    return nativeRefresh.call(this);
  };
}

/**
 * A timer over real time, which never holds the event loop.
 * @param {() => void} run @param {number} ms
 */
export function setRealTimeout(run, ms) {
  bornReal = true;
  setTimeout(run, ms).unref();
  bornReal = false;
}

/** Lets Node fire all that is due, in order of due moment and then of birth. */
export function fireDue() {
  for (let timer = takeDue(queue, elapsedMs()); timer !== undefined; timer = takeDue(queue, elapsedMs())) {
    timer[shownMs] = 0;
    nativeRefresh.call(timer);
  }
}

/** @returns {number | null} when the next timer is due, in ms of the present world */
export function nextDueMs() {
  const first = queue[0];
  return first === undefined ? null : toWorldMs(first.dueMs);
}

/** How many pending timers hold the event loop. */
export function refdTimerCount() {
  return queue.filter((entry) => entry.item.hasRef()).length;
}
