// @ts-check
// How one end of a TCP connection looks, in numbers that can be compared with the other end. Both sides use this file.
//
// Bytes are counted at the innermost handle, below TLS: what one end has written and the other has not read is on its way.

/** This end does not read, so bytes may wait for it without waking anybody. */
export const NOT_READING = 1;
/** The other end's FIN was seen. */
export const READ_ENDED = 2;
/** Our FIN was sent. */
export const WRITE_ENDED = 4;
/** Bytes or a FIN wait in this process to be sent. */
export const OWES = 8;

/**
 * @typedef {{ local: number, remote: number, read: number, written: number, flags: number }} End
 * ports, bytes read and written, and the flags above added up
 */

/** @param {string | undefined} address */
export const isLoopback = (address) =>
  address !== undefined &&
  (address.startsWith('127.') || address === '::1' || address.startsWith('::ffff:127.'));

/** @param {any} socket */
function flagsOf(socket) {
  const writeEnded = socket.writableFinished;
  const owes = socket.writableLength > 0 || (socket.writableEnded && !writeEnded);
  return (
    (socket._handle.reading ? 0 : NOT_READING) |
    (socket._readableState.ended ? READ_ENDED : 0) |
    (writeEnded ? WRITE_ENDED : 0) |
    (owes ? OWES : 0)
  );
}

/**
 * @param {any} socket a net.Socket
 * @param {any} [user] the socket through which it is read and written, where TLS was put over it later
 * @returns {End | null} null when it is not connected, or closed
 */
export function endOf(socket, user) {
  if (socket.destroyed || socket.connecting || !socket._handle || socket.remotePort === undefined)
    return null;
  let handle = socket._handle;
  while (handle._parent) handle = handle._parent;
  return {
    local: socket.localPort,
    remote: socket.remotePort,
    read: handle.bytesRead,
    written: handle.bytesWritten,
    flags: flagsOf(user?._handle ? user : socket),
  };
}
