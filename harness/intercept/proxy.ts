// The intercepting proxy: clients think they speak to the real hosts, and reach the services of a world.
//
// Plain requests come with their whole URL (RFC 9112 section 3.2.2), all others through a tunnel that CONNECT opens. TLS is
// ended here, by a certificate that the client was told to trust. A tunnel's connection is given to the same server again
// once it is secure, so that the clock counts its bytes, and knows whose it is, as for any other connection of the world.

import type { Server, Socket } from 'node:net';
import { createServer } from 'node:tls';
import { nameOf } from '../../mocks/hosts.ts';
import type { Request } from '../../mocks/http.ts';
import type { Unclaimed } from '../world/arrivals.ts';
import { type Listener, listen, type Place, type Receive, type Reply } from '../world/transport.ts';
import type { CertificateAuthority } from './certificates.ts';
import { serveHttp2 } from './http2.ts';
import { handOn, joinTunnel, type Upstream } from './upstream.ts';

/** Who answers behind the proxy. */
export interface Behind {
  /** Whether anybody answers at a host, `name` or `name:port` as it was asked for. */
  claims(host: string): Promise<boolean>;
  /** Takes a request for a claimed host in; its `origin` is the base URL that the client sees. */
  receive: Receive;
  /** Takes note of a request for a host that nobody claims. */
  unclaimed(unclaimed: Unclaimed): void;
}

/** What a proxy is made of. */
export interface ProxyOptions {
  readonly behind: Behind;
  /** Null where every request comes in plain text, marked with the origin that is meant. */
  readonly authority: CertificateAuthority | null;
  /** Where hosts that nobody claims are asked; null = they are refused. */
  readonly upstream: Upstream | null;
  /** Larger request bodies are answered with 413, in bytes. */
  readonly bodyBytes: number;
  readonly place?: Place;
  /** What an answer's Date header says. */
  date(): string;
  /** Told of every server before it has connections. */
  watch(server: Server): void;
  /** Keeps the clock from moving while real work is under way; the returned function lets it go. */
  hold(reason: string): () => void;
}

/** Says, where a client cannot be given a proxy, for which origin a request is meant. */
const ORIGIN_MARK = 'x-hour4-origin';

/** Real time must not end a handshake behind the back of the virtual clock. */
const TLS = { ALPNProtocols: ['h2', 'http/1.1'], handshakeTimeout: 2 ** 31 - 1 };

/** Opens the proxy. */
export async function openProxy(options: ProxyOptions): Promise<Listener> {
  const { behind, authority, upstream, bodyBytes, date, hold, watch } = options;
  /** Connections inside a tunnel, with the host they lead to and the socket below. */
  const tunnels = new WeakMap<Socket, { readonly host: string; readonly below: Socket }>();
  const open = new Set<Socket>();

  const take: Receive = (request, reply) => {
    const tunnel = reply.socket === null ? undefined : tunnels.get(reply.socket);
    const ended = tunnel === undefined ? reply : { ...reply, cut: cutOf(tunnel.below) };
    void enter(meant(request, tunnel?.host ?? null), ended);
  };

  const enter = async (request: Request & { origin: string }, reply: Reply) => {
    const { host } = request;
    const asked = hold(`to learn who answers at ${host}`);
    const claimed = await behind.claims(host);
    if (claimed) behind.receive(request, reply);
    else {
      const chained = upstream !== null && request.origin.startsWith('http:');
      const go = () => (chained ? handOn(upstream, request, reply, hold) : reply.send(refusal(host)));
      behind.unclaimed({ host: nameOf(host), chained, socket: reply.socket, go });
    }
    asked();
  };

  const secure = async (socket: Socket, head: Buffer, host: string, { identityOf }: CertificateAuthority) => {
    const cut = cutOf(socket);
    const ender = createServer({ ...(await identityOf(nameOf(host))), ...TLS });
    ender.on('tlsClientError', () => socket.destroy());
    ender.on('secureConnection', (inner) => {
      tunnels.set(inner, { host, below: socket });
      if (inner.alpnProtocol === 'h2') serveHttp2(inner, { receive: take, bodyBytes, date, cut, watch });
      else listener.server.emit('connection', inner);
    });
    // A client that goes away in the middle of a handshake would otherwise leave it half open for ever.
    socket.allowHalfOpen = false;
    goOn(socket, head, ender);
  };

  const tunnel = async (socket: Socket, head: Buffer, target: string) => {
    open.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket));
    const host = target.replace(/:443$/, '');
    const asked = hold(`to learn who answers at ${host}`);
    const claimed = await behind.claims(host);
    if (claimed && (authority === null || target.endsWith(':80'))) goOn(socket, head, listener.server);
    else if (claimed && authority !== null) await secure(socket, head, host, authority);
    else {
      const chained = upstream !== null;
      const go = () => (chained ? joinTunnel(upstream, target, socket, head, hold) : refuse(socket, host));
      behind.unclaimed({ host: nameOf(host), chained, socket, go });
    }
    asked();
  };

  const listener = await listen(take, bodyBytes, date, options.place);
  watch(listener.server);
  listener.server.on('connect', (incoming, socket, head) => {
    void tunnel(socket as Socket, head, incoming.url ?? '');
  });
  return {
    ...listener,
    close: async () => {
      for (const socket of open) socket.destroy();
      await listener.close();
    },
  };
}

/** Tells the client that its tunnel is there, and gives what it says inside to a server. */
function goOn(socket: Socket, head: Buffer, server: Server): void {
  socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
  if (head.length > 0) socket.unshift(head);
  server.emit('connection', socket);
}

/** The request for the origin that its client means. */
function meant(request: Request, tunnelled: string | null): Request & { origin: string } {
  const { [ORIGIN_MARK]: marked, ...headers } = request.headers;
  if (marked === undefined) {
    const host = request.host || (tunnelled ?? '');
    return { ...request, host, origin: `${tunnelled === null ? 'http' : 'https'}://${host}` };
  }
  const host = marked.replace(/^https?:\/\//, '');
  return { ...request, host, headers: { ...headers, host }, origin: marked };
}

/** TLS has no reset of its own: the connection below has. */
const cutOf =
  (below: Socket): Reply['cut'] =>
  (how) =>
    how === 'reset' ? below.resetAndDestroy() : below.destroy();

const refusal = (host: string) => ({
  status: 502,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: `hour4: no mock service answers at ${host}, and nothing is sent to the real one.\n`,
});

function refuse(socket: Socket, host: string): void {
  const { status, headers, body } = refusal(host);
  const lines = Object.entries({ ...headers, 'content-length': body.length, connection: 'close' });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${status} Bad Gateway\r\n${head}\r\n${body}`);
}
