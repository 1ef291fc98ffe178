// Node's own cryptography where it is Node that runs; elsewhere there is none that answers at once.

/** Undefined in browsers. Asked for this way, a bundler for browsers does not look for it. */
export const nativeCrypto =
  typeof process === 'undefined' ? undefined : process.getBuiltinModule?.('node:crypto');
