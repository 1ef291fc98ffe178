// node:http on one side, plain requests on the other. Translation only.

import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { type Answer, encodeBody, parseQuery, type Request } from '../../mocks/http.ts';
import { createServer } from '../node-http.ts';

/** How an exchange's transport can end it. */
export interface Reply {
  /** Whose connection it is, if the transport knows one. */
  readonly socket: Socket | null;
  /** Who sends it, where no connection tells. */
  readonly party?: string;
  /** Tells equal requests of one party apart that come at once, in every run alike; absent = nothing does. */
  readonly order?: string;
  send(answer: Answer): void;
  /** Closes the connection without an answer, orderly or by a reset. */
  cut(how: 'close' | 'reset'): void;
  /** Calls back once if the caller goes away before an answer was sent. */
  onGone(gone: () => void): void;
}

/** Where requests of one origin go. */
export type Receive = (request: Request, reply: Reply) => void;

/** A listening origin on loopback. */
export interface Listener {
  readonly origin: string;
  readonly server: Server;
  close(): Promise<void>;
}

/** Where to listen; port 0 = any free one. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** Listens, by default on a free loopback port; bodies above `bodyBytes` are answered with 413 and not received. */
export async function listen(
  receive: Receive,
  bodyBytes: number,
  date: () => string,
  place: Place = { host: '127.0.0.1', port: 0 },
): Promise<Listener> {
  const server = createServer((incoming, outgoing) => {
    readBody(incoming, bodyBytes, (body) => {
      const reply = replyOf(incoming, outgoing, date);
      if (body === null)
        reply.send({ status: 413, headers: { connection: 'close' }, body: 'body too large' });
      else receive(requestOf(incoming, body), reply);
    });
  });
  // Real time must not close a connection behind the back of the virtual clock.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  server.timeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ ...place, backlog: 4096 }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const host = place.host.includes(':') ? `[${place.host}]` : place.host;
  return { origin: `http://${host}:${port}`, server, close };
}

/** Null for a body over the limit: the rest of it is read and thrown away, so that the answer can be delivered. */
export function readBody(
  incoming: Readable,
  limitBytes: number,
  onBody: (body: string | null) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= limitBytes) chunks.push(chunk);
  });
  incoming.on('end', () => {
    const [first] = chunks;
    if (bytes > limitBytes) onBody(null);
    else if (first === undefined) onBody('');
    else onBody((chunks.length === 1 ? first : Buffer.concat(chunks)).toString('utf8'));
  });
}

/** The request as plain data. */
export function requestOf(
  incoming: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  body: string,
): Request {
  const url = incoming.url ?? '/';
  const { authority, target } = url.startsWith('/') ? { authority: undefined, target: url } : targetOf(url);
  const mark = target.indexOf('?');
  const headers = headersOf(incoming);
  return {
    method: incoming.method ?? 'GET',
    host: authority ?? headers.host ?? '',
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? {} : parseQuery(target.slice(mark + 1)),
    headers,
    body,
  };
}

// A caller that takes the server for a proxy sends whole URLs, and their host counts (RFC 9112 section 3.2.2).
function targetOf(url: string): { authority: string | undefined; target: string } {
  const [whole = '', authority] = /^https?:\/\/([^/?]*)(?=\/|\?|$)/i.exec(url) ?? [];
  return { authority, target: url.slice(whole.length) || '/' };
}

// Node joins repeated headers by itself, all but one.
function headersOf({ headers }: Pick<IncomingMessage, 'headers'>): Record<string, string> {
  const { 'set-cookie': cookies } = headers;
  return (cookies === undefined ? headers : { ...headers, 'set-cookie': cookies.join(', ') }) as Record<
    string,
    string
  >;
}

/** How to answer it; `date` tells what the answer's Date header says. */
export function replyOf(incoming: IncomingMessage, outgoing: ServerResponse, date: () => string): Reply {
  return {
    socket: incoming.socket,
    send: (answer) => {
      if (outgoing.destroyed) return;
      const body = answer.status === 204 || answer.status === 304 ? null : encodeBody(answer);
      outgoing.sendDate = false;
      const bytes = body === null ? null : Buffer.byteLength(body);
      outgoing.writeHead(answer.status, headOf(answer, date, bytes));
      // As a string, for Node then sends head and body in one piece; and one of ASCII need not be encoded.
      if (body === null) outgoing.end();
      else outgoing.end(body, bytes === body.length ? 'latin1' : 'utf8');
    },
    cut: (how) => {
      if (how === 'reset') incoming.socket.resetAndDestroy();
      else incoming.socket.destroy();
    },
    onGone: (gone) => {
      if (outgoing.closed) gone();
      else outgoing.on('close', () => outgoing.writableFinished || gone());
    },
  };
}

/** Names and values by turns, as Node takes them without another look. */
function headOf({ headers, cookies = [] }: Answer, date: () => string, bytes: number | null): string[] {
  const head = 'date' in headers ? [] : ['date', date()];
  for (const name in headers) if (name !== 'content-length') head.push(name, headers[name] ?? '');
  for (const cookie of cookies) head.push('set-cookie', cookie);
  if (bytes !== null) head.push('content-length', String(bytes));
  return head;
}
