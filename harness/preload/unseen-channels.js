// @ts-check
// Notes when this thread opens a channel on which it may be woken without anybody's having counted bytes. Until it does,
// the world need not ask it again and again whether something has reached it.
import childProcess from 'node:child_process';
import dgram from 'node:dgram';
import fs from 'node:fs';
import net from 'node:net';
import { replace } from './fs-wrap.js';

let open = false;
/** @type {Set<number>} */
const ports = new Set();

const note = (/** @type {Function} */ original) =>
  /** @this {any} */ function (/** @type {any[]} */ ...args) {
    open = true;
    return original.apply(this, args);
  };

/** Where a socket is about to go, whatever form the arguments have. */
const targetOf = (/** @type {any[]} */ args) =>
  Array.isArray(args[0]) ? args[0][0] : /** @type {any} */ (net)._normalizeArgs(args)[0];

export function installUnseenChannels() {
  for (const name of ['watch', 'watchFile']) replace(fs, name, note);
  replace(fs.promises, 'watch', note);
  replace(dgram, 'createSocket', note);
  replace(childProcess.ChildProcess.prototype, 'spawn', note);
  process.on('worker', () => {
    open = true;
  });
  const { kill } = process;
  process.kill = (pid, signal) => {
    if (pid !== process.pid) open = true;
    return kill.call(process, pid, signal);
  };
  replace(
    net.Socket.prototype,
    'connect',
    (original) =>
      /** @this {any} */ function (/** @type {any[]} */ ...args) {
        const { path, port } = targetOf(args);
        if (path !== undefined && path !== null) open = true;
        else ports.add(Number(port));
        return original.apply(this, args);
      },
  );
  replace(
    net.Server.prototype,
    'listen',
    (original) =>
      /** @this {any} */ function (/** @type {any[]} */ ...args) {
        const { path, fd } = targetOf(args);
        if (typeof path === 'string' || fd !== undefined) open = true;
        return original.apply(this, args);
      },
  );
}

/** Whether there is any, and to which ports of TCP this thread has gone since the last call: whose they are, the world knows. */
export function takeUnseenChannels() {
  const taken = { unseen: open || process.channel !== undefined, tried: [...ports] };
  ports.clear();
  return taken;
}
