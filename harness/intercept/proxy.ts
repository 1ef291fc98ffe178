// The intercepting proxy: clients think they speak to the real hosts, and reach the services of a world.
//
// Plain requests come with their whole URL (RFC 9112 section 3.2.2), all others through a tunnel that CONNECT opens. TLS is
// ended here, by a certificate that the client was told to trust. A tunnel's connection is given to the same server again
// once it is secure, so that the clock counts its bytes, and knows whose it is, as for any other connection of the world.

import type { Server, Socket } from 'node:net';
import { createServer } from 'node:tls';
import { nameOf } from '../../mocks/hosts.ts';
import type { Request } from '../../mocks/http.ts';
import type { Connecting, Unclaimed } from '../world/arrivals.ts';
import { type Listener, listen, type Place, type Receive, type Reply } from '../world/transport.ts';
import type { CertificateAuthority, Identity } from './certificates.ts';
import { serveHttp2 } from './http2.ts';
import { handOn, joinTunnel, type Upstream } from './upstream.ts';

/** Who answers behind the proxy. */
export interface Behind {
  /** Whether anybody answers at a host, `name` or `name:port` as it was asked for. */
  claims(host: string): Promise<boolean>;
  /** Takes note of a connection to a claimed host that is about to be made, and lets it go on, or not. */
  connecting(connecting: Omit<Connecting, 'services'>): void;
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

/** How a request came: in a tunnel, marked with its origin, or in plain text with its whole URL. */
type Way = 'tunnel' | 'marked' | 'plain';

/** What is said in place of an answer. */
interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Opens the proxy. */
export async function openProxy(options: ProxyOptions): Promise<Listener> {
  const { behind, authority, upstream, bodyBytes, date, hold, watch } = options;
  /** Connections inside a tunnel, with the host they lead to and the socket below. */
  const tunnels = new WeakMap<Socket, { readonly host: string; readonly below: Socket }>();
  const open = new Set<Socket>();

  const take: Receive = (request, reply) => {
    const tunnel = reply.socket === null ? undefined : tunnels.get(reply.socket);
    const ended = tunnel === undefined ? reply : { ...reply, cut: cutOf(tunnel.below) };
    const way = tunnel !== undefined ? 'tunnel' : ORIGIN_MARK in request.headers ? 'marked' : 'plain';
    void enter(meant(request, tunnel?.host ?? null), ended, way);
  };

  const enter = async (request: Request & { origin: string }, reply: Reply, way: Way) => {
    const { host } = request;
    const asked = hold(`to learn who answers at ${host}`);
    const claimed = await behind.claims(host);
    if (claimed && way === 'tunnel') behind.receive(request, reply);
    else if (claimed) {
      const go: Connecting['go'] = (strike) => {
        // In plain text there is no certificate.
        if (strike === null || (strike === 'tls' && way === 'plain')) behind.receive(request, reply);
        // Whoever marks a request knows of no proxy: to him the network is broken.
        else if (way === 'marked') reply.cut('close');
        else reply.send(nameNotFound(host));
      };
      behind.connecting({ host, socket: reply.socket, go });
    } else {
      const chained = upstream !== null && request.origin.startsWith('http:');
      const go = () => (chained ? handOn(upstream, request, reply, hold) : reply.send(refusal(host)));
      behind.unclaimed({ host: nameOf(host), chained, socket: reply.socket, go });
    }
    asked();
  };

  const secure = async (socket: Socket, head: Buffer, host: string, identity: Promise<Identity>) => {
    const cut = cutOf(socket);
    const ender = createServer({ ...(await identity), ...TLS });
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
    if (claimed) {
      const go: Connecting['go'] = (strike) => {
        if (strike === 'dns') refuse(socket, nameNotFound(host));
        else if (authority === null || target.endsWith(':80')) goOn(socket, head, listener.server);
        else {
          const identity = (strike === 'tls' ? authority.expiredIdentityOf : authority.identityOf)(
            nameOf(host),
          );
          const secured = hold(`to vouch for ${host}`);
          void secure(socket, head, host, identity).finally(secured);
        }
      };
      behind.connecting({ host, socket, go });
    } else {
      const chained = upstream !== null;
      const go = () =>
        chained ? joinTunnel(upstream, target, socket, head, hold) : refuse(socket, refusal(host));
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

const refusal = (host: string): Refusal => ({
  status: 502,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: `hour4: no mock service answers at ${host}, and nothing is sent to the real one.\n`,
});

/** As a proxy says it that asks the name service for its clients (RFC 9209 section 2.3.2). */
const nameNotFound = (host: string): Refusal => ({
  status: 502,
  headers: {
    'content-type': 'text/plain; charset=utf-8',
    'proxy-status': 'hour4; error=dns_error; rcode=NXDOMAIN',
  },
  body: `hour4: by a fault of the story the name ${host} is not found.\n`,
});

function refuse(socket: Socket, { status, headers, body }: Refusal): void {
  const lines = Object.entries({ ...headers, 'content-length': body.length, connection: 'close' });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${status} Bad Gateway\r\n${head}\r\n${body}`);
}
