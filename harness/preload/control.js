// @ts-check
// The line to the world: one local connection per thread, opened before anything is patched and hidden from accounting.
// What the world writes there lies here before its write returns, hence before anything that it writes elsewhere later.
import net from 'node:net';
import { threadId } from 'node:worker_threads';
import { readArrived } from './read-arrived.js';

const PAUSE_MS = 0.2;

/**
 * @typedef {object} Control
 * @property {any} welcome the world's first word
 * @property {(message: object) => void} send
 * @property {(hear: (message: any) => void, onRead: () => void) => void} listen
 * @property {() => void} hearArrived hears the words that lie here already
 * @property {(kind: string) => void} readUntil hears words with the event loop blocked, up to one of this kind
 */

/**
 * @param {string} address `path/secret`
 * @param {{ party: string, line: string }} who
 * @returns {Promise<Control>}
 */
export async function attach(address, who) {
  const place = address.lastIndexOf('/');
  const secret = address.slice(place + 1);
  const socket = net.connect({ path: address.slice(0, place) });
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
    hearArrived: () => {
      take(readArrived(socket) ?? '');
    },
    readUntil: (kind) => {
      for (let text = readArrived(socket); text !== null; text = readArrived(socket)) {
        if (take(text).some((message) => message.kind === kind)) return;
        if (text === '') pause();
      }
    },
  };
}

function pause() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
}
