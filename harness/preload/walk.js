// @ts-check
// Walks from timer to timer without a word to the world, as far as nobody else has anything to do meanwhile.
//
// The world learns the moment that was reached from the next report, and from this thread before anything leaves it: that
// word lies with the world by then, and the world reads it before it looks at its own clock.
import fs from 'node:fs';
import { replace } from './replace.js';
import { fireDue, nextDueMs } from './timers.js';
import { moveTo, nowMs } from './virtual-now.js';

/** After so many steps it reports all the same: the world takes whoever is silent for too long as busy. */
const STEPS = 1000;

let untilMs = 0;
let stepsLeft = 0;
/** Something has left this thread since the world let it go. */
let reached = false;
/** The world does not know the present moment. */
let untold = false;
/** @type {(nowMs: number) => void} */
let tellWorld = () => {};

/**
 * @param {(nowMs: number) => void} tell tells the world the moment
 */
export function installWalk(tell) {
  tellWorld = tell;
  for (const name of ['write', 'writeSync', 'writev', 'writevSync']) {
    replace(
      fs,
      name,
      (original) =>
        /** @this {any} */ function (/** @type {any[]} */ ...args) {
          if (args[0] === 1 || args[0] === 2) reach();
          return original.apply(this, args);
        },
    );
  }
  const { kill } = process;
  process.kill = (pid, signal) => {
    reach();
    return kill.call(process, pid, signal);
  };
  process.on('uncaughtExceptionMonitor', reach);
  process.on('exit', reach);
}

/** The world lets this thread go on by itself to just before this moment. */
export function mayWalkUntil(/** @type {number} */ ms) {
  untilMs = ms;
  stepsLeft = STEPS;
  reached = false;
}

/** Something is about to leave this thread, or has come in. */
export function reach() {
  reached = true;
  if (!untold) return;
  untold = false;
  tellWorld(nowMs());
}

/** Goes on to the next timer; false where that is the world's to decide. */
export function walkOn() {
  const dueMs = nextDueMs();
  if (reached || stepsLeft === 0 || dueMs === null || dueMs >= untilMs) return false;
  stepsLeft -= 1;
  untold = true;
  moveTo(dueMs);
  fireDue();
  return true;
}

/** The world is told the moment in a report, and from there on decides again. */
export function tellMoment() {
  untold = false;
  untilMs = 0;
  return nowMs();
}
