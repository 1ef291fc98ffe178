// The world's side of the control connections: lets in whoever knows the secret, and hands on what it says.
import { randomBytes } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { readArrived } from '../preload/read-arrived.js';
import { type FromParty, type Hello, lineReader } from './control-protocol.ts';
import type { Party } from './party.ts';

const PRELOAD_URL = new URL('../preload/index.js', import.meta.url).href;

export interface ControlServer {
  /** @throws UsageError where the folder for temporary files cannot be written to */
  listen(): Promise<void>;
  close(): Promise<void>;
  /**
   * What a process of this party needs in its environment to come under the clock, on top of `base`.
   * @throws Error before `listen`
   */
  envFor(party: string, base?: Readonly<Record<string, string | undefined>>): Record<string, string>;
  /** Hands on what has arrived from a party by now, before its turn. */
  hearArrived(party: Party): void;
}

export interface ControlListeners {
  onHello(hello: Hello, socket: Socket): Party;
  onWord(party: Party, message: FromParty): void;
  onGone(party: Party): void;
}

/** A local socket's whole path has 104 bytes, and at some systems four more. */
const LONGEST_FOLDER = 80;
const folder = () => (Buffer.byteLength(tmpdir()) > LONGEST_FOLDER ? '/tmp' : tmpdir());

const unopened = ({ message }: Error) =>
  new UsageError(`cannot open a local socket (${message}): set TMPDIR to a folder that can be written to`);

/**
 * Listens on this machine only, by a local socket: what is written there has arrived when the write returns, which cannot be
 * said of TCP. A stranger, or a line that is no message, costs its sender the connection.
 */
export function controlServer(listeners: ControlListeners): ControlServer {
  const readers = new Map<Socket, (chunk: string) => void>();
  const path = join(folder(), `hour4-${randomBytes(8).toString('hex')}`);
  const secret = randomBytes(16).toString('hex');
  const server = createServer((socket) => {
    let party: Party | null = null;
    const read = lineReader((message) => {
      if (party !== null) listeners.onWord(party, message);
      else if (message.kind === 'hello' && message.secret === secret)
        party = listeners.onHello(message, socket);
      else socket.destroy();
    });
    const take = (chunk: string) => {
      if (!read(chunk)) socket.destroy();
    };
    readers.set(socket, take);
    socket.setEncoding('utf8').on('data', take);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      readers.delete(socket);
      if (party !== null) listeners.onGone(party);
    });
  });
  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', (error) => reject(unopened(error)));
        server.listen({ path }, resolve);
      }),
    async close() {
      for (const socket of readers.keys()) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
    envFor(party, { NODE_OPTIONS } = {}) {
      if (!server.listening) throw new Error('listen() must be awaited before envFor()');
      return {
        HOUR4_CLOCK: `${path}/${secret}`,
        HOUR4_PARTY: party,
        NODE_OPTIONS: `${NODE_OPTIONS ? `${NODE_OPTIONS} ` : ''}--import=${PRELOAD_URL}`,
      };
    },
    hearArrived: ({ control }) => readers.get(control)?.(readArrived(control) ?? ''),
  };
}
