// @ts-check
// Knows every TCP connection and listening port of this thread, and tells the world what changed since the last report.
import diagnosticsChannel from 'node:diagnostics_channel';
import net from 'node:net';
import { endOf, isLoopback } from './connection-end.js';

/** @type {Map<net.Socket, string>} each with its end as last told, which begins with its key; '' before it is connected */
const sockets = new Map();
/** @type {WeakMap<net.Socket, net.Socket>} what speaks TLS over a connection that was there before, such as a tunnel */
const secured = new WeakMap();
/** @type {Set<net.Server>} */
const servers = new Set();

/** A connection that was just made is told at once, so that the world knows whose it is before its first byte. */
function tellOpened(/** @type {net.Socket} */ socket, /** @type {(key: string) => void} */ onOpened) {
  if (sockets.get(socket) !== '' || !isLoopback(socket.remoteAddress)) return;
  const key = `${socket.localPort}-${socket.remotePort}`;
  sockets.set(socket, key);
  onOpened(key);
}

/**
 * @param {() => void} onActivity told of every connect, accept, read and write
 * @param {(key: string) => void} onOpened told of every connection this thread made
 */
export function installSockets(onActivity, onOpened) {
  const prototype = /** @type {any} */ (net.Socket.prototype);
  const { connect, _unrefTimer: unrefTimer } = prototype;
  prototype.connect = /** @this {net.Socket} @param {any[]} args */ function (...args) {
    sockets.set(this, '');
    onActivity();
    return connect.apply(this, args);
  };
  // Node calls this at every read and write, also where its http parser reads the handle directly.
  prototype._unrefTimer = /** @this {net.Socket & { _parent: net.Socket | null }} */ function () {
    onActivity();
    if (this._parent) secured.set(this._parent, this);
    if (!this.connecting) tellOpened(this, onOpened);
    return unrefTimer.call(this);
  };
  diagnosticsChannel.subscribe('net.server.socket', (message) => {
    sockets.set(/** @type {{ socket: net.Socket }} */ (message).socket, '');
    onActivity();
  });

  const { listen } = net.Server.prototype;
  net.Server.prototype.listen = /** @this {net.Server} @param {any[]} args */ function (...args) {
    servers.add(this);
    return listen.apply(this, /** @type {any} */ (args));
  };
}

/** @returns {number[]} the TCP ports this thread listens on */
export function listeningPorts() {
  const ports = [];
  for (const server of servers) {
    const address = server.address();
    if (address !== null && typeof address === 'object') ports.push(address.port);
  }
  return ports;
}

/** @returns {string[]} strangers on other machines that a TLS handshake is under way with */
export function handshakes() {
  const pending = [];
  for (const socket of sockets.keys()) {
    if (
      /** @type {any} */ (socket).secureConnecting &&
      !socket.connecting &&
      !isLoopback(socket.remoteAddress)
    ) {
      pending.push(`TLS handshake with ${socket.remoteAddress}`);
    }
  }
  return pending;
}

/**
 * @returns {{ changed: number[][], gone: string[] }} the loopback ends that are new or differ from the last call, as
 * `[local, remote, read, written, flags]`, and the keys of those that closed
 */
export function takeConnectionChanges() {
  const changed = [];
  const gone = [];
  for (const [socket, told] of sockets) {
    const end = endOf(socket, secured.get(socket));
    if (end === null) {
      if (socket.connecting) continue;
      sockets.delete(socket);
      if (told !== '') gone.push(told.split(',', 1)[0] ?? '');
    } else if (isLoopback(socket.remoteAddress)) {
      const text = `${end.local}-${end.remote},${end.read},${end.written},${end.flags}`;
      if (text === told) continue;
      sockets.set(socket, text);
      changed.push([end.local, end.remote, end.read, end.written, end.flags]);
    } else if (!(/** @type {any} */ (socket).secureConnecting)) {
      sockets.delete(socket);
    }
  }
  return { changed, gone };
}
