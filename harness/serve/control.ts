// The control API and its page on one port: node:http on one side, the routes on the other. Both are loaded by the first
// request for them: whoever only calls the services does not wait for them.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer, Request } from '../../mocks/index.ts';
import type { Entry } from '../entry.ts';
import { createServer } from '../node-http.ts';
import { readBody, replyOf, requestOf } from '../world/transport.ts';
import { Mistake, PREFIX, said, saidMistake } from './answers.ts';
import { mustBeLocal } from './callers.ts';
import { sinceOf } from './ledger-since.ts';
import type { Stand } from './stand.ts';
import { createStreams } from './streams.ts';

/** The control API, listening. */
export interface Control {
  /** `http://127.0.0.1:4400`, without the prefix. */
  readonly origin: string;
  close(): Promise<void>;
}

const BODY_BYTES = 2 ** 20;
const READERS_MAX = 100;

/** Listens. @throws the error of node:net for a port or host that cannot be had */
export async function openControl(stand: Stand, host: string, port: number): Promise<Control> {
  const { clock } = stand;
  const date = () => new Date(clock.startMs + clock.nowMs).toUTCString();
  let entries: readonly Entry[] = (await stand.world()).ledger.entries;
  const streams = createStreams(() => entries, READERS_MAX);
  const forget = clock.onRest(streams.flush);

  // One after the other: what one request has changed, the next one finds.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (request: Request): Promise<Answer> => {
    const answered = turn.then(async () => {
      const { answer } = await import('./routes.ts');
      const given = await answer(stand, request);
      entries = (await stand.world()).ledger.entries;
      streams.flush();
      return given;
    });
    turn = answered.catch(() => {});
    return answered;
  };

  /** Null where the answer is a stream, which goes on. */
  const take = async (request: Request, outgoing: ServerResponse): Promise<Answer | null> => {
    mustBeLocal(request, host);
    const page = request.method === 'GET' ? await fileOfPage(request.path) : null;
    if (page !== null) return page;
    if (!wantsStream(request)) return inTurn(request);
    if (streams.open(outgoing, sinceOf(request))) return null;
    throw new Mistake(503, null, `${READERS_MAX} streams are open, and that is all: close one`);
  };

  const answerFor = async (incoming: IncomingMessage, outgoing: ServerResponse, body: string | null) => {
    try {
      if (body === null) throw new Mistake(413, null, `the body is larger than ${BODY_BYTES} bytes`);
      return await take(requestOf(incoming, body), outgoing);
    } catch (error) {
      if (error instanceof Mistake) return saidMistake(error);
      return said(500, { error: `hour4 itself failed: ${(error as Error).message}`, field: null });
    }
  };

  const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    incoming.on('error', () => outgoing.destroy());
    readBody(incoming, BODY_BYTES, async (body) => {
      const given = await answerFor(incoming, outgoing, body);
      if (given !== null) replyOf(incoming, outgoing, date).send(given);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: 4096 }, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    origin: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    close: () => {
      forget();
      streams.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

async function fileOfPage(path: string): Promise<Answer | null> {
  if (path.startsWith(`${PREFIX}/`)) return null;
  const { dashboardFile } = await import('./dashboard/dashboard.ts');
  return dashboardFile(path);
}

const wantsStream = ({ method, path, headers }: Request) =>
  method === 'GET' && path === `${PREFIX}/ledger` && /\btext\/event-stream\b/.test(headers.accept ?? '');
