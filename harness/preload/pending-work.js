// @ts-check
// Work under way outside the event loop's sight: what Node lists as active requests, and by wrapping, what it does not.
import { createRequire } from 'node:module';
import { replace } from './replace.js';

// Not imported: the face that they show to modules takes as long to make as they take to load, and few subjects see it.
const require = createRequire(import.meta.url);
/** @type {typeof import('node:crypto')} */
const crypto = require('node:crypto');
/** @type {typeof import('node:zlib')} */
const zlib = require('node:zlib');

/** Requests end by themselves; handles, timers and writes (which the accounting of bytes covers) may wait for ever. */
const REQUEST =
  /^(?!Write|Shutdown).*(Req(Callback|Promise|Wrap)?|ConnectWrap|SendWrap|REQUEST)$|^Immediate$/;

/** @type {Map<string, number>} */
const owed = new Map();
/** @type {Set<import('node:stream').Transform>} */
const transforming = new Set();
/** @type {() => void} */
let noteEnd = () => {};

/** @param {string} name @returns {() => void} to be called once, when the work is done */
function owe(name) {
  owed.set(name, (owed.get(name) ?? 0) + 1);
  return () => {
    owed.set(name, (owed.get(name) ?? 1) - 1);
    noteEnd();
  };
}

/** @param {any} owner @param {string} name */
function countPromise(owner, name) {
  replace(
    owner,
    name,
    (original) =>
      /** @this {any} */ function (/** @type {any[]} */ ...args) {
        const done = owe(name);
        const promise = original.apply(this, args);
        Promise.resolve(promise).then(done, done);
        return promise;
      },
  );
}

/** @param {any} owner @param {string} name */
function countCallback(owner, name) {
  replace(
    owner,
    name,
    (original) =>
      /** @this {any} */ function (/** @type {any[]} */ ...args) {
        const callback = args.at(-1);
        if (typeof callback !== 'function') return original.apply(this, args);
        const done = owe(name);
        const counted = /** @this {any} */ function (/** @type {any[]} */ ...results) {
          done();
          return callback.apply(this, results);
        };
        try {
          return original.apply(this, [...args.slice(0, -1), counted]);
        } catch (error) {
          done();
          throw error;
        }
      },
  );
}

function countTransforms() {
  const base = Object.getPrototypeOf(Object.getPrototypeOf(zlib.Gzip.prototype));
  const owner = Object.hasOwn(base, '_transform') ? base : Object.getPrototypeOf(zlib.Gzip.prototype);
  replace(
    owner,
    '_transform',
    (original) =>
      /** @this {import('node:stream').Transform} */ function (
        /** @type {any} */ chunk,
        /** @type {any} */ encoding,
        /** @type {Function} */ callback,
      ) {
        transforming.add(this);
        return original.call(this, chunk, encoding, (/** @type {any[]} */ ...results) => {
          transforming.delete(this);
          noteEnd();
          callback(...results);
        });
      },
  );
}

/** A transform whose output nobody takes waits for its reader, not for the machine. */
const isWorking = (/** @type {import('node:stream').Transform} */ stream) =>
  !stream.destroyed && stream.readableLength < stream.readableHighWaterMark;

/** @param {() => void} onEnd told when counted work ends */
export function installPendingWork(onEnd) {
  noteEnd = onEnd;
  // undici compiles its parser this way before the first fetch, on V8's threads, which nothing lists.
  for (const name of ['compile', 'instantiate', 'compileStreaming', 'instantiateStreaming']) {
    countPromise(Reflect.get(globalThis, 'WebAssembly'), name);
  }
  const { prototype } = crypto.subtle.constructor;
  for (const name of Object.getOwnPropertyNames(prototype))
    if (name !== 'constructor') countPromise(prototype, name);
  for (const name of Object.keys(crypto))
    if (/^[a-z]/.test(name) && name !== 'getRandomValues') countIfAsync(name);
  countTransforms();
}

/** @param {string} name */
function countIfAsync(name) {
  const descriptor = Object.getOwnPropertyDescriptor(crypto, name);
  if (typeof descriptor?.value === 'function' && descriptor.writable) countCallback(crypto, name);
}

/** @returns {string[]} the names of what is under way; empty when nothing is */
export function pendingWork() {
  const names = process.getActiveResourcesInfo().filter((name) => REQUEST.test(name));
  for (const [name, count] of owed) if (count > 0) names.push(name);
  for (const stream of transforming) {
    if (stream.destroyed) transforming.delete(stream);
    else if (isWorking(stream)) names.push(stream.constructor.name);
  }
  return names;
}
