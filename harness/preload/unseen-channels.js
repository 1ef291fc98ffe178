// @ts-check
// Asks the world before this thread opens a channel on which others may be woken without anybody's having counted bytes.
//
// As long as nobody has one, the world need not ask everybody again and again whether something has reached them, and may
// leave the clocks of those alone who have nothing to do. Of connections by TCP it knows its own ports.
import childProcess from 'node:child_process';
import dgram from 'node:dgram';
import fs from 'node:fs';
import net from 'node:net';
import { replace } from './replace.js';

/** @type {Set<number | null>} ports that the world knows this thread goes to, and null for any other channel */
const told = new Set();

/** Where a socket or a server is about to go, whatever form the arguments have. */
const targetOf = (/** @type {any[]} */ args) =>
  Array.isArray(args[0]) ? args[0][0] : /** @type {any} */ (net)._normalizeArgs(args)[0];

/** @param {(port: number | null) => void} tell tells the world of a port, or of another channel, and waits until it has taken note */
export function installUnseenChannels(tell) {
  const open = (/** @type {number | null} */ port) => {
    if (told.has(port)) return;
    told.add(port);
    tell(port);
  };
  const opening = (/** @type {Function} */ original) =>
    /** @this {any} */ function (/** @type {any[]} */ ...args) {
      open(null);
      return original.apply(this, args);
    };

  for (const name of ['watch', 'watchFile']) replace(fs, name, opening);
  replace(fs.promises, 'watch', opening);
  replace(dgram, 'createSocket', opening);
  replace(childProcess.ChildProcess.prototype, 'spawn', opening);
  process.on('worker', () => open(null));
  const { kill } = process;
  process.kill = (pid, signal) => {
    if (pid !== process.pid) open(null);
    return kill.call(process, pid, signal);
  };
  replace(
    net.Socket.prototype,
    'connect',
    (original) =>
      /** @this {any} */ function (/** @type {any[]} */ ...args) {
        const { path, port } = targetOf(args);
        open(typeof path === 'string' ? null : Number(port));
        return original.apply(this, args);
      },
  );
  replace(
    net.Server.prototype,
    'listen',
    (original) =>
      /** @this {any} */ function (/** @type {any[]} */ ...args) {
        const { path, fd } = targetOf(args);
        if (typeof path === 'string' || fd !== undefined) open(null);
        return original.apply(this, args);
      },
  );
}
