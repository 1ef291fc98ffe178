// Node's own cryptography and bytes where it is Node that runs; elsewhere there are none that are as quick.

// Asked for this way, a bundler for browsers does not look for them.
const builtin = typeof process === 'undefined' ? undefined : process.getBuiltinModule;

/** Undefined in browsers. */
export const nativeCrypto = builtin?.('node:crypto');

/** Undefined in browsers. */
export const nativeBuffer = builtin?.('node:buffer').Buffer;
