// How hour4 speaks to one replica: plain HTTP whose connections the clock knows, and failures in words that do not vary.

import type { IncomingMessage } from 'node:http';
import type { Json } from '../../../mocks/index.ts';
import { Agent, request } from '../../node-http.ts';
import type { ClockDriver } from '../../time/driver.ts';

/** What came back. */
export interface Told {
  /** Null when no answer came, or only a part of one. */
  readonly status: number | null;
  readonly text: string;
  /** Why there is no whole answer; null when there is one. */
  readonly failure: string | null;
}

/** Connections at once to one replica; further requests wait for theirs. */
const SOCKETS = 256;

/** A way to one replica. */
export interface BrokerClient {
  ask(method: 'GET' | 'PUT' | 'POST', path: string, body?: Json): Promise<Told>;
  /** POSTs these very bytes. */
  post(path: string, headers: Readonly<Record<string, string>>, body: string): Promise<Told>;
  close(): void;
}

/** Speaks to whoever listens on a loopback port; answers above `bodyBytes` are not received. */
export function createBrokerClient(port: number, clock: ClockDriver, bodyBytes: number): BrokerClient {
  // Calls are seldom, and a connection that is kept until it times out costs more than a new one.
  const agent = new Agent({ keepAlive: false, maxSockets: SOCKETS });
  const send = (
    method: string,
    path: string,
    own: Readonly<Record<string, string>>,
    text: string,
  ): Promise<Told> =>
    new Promise((resolve) => {
      const fail = (failure: string) => resolve({ status: null, text: '', failure });
      const headers = text === '' ? own : { ...own, 'content-length': Buffer.byteLength(text) };
      const outgoing = request({ host: '127.0.0.1', port, method, path, agent, headers });
      outgoing.on('socket', (socket) => clock.watchSocket(socket));
      outgoing.on('error', (error: NodeJS.ErrnoException) => fail(failureOf(error)));
      outgoing.on('response', (incoming) => receive(incoming, bodyBytes, resolve));
      outgoing.end(text);
    });
  return {
    ask: (method, path, body) =>
      body === undefined
        ? send(method, path, {}, '')
        : send(method, path, { 'content-type': 'application/json' }, JSON.stringify(body)),
    post: (path, headers, body) => send('POST', path, headers, body),
    close: () => agent.destroy(),
  };
}

function receive(incoming: IncomingMessage, bodyBytes: number, resolve: (told: Told) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const fail = (failure: string) => resolve({ status: null, text: '', failure });
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= bodyBytes) chunks.push(chunk);
    else incoming.destroy();
  });
  incoming.on('end', () => {
    const text = Buffer.concat(chunks).toString('utf8');
    resolve({ status: incoming.statusCode ?? null, text, failure: null });
  });
  incoming.on('error', () => fail('The answer broke off half way.'));
  incoming.on('close', () =>
    fail(
      bytes > bodyBytes ? `The answer was longer than ${bodyBytes} bytes.` : 'The answer broke off half way.',
    ),
  );
}

function failureOf({ code }: NodeJS.ErrnoException): string {
  if (code === 'ECONNREFUSED') return 'Nobody listened.';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'It closed the connection without an answer.';
  return `It gave no answer in HTTP (${code ?? 'unreadable'}).`;
}
