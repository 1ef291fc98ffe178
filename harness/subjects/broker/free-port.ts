// Ports for replicas, from outside the range that the system gives to connections: a port must stay free over a restart.

import { createServer } from 'node:net';

const FIRST = 20_000;
const COUNT = 12_000;

/** The port to try next; processes begin at different places, so that those of one machine rarely meet. */
let next = (process.pid * 97) % COUNT;

/** A loopback port on which nobody listens. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < COUNT; tries++) {
    const port = FIRST + (next++ % COUNT);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port between ${FIRST} and ${FIRST + COUNT}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
