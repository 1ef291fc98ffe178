// @ts-check
// What lies in a non-blocking socket, read at once, past the event loop. Both ends of a control connection use this file.
import fs from 'node:fs';

// Taken before anything is patched.
const { readSync } = fs;
const buffer = Buffer.alloc(65_536);

/**
 * @param {any} socket
 * @returns {string | null} what has arrived by now, '' for nothing; null where nothing will come any more
 */
export function readArrived(socket) {
  const fd = socket._handle?.fd ?? -1;
  if (fd < 0) return null;
  const { stackTraceLimit } = Error;
  // That nothing has come is told by an error, and most of what an error costs is its stack.
  Reflect.set(Error, 'stackTraceLimit', 0);
  try {
    return buffer.toString('utf8', 0, readSync(fd, buffer)) || null;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EAGAIN' ? '' : null;
  } finally {
    Reflect.set(Error, 'stackTraceLimit', stackTraceLimit);
  }
}
