// The proxy that the subject would have used without hour4: hosts that no service claims are asked of it.

import { connect, type Socket } from 'node:net';
import type { Request } from '../../mocks/http.ts';
import { request } from '../node-http.ts';
import { type Reply, readBody } from '../world/transport.ts';

/** Where it listens. */
export interface Upstream {
  readonly host: string;
  readonly port: number;
}

const VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];

/**
 * The proxy that these variables name; null for none.
 * @throws Error when it is no HTTP proxy of this machine, since nothing is sent anywhere else
 */
export function upstreamIn(env: Readonly<Record<string, string>>): Upstream | null {
  const name = VARIABLES.find((each) => (env[each] ?? '') !== '');
  if (name === undefined) return null;
  const text = env[name] ?? '';
  const url = URL.parse(text.includes('://') ? text : `http://${text}`);
  if (url?.protocol !== 'http:' || !/^(localhost|127\.[0-9.]+|\[::1\])$/.test(url.hostname)) {
    throw new Error(`${name}: ${text} is no HTTP proxy of this machine, and hour4 sends nothing elsewhere`);
  }
  return { host: url.hostname.replace(/[[\]]/g, ''), port: Number(url.port || 80) };
}

/** Holds the clock; the returned function lets it go. */
type Hold = (reason: string) => () => void;

/**
 * Joins a client that asked for a tunnel with the upstream. What is said inside cannot be read, so the clock stands from
 * what the client says until something comes back.
 */
export function joinTunnel(
  upstream: Upstream,
  authority: string,
  client: Socket,
  head: Buffer,
  hold: Hold,
): void {
  const there = connect(upstream.port, upstream.host);
  let release = hold(`an answer from the proxy behind hour4 for ${authority}`);
  let held = true;
  const answered = () => {
    if (held) release();
    held = false;
  };
  client.on('data', () => {
    if (!held) release = hold(`an answer from the proxy behind hour4 for ${authority}`);
    held = true;
  });
  there
    .on('data', answered)
    .on('close', answered)
    .on('close', () => client.destroy());
  there.on('error', () => client.destroy());
  client.on('close', () => there.destroy());
  there.write(`CONNECT ${authority} HTTP/1.1\r\nhost: ${authority}\r\n\r\n`);
  there.write(head);
  client.pipe(there).pipe(client);
}

/** Hands a plain request on to the upstream, and its answer back. */
export function handOn(upstream: Upstream, asked: Request, { send, cut }: Reply, hold: Hold): void {
  const release = hold(`an answer from the proxy behind hour4 for ${asked.host}`);
  const query = new URLSearchParams(asked.query).toString();
  const path = `http://${asked.host}${asked.path}${query === '' ? '' : `?${query}`}`;
  const outgoing = request({ ...upstream, method: asked.method, path, headers: asked.headers, agent: false });
  outgoing.on('close', release);
  outgoing.on('error', () => cut('close'));
  outgoing.on('response', (incoming) => {
    readBody(incoming, Number.POSITIVE_INFINITY, (body) => {
      const {
        'transfer-encoding': _,
        connection: __,
        ...headers
      } = incoming.headers as Record<string, string>;
      send({ status: incoming.statusCode ?? 502, headers, body: body ?? '' });
    });
  });
  outgoing.end(asked.body);
}
