// @ts-check
// The line to the world: one loopback connection per thread, opened before anything is patched and hidden from accounting.
import net from 'node:net';
import { threadId } from 'node:worker_threads';

/**
 * @param {string} address `port/secret`
 * @param {{ party: string, line: string }} who
 * @returns {Promise<{ welcome: any, send: (message: object) => void, listen: (hear: (message: any) => void, onRead: () => void) => void }>}
 */
export async function attach(address, who) {
  const [port, secret] = address.split('/');
  const socket = net.connect({ port: Number(port), host: '127.0.0.1', noDelay: true });
  // Node calls this at each read and write; on this connection it must never count as activity.
  Object.defineProperty(socket, '_unrefTimer', { value: () => {} });
  socket.setEncoding('utf8');
  /** @type {(message: any) => void} */
  let hear = () => {};
  let onRead = () => {};
  let rest = '';
  socket.on('data', (/** @type {string} */ text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    onRead();
    for (const line of lines) hear(JSON.parse(line));
  });
  const send = (/** @type {object} */ message) => {
    socket.write(`${JSON.stringify(message)}\n`);
  };
  const welcome = await new Promise((resolve, reject) => {
    socket.once('error', reject);
    hear = resolve;
    send({ kind: 'hello', secret, ...who, pid: process.pid, ppid: process.ppid, thread: threadId });
  });
  // The world may end first; the process then lives on with a clock that stands.
  socket.on('error', () => {});
  socket.unref();
  return {
    welcome,
    send,
    listen: (listener, readListener) => {
      hear = listener;
      onRead = readListener;
    },
  };
}
