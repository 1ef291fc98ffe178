// The world's side of the control connections: lets in whoever knows the secret, and hands on what it says.
import { createServer, type Socket } from 'node:net';
import { type FromParty, type Hello, lineReader } from './control-protocol.ts';
import type { Party } from './party.ts';

const PRELOAD_URL = new URL('../preload/index.js', import.meta.url).href;

export interface ControlServer {
  listen(): Promise<void>;
  close(): Promise<void>;
  /** Null before `listen`. */
  port(): number | null;
}

export interface ControlListeners {
  onHello(hello: Hello, socket: Socket): Party;
  onWord(party: Party, message: FromParty): void;
  onGone(party: Party): void;
}

/** Listens on loopback only. A stranger, or a line that is no message, costs its sender the connection. */
export function controlServer(secret: string, listeners: ControlListeners): ControlServer {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let party: Party | null = null;
    const read = lineReader((message) => {
      if (party !== null) listeners.onWord(party, message);
      else if (message.kind === 'hello' && message.secret === secret)
        party = listeners.onHello(message, socket);
      else socket.destroy();
    });
    socket.setNoDelay(true).setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      if (!read(chunk)) socket.destroy();
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      if (party !== null) listeners.onGone(party);
    });
  });
  return {
    listen: () => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve)),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
    port() {
      const address = server.address();
      return address === null || typeof address === 'string' ? null : address.port;
    },
  };
}

/**
 * What a process needs in its environment to come under the clock, on top of `base`.
 * @throws Error before `listen`
 */
export function variablesFor(
  server: ControlServer,
  secret: string,
  party: string,
  base: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const port = server.port();
  if (port === null) throw new Error('listen() must be awaited before envFor()');
  const options = base.NODE_OPTIONS ? `${base.NODE_OPTIONS} ` : '';
  return {
    HOUR4_CLOCK: `${port}/${secret}`,
    HOUR4_PARTY: party,
    NODE_OPTIONS: `${options}--import=${PRELOAD_URL}`,
  };
}
