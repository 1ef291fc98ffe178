// @ts-check
// A store that has gone bad: calls that would change what is below it fail as the system would make them fail.
//
// The mode stands in a file that the world writes while everybody is at rest, and that is read at each such call, so that
// all processes of a subject see the same store without a word between them and the world.
import fs from 'node:fs';
import { resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { handlePrototype } from './file-handles.js';
import {
  afterCallback,
  afterPromise,
  afterSync,
  beforeCallback,
  beforePromise,
  beforeSync,
} from './fs-wrap.js';
import { replace } from './replace.js';

const { existsSync, readFileSync, writeFileSync, writeSync } = fs;

/** @typedef {'read-only' | 'full' | 'torn'} Mode */
/** @type {Record<Mode, { code: string, errno: number, says: string }>} */
const TROUBLES = {
  'read-only': { code: 'EROFS', errno: -30, says: 'read-only file system' },
  full: { code: 'ENOSPC', errno: -28, says: 'no space left on device' },
  torn: { code: 'EIO', errno: -5, says: 'i/o error' },
};
/** Calls that change names, with the places of their paths: a full disk still lets files go and change their names. */
const RENAMING = { rename: [0, 1], unlink: [0], rm: [0], rmdir: [0] };
/** Calls that need room for something new. */
const MAKING = { mkdir: [0], mkdtemp: [0], copyFile: [1], link: [1], symlink: [1] };
/** Calls that write a whole text to a path or a descriptor. */
const WHOLE = ['writeFile', 'appendFile'];
/** Calls that write to a descriptor. */
const PIECES = ['write', 'writev', 'truncate', 'ftruncate'];

/** @param {() => { store: string, modeFile: string }} where asked at each call */
export async function installStoreFaults(where) {
  /** Descriptors that stand for files of the store, and for which. */
  const open = new Map();
  /** Files of which a write was torn. */
  const torn = new Set();

  /** @returns {Mode | null} */
  const mode = () => {
    const { modeFile } = where();
    // Nearly always there is none, and to be told so costs less than an error.
    if (!existsSync(modeFile)) return null;
    try {
      const said = readFileSync(modeFile, 'utf8').trim();
      if (said !== 'torn') torn.clear();
      return said in TROUBLES ? /** @type {Mode} */ (said) : null;
    } catch {
      return null;
    }
  };
  const trouble = (/** @type {Mode} */ which, /** @type {string} */ syscall, /** @type {any} */ path) => {
    const { code, errno, says } = TROUBLES[which];
    const where = typeof path === 'number' || path === undefined ? '' : ` '${path}'`;
    const error = new Error(`${code}: ${says}, ${syscall}${where}`);
    return Object.assign(error, { code, errno, syscall, ...(where === '' ? {} : { path: String(path) }) });
  };
  const isBelow = (/** @type {any} */ path) => {
    if (typeof path !== 'string' && !(path instanceof URL) && !Buffer.isBuffer(path)) return false;
    const root = resolve(where().store);
    const full = fullPath(path);
    return full === root || full.startsWith(root + sep);
  };
  const descriptorOf = (/** @type {any} */ file) =>
    typeof file === 'object' && file !== null && 'fd' in file ? file.fd : file;
  const isOurs = (/** @type {any} */ file) => open.has(descriptorOf(file)) || isBelow(file);

  const fullPath = (/** @type {any} */ path) =>
    resolve(path instanceof URL ? fileURLToPath(path) : String(path));
  /** The first write to each file is torn and ends in the middle; the next one is whole again. */
  const isNextTorn = (/** @type {any} */ file) => {
    const name = open.get(descriptorOf(file)) ?? fullPath(file);
    if (torn.has(name)) return false;
    torn.add(name);
    return true;
  };
  const half = (/** @type {any} */ data) => {
    const bytes =
      typeof data === 'string' ? Buffer.from(data) : Buffer.isBuffer(data) ? data : Buffer.alloc(0);
    return bytes.subarray(0, Math.floor(bytes.length / 2));
  };

  const renaming =
    (/** @type {string} */ name, /** @type {number[]} */ places) => (/** @type {any[]} */ args) => {
      const place = places.find((each) => isBelow(args[each]));
      const path = place === undefined ? undefined : args[place];
      return path !== undefined && mode() === 'read-only' ? trouble('read-only', name, path) : null;
    };
  const making =
    (/** @type {string} */ name, /** @type {number[]} */ places) => (/** @type {any[]} */ args) => {
      const place = places.find((each) => isBelow(args[each]));
      const present = place === undefined ? null : mode();
      return present === null || present === 'torn' ? null : trouble(present, name, args[place ?? 0]);
    };
  const opening = (/** @type {any[]} */ args) => {
    const [path, flags = 'r'] = args;
    return changes(flags) && isBelow(path) && mode() === 'read-only'
      ? trouble('read-only', 'open', path)
      : null;
  };
  const wholeWrite = (/** @type {string} */ name) => (/** @type {any[]} */ args) => {
    const [file, data, options] = args;
    const present = isOurs(file) ? mode() : null;
    if (present === null || (present === 'torn' && !isNextTorn(file))) return null;
    const path = descriptorOf(file);
    if (present === 'read-only') return trouble(present, 'open', path);
    const flag = options?.flag ?? (name === 'appendFile' ? 'a' : 'w');
    // A file is emptied before there turns out to be no room for what belongs into it.
    if (present === 'full') writeFileSync(path, '', { flag });
    else writeFileSync(path, half(data), { flag });
    return trouble(present, 'write', path);
  };
  const pieceWrite = (/** @type {string} */ name) => (/** @type {any[]} */ args) => {
    const [file, data] = args;
    const present = isOurs(file) ? mode() : null;
    if (present === null || (name.endsWith('truncate') && present !== 'read-only')) return null;
    if (present === 'torn') {
      if (!isNextTorn(file)) return null;
      writeSync(descriptorOf(file), half(Array.isArray(data) ? data[0] : data));
    }
    return trouble(present, 'write', descriptorOf(file));
  };

  /** @param {string} name @param {(this: any, args: any[]) => Error | null} before */
  const guard = (name, before) => {
    replace(fs, name, beforeCallback(before));
    replace(fs, `${name}Sync`, beforeSync(before));
    replace(fs.promises, name, beforePromise(before));
  };
  for (const [name, places] of Object.entries(RENAMING)) guard(name, renaming(name, places));
  for (const [name, places] of Object.entries(MAKING)) guard(name, making(name, places));
  for (const name of WHOLE) guard(name, wholeWrite(name));
  for (const name of PIECES) guard(name, pieceWrite(name));
  guard('open', opening);

  const opened = (/** @type {any[]} */ args, /** @type {any} */ made) => {
    if (isBelow(args[0])) open.set(descriptorOf(made), fullPath(args[0]));
    return made;
  };
  replace(fs, 'open', afterCallback(opened));
  replace(fs, 'openSync', afterSync(opened));
  replace(fs.promises, 'open', afterPromise(opened));
  const closing = (/** @type {any[]} */ [file]) => {
    open.delete(file);
    return null;
  };
  replace(fs, 'close', beforeCallback(closing));
  replace(fs, 'closeSync', beforeSync(closing));
  await guardHandles();

  async function guardHandles() {
    const prototype = await handlePrototype;
    const checks = [
      ...WHOLE.map((name) => ({ name, before: wholeWrite(name) })),
      ...PIECES.map((name) => ({ name, before: pieceWrite(name) })),
    ];
    for (const { name, before } of checks) {
      const ofHandle = /** @this {any} */ function (/** @type {any[]} */ args) {
        return before([this, ...args]);
      };
      replace(prototype, name, beforePromise(ofHandle));
    }
    replace(
      prototype,
      'close',
      beforePromise(
        /** @this {any} */ function () {
          open.delete(this.fd);
          return null;
        },
      ),
    );
  }
}

/** Whether a file opened with these flags may be changed through it. */
function changes(/** @type {unknown} */ flags) {
  const { O_WRONLY, O_RDWR, O_CREAT, O_TRUNC } = fs.constants;
  if (typeof flags === 'number') return (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) !== 0;
  return typeof flags === 'string' && /[wa+]/.test(flags);
}
