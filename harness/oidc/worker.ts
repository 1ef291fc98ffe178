// The thread in which the provider lives: its clock is what the world last said, and its draws depend on the seed.

import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { seededRandomness } from '../../mocks/randomness.ts';
import { installClocks } from '../preload/clocks.js';
import { startWorld } from '../preload/virtual-now.js';
import type { FromProvider, Settings, ToProvider } from './protocol.ts';

const port = parentPort;
if (port === null) throw new Error('this file is the body of a worker thread');
const settings: Settings = workerData;

installClocks();
seedCrypto(settings.seed);
// Only now: what it loads reads the clock and draws numbers as it is loaded.
const { createServer } = await import('./server.ts');
const server = createServer(settings);

// One after the other, so that what a request changed is known to be its own.
let last: Promise<void> = Promise.resolve();
port.on('message', (message: ToProvider) => {
  last = last
    .then(() => deal(message))
    .catch((error: Error) => say({ kind: 'failed', message: String(error.stack) }));
});

async function deal(message: ToProvider): Promise<void> {
  startWorld(message.nowMs, 0);
  if (message.kind === 'ask') say({ kind: 'told', ...(await server.ask(message.request)) });
  else await server.carryOut(message.deed);
}

function say(message: FromProvider): void {
  port?.postMessage(message);
}

// The names of its tokens and pages: the same for the same seed and the same requests.
function seedCrypto(seed: string): void {
  const randomness = seededRandomness(seed);
  let draws = 0;
  const fill = (bytes: Uint8Array) => {
    draws += 1;
    bytes.set(Buffer.from(randomness.hex(bytes.length * 2, 'bytes', draws), 'hex'));
  };
  const fillSync = (buffer: NodeJS.ArrayBufferView) => {
    fill(new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength));
    return buffer;
  };
  const bytes = (size: number) => {
    const drawn = Buffer.alloc(size);
    fill(drawn);
    return drawn;
  };
  Object.assign(crypto, { randomFillSync: fillSync, randomBytes: bytes });
  syncBuiltinESMExports();
}
