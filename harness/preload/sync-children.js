// @ts-check
// Children that a thread waits for with its event loop blocked. The world is told, so that time can pass for a child that
// sleeps in virtual time; and before the blocked thread goes on, it takes over the present moment.
import childProcess from 'node:child_process';
import { livingChildren } from './descendants.js';

const BLOCKING = /** @type {const} */ (['spawnSync', 'execFileSync', 'execSync']);

/** @param {{ send: (message: object) => void, readUntil: (kind: string) => void, reach: () => void }} control */
export function installSyncChildren({ send, readUntil, reach }) {
  let depth = 0;
  for (const name of BLOCKING) {
    const original = /** @type {Function} */ (childProcess[name]);
    const blocking = (/** @type {any[]} */ ...args) => {
      // execSync calls no other of the three through its public name today; should it, only the outermost counts.
      if (depth === 0) {
        reach();
        send({ kind: 'blocked', beside: livingChildren() });
      }
      depth += 1;
      try {
        return original(...args);
      } finally {
        depth -= 1;
        if (depth === 0) {
          send({ kind: 'back' });
          readUntil('to');
        }
      }
    };
    Object.assign(childProcess, { [name]: blocking });
  }
}
