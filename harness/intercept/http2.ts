// HTTP/2 on one side, plain requests on the other, for a connection whose TLS is ended already. Translation only.

import { createServer, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { Server } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { type Answer, encodeBody } from '../../mocks/http.ts';
import { type Receive, type Reply, readBody, requestOf } from '../world/transport.ts';

/** What a connection over HTTP/2 needs. */
export interface Http2Options {
  readonly receive: Receive;
  readonly bodyBytes: number;
  /** What an answer's Date header says. */
  date(): string;
  /** Told of the server behind the connection before it is used. */
  watch(server: Server): void;
  /** Ends the connection without an answer. */
  cut: Reply['cut'];
}

/** Headers that belong to one connection of HTTP/1.1 and that HTTP/2 forbids (RFC 9113 section 8.2.2). */
const OF_CONNECTION = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]);

/** Serves one connection. */
export function serveHttp2(socket: TLSSocket, options: Http2Options): void {
  const server = createServer();
  options.watch(server);
  server.on('sessionError', () => socket.destroy());
  server.on('stream', (stream, headers) => {
    stream.on('error', () => stream.destroy());
    readBody(stream, options.bodyBytes, (body) => {
      const reply = replyOf(stream, socket, options);
      if (body === null) reply.send({ status: 413, headers: {}, body: 'body too large' });
      else options.receive(requestOf(incomingOf(headers), body), reply);
    });
  });
  server.emit('connection', socket);
}

// Cookies may come in pieces (RFC 9113 section 8.2.3); Node has joined them by then.
function incomingOf(all: IncomingHttpHeaders) {
  const named = Object.entries(all).filter(([name]) => !name.startsWith(':'));
  const headers = Object.fromEntries(named) as IncomingHttpHeaders;
  return {
    method: all[':method'] as string,
    url: all[':path'] as string,
    headers: { ...headers, host: (all[':authority'] as string | undefined) ?? headers.host },
  };
}

function replyOf(stream: ServerHttp2Stream, socket: TLSSocket, { date, cut }: Http2Options): Reply {
  return {
    socket,
    send: (answer) => {
      if (stream.destroyed) return;
      const bodiless = answer.status === 204 || answer.status === 304;
      const body = bodiless ? '' : encodeBody(answer);
      const length = bodiless ? {} : { 'content-length': Buffer.byteLength(body) };
      stream.respond(
        { ':status': answer.status, date: date(), ...headersOf(answer), ...length },
        { endStream: body === '' },
      );
      if (body !== '') stream.end(body);
    },
    cut,
    onGone: (gone) => {
      if (stream.closed) gone();
      else stream.once('close', () => stream.headersSent || gone());
    },
  };
}

const headersOf = ({ headers }: Answer) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_CONNECTION.has(name.toLowerCase())));
