// @ts-check
// How functions of `node:fs` are wrapped in their three forms: synchronous, by callback, by promise.

/** Runs `after(args, result)` once the call succeeded, and hands on what it returns in place of the result. */
export const afterSync =
  (/** @type {(args: any[], result: any) => any} */ after) => (/** @type {Function} */ original) =>
    /** @this {any} */ function (/** @type {any[]} */ ...args) {
      return after.call(this, args, original.apply(this, args));
    };
export const afterPromise =
  (/** @type {(args: any[], result: any) => any} */ after) => (/** @type {Function} */ original) =>
    /** @this {any} */ async function (/** @type {any[]} */ ...args) {
      return after.call(this, args, await original.apply(this, args));
    };
export const afterCallback =
  (/** @type {(args: any[], result: any) => any} */ after) => (/** @type {Function} */ original) =>
    /** @this {any} */ function (/** @type {any[]} */ ...args) {
      const callback = args.at(-1);
      if (typeof callback !== 'function') return original.apply(this, args);
      const told = (/** @type {any} */ error, /** @type {any[]} */ ...results) =>
        error ? callback(error, ...results) : callback(error, after(args, results[0]), ...results.slice(1));
      return original.apply(this, [...args.slice(0, -1), told]);
    };

/** Asks `before(args)` first; an error that it returns is the call's outcome, and the call is not made. */
export const beforeSync =
  (/** @type {(this: any, args: any[]) => Error | null} */ before) => (/** @type {Function} */ original) =>
    /** @this {any} */ function (/** @type {any[]} */ ...args) {
      const error = before.call(this, args);
      if (error !== null) throw error;
      return original.apply(this, args);
    };
export const beforePromise =
  (/** @type {(this: any, args: any[]) => Error | null} */ before) => (/** @type {Function} */ original) =>
    /** @this {any} */ async function (/** @type {any[]} */ ...args) {
      const error = before.call(this, args);
      if (error !== null) throw error;
      return original.apply(this, args);
    };
export const beforeCallback =
  (/** @type {(this: any, args: any[]) => Error | null} */ before) => (/** @type {Function} */ original) =>
    /** @this {any} */ function (/** @type {any[]} */ ...args) {
      const callback = args.at(-1);
      const error = typeof callback === 'function' ? before.call(this, args) : null;
      if (error === null) return original.apply(this, args);
      setImmediate(callback, error);
    };
