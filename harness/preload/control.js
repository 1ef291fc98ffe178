// @ts-check
// The line to the world: one loopback connection per thread, opened before anything is patched and hidden from accounting.
import fs from 'node:fs';
import net from 'node:net';
import { threadId } from 'node:worker_threads';

const { readSync } = fs;
const PAUSE_MS = 0.2;

/**
 * @typedef {object} Control
 * @property {any} welcome the world's first word
 * @property {(message: object) => void} send
 * @property {(hear: (message: any) => void, onRead: () => void) => void} listen
 * @property {(kind: string) => void} readUntil hears words with the event loop blocked, up to one of this kind
 */

/**
 * @param {string} address `port/secret`
 * @param {{ party: string, line: string }} who
 * @returns {Promise<Control>}
 */
export async function attach(address, who) {
  const [port, secret] = address.split('/');
  const socket = net.connect({ port: Number(port), host: '127.0.0.1', noDelay: true });
  // Node calls this at each read and write; on this connection it must never count as activity.
  Object.defineProperty(socket, '_unrefTimer', { value: () => {} });
  socket.setEncoding('utf8');
  /** What comes before anybody listens. @type {any[]} */
  const early = [];
  /** @type {(message: any) => void} */
  let hear = (message) => early.push(message);
  let onRead = () => {};
  let rest = '';
  const take = (/** @type {string} */ text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    const messages = lines.map((line) => JSON.parse(line));
    for (const message of messages) hear(message);
    return messages;
  };
  socket.on('data', (/** @type {string} */ text) => {
    onRead();
    take(text);
  });
  const send = (/** @type {object} */ message) => {
    socket.write(`${JSON.stringify(message)}\n`);
  };
  const welcome = await new Promise((resolve, reject) => {
    socket.once('error', reject);
    const hearEarly = hear;
    hear = (message) => {
      hear = hearEarly;
      resolve(message);
    };
    send({ kind: 'hello', secret, ...who, pid: process.pid, ppid: process.ppid, thread: threadId });
  });
  // Where the world has gone, killed perhaps, nobody is left to end this process, and its clock would stand for ever.
  socket.on('error', () => {});
  socket.on('close', () => process.kill(process.pid, 'SIGKILL'));
  socket.unref();
  return {
    welcome,
    send,
    listen: (listener, readListener) => {
      hear = listener;
      onRead = readListener;
      for (const message of early.splice(0)) listener(message);
    },
    readUntil: (kind) => {
      const { fd } = /** @type {any} */ (socket)._handle ?? { fd: -1 };
      while (fd >= 0 && !take(readNow(fd)).some((message) => message.kind === kind));
    },
  };
}

/** @param {number} fd of a non-blocking socket @returns {string} what has arrived by now, '' for nothing yet */
function readNow(fd) {
  const buffer = Buffer.alloc(65_536);
  try {
    const length = readSync(fd, buffer);
    if (length === 0) throw new Error('the world has ended');
    return buffer.toString('utf8', 0, length);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EAGAIN') throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    return '';
  }
}
