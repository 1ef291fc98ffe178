// @ts-check
// File times in virtual time. What the subject writes carries the virtual moment on disk, so that other processes agree;
// what it finds from before, in real time, is told as if it had been written that long before the virtual start.
import fs from 'node:fs';
import { handlePrototype } from './file-handles.js';
import { afterCallback, afterPromise, afterSync } from './fs-wrap.js';
import { replace } from './replace.js';
import { startMs, wallMs } from './virtual-now.js';

const { futimesSync, utimesSync } = fs;

/** Calls that write: how to find what they wrote to, a path, a descriptor or a FileHandle. */
const first = (/** @type {any[]} */ args) => args[0];
const second = (/** @type {any[]} */ args) => args[1];
const result = (/** @type {any[]} */ _args, /** @type {any} */ made) => made;
const opened = (/** @type {any[]} */ args, /** @type {any} */ made) => (writes(args[1]) ? made : undefined);
const written = {
  writeFile: first,
  appendFile: first,
  truncate: first,
  mkdir: first,
  mkdtemp: result,
  copyFile: second,
  open: opened,
  write: first,
  writev: first,
  ftruncate: first,
};
const HANDLE_WRITES = ['write', 'writev', 'writeFile', 'appendFile', 'truncate'];

/** Opening for reading, or for writing to a file that stays as it is, changes no time; emptying or creating one does. */
function writes(/** @type {unknown} */ flags) {
  if (typeof flags === 'number') return (flags & (fs.constants.O_TRUNC | fs.constants.O_CREAT)) !== 0;
  return typeof flags === 'string' && /^[wa]/.test(flags);
}

function stamp(/** @type {any} */ file) {
  const seconds = wallMs() / 1000;
  const descriptor = typeof file === 'object' && file !== null && 'fd' in file ? file.fd : file;
  try {
    if (typeof descriptor === 'number') futimesSync(descriptor, seconds, seconds);
    else if (descriptor !== undefined) utimesSync(descriptor, seconds, seconds);
  } catch {
    // A pipe, a terminal, or a file that is gone again: the write itself succeeded.
  }
}

function installWrites() {
  for (const [name, find] of Object.entries(written)) {
    const after = (/** @type {any[]} */ args, /** @type {any} */ made) => {
      stamp(find(args, made));
      return made;
    };
    replace(fs, name, afterCallback(after));
    replace(fs, `${name}Sync`, afterSync(after));
    replace(fs.promises, name, afterPromise(after));
  }
}

const FIELDS = ['atime', 'mtime', 'ctime', 'birthtime'];

/** @param {number} realStartMs */
function installStats(realStartMs) {
  // A stamp later than the virtual present was made in real time: by another program, or by the kernel (ctime).
  const told = (/** @type {number} */ ms) => {
    const now = wallMs();
    return ms <= now ? ms : Math.min(ms - realStartMs + startMs(), now);
  };
  const adjust = (/** @type {any} */ stats) => {
    if (typeof stats?.mtimeMs !== 'number' && typeof stats?.mtimeMs !== 'bigint') return stats;
    for (const field of FIELDS) {
      const real = stats[`${field}Ms`];
      const ms = told(Number(real));
      if (ms === Number(real)) continue;
      stats[`${field}Ms`] = typeof real === 'bigint' ? BigInt(Math.floor(ms)) : ms;
      if (typeof real === 'bigint') stats[`${field}Ns`] = BigInt(Math.floor(ms)) * 1_000_000n;
      stats[field] = new Date(ms);
    }
    return stats;
  };
  const after = (/** @type {any[]} */ _args, /** @type {any} */ stats) => adjust(stats);
  for (const name of ['stat', 'lstat', 'fstat']) {
    replace(fs, name, afterCallback(after));
    replace(fs, `${name}Sync`, afterSync(after));
    replace(fs.promises, name, afterPromise(after));
  }
  return after;
}

async function installHandles(/** @type {(args: any[], result: any) => any} */ adjust) {
  const prototype = await handlePrototype;
  for (const name of HANDLE_WRITES) {
    const after = /** @this {any} */ function (/** @type {any[]} */ _args, /** @type {any} */ made) {
      stamp(this);
      return made;
    };
    replace(prototype, name, afterPromise(after));
  }
  replace(prototype, 'stat', afterPromise(adjust));
}

/** @param {number} realStartMs real epoch ms that the virtual start stands for */
export async function installFsTimes(realStartMs) {
  const adjust = installStats(realStartMs);
  installWrites();
  await installHandles(adjust);
}
