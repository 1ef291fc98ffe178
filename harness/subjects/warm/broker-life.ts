// The life of a broker that is a module: behind HTTP, under the same contract as a program, until it is told to stop.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Life } from './warm-host.ts';

/** A broker as a module offers it; operations that are missing are answered with 501. */
interface Broker {
  connect?(account: unknown): Promise<void>;
  call?(id: string, request: unknown): Promise<unknown>;
  token?(id: string): Promise<unknown>;
  status?(id: string): Promise<unknown>;
  audit?(): Promise<unknown>;
  /** Resolves with whether the message is what it says, and is taken. */
  webhook?(service: string, message: { headers: unknown; body: string }): Promise<boolean>;
  close?(): Promise<void>;
}

/** Resolves when the broker was told to stop and has closed. */
export const liveAsBroker: Life = async (subject, url, stop) => {
  if (typeof subject !== 'function')
    throw new Error(`${url} must export createBroker by default: export default async (env) => broker`);
  const broker: Broker = await subject(process.env);
  const server = createServer((incoming, outgoing) => {
    answerOf(broker, incoming).then(
      (body) => reply(outgoing, statusOf(body), body),
      (error: Error) => reply(outgoing, 500, { error: error.message }),
    );
  });
  server.listen(Number(process.env.PORT), '127.0.0.1');
  await once(stop, 'abort');
  server.close();
  server.closeAllConnections();
  await broker.close?.();
};

async function textOf(incoming: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of incoming.setEncoding('utf8')) text += chunk;
  return text;
}

const bodyOf = async (incoming: IncomingMessage): Promise<unknown> => JSON.parse(await textOf(incoming));

/** Of a message that is not what it says. */
const REFUSED = Symbol('refused');

async function answerOf(broker: Broker, incoming: IncomingMessage): Promise<unknown> {
  const { method, url: path = '/' } = incoming;
  const [, what, id = '', operation] = path.split('/').map(decodeURIComponent);
  const asked = `${method} ${what}${operation === undefined ? '' : ` ${operation}`}`;
  if (asked === 'GET readyz') return {};
  if (asked === 'GET audit' && broker.audit) return broker.audit();
  if (asked === 'PUT accounts' && broker.connect) {
    await broker.connect(await bodyOf(incoming));
    return null;
  }
  if (asked === 'POST accounts call' && broker.call) return broker.call(id, await bodyOf(incoming));
  if (asked === 'GET accounts token' && broker.token) return broker.token(id);
  if (asked === 'GET accounts' && broker.status) return broker.status(id);
  if (asked === 'POST webhooks' && broker.webhook)
    return (await broker.webhook(id, { headers: incoming.headers, body: await textOf(incoming) }))
      ? null
      : REFUSED;
  return undefined;
}

function statusOf(body: unknown): number {
  if (body === undefined) return 501;
  if (body === REFUSED) return 401;
  return body === null ? 204 : 200;
}

function reply(outgoing: ServerResponse, status: number, body: unknown): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' });
  outgoing.end(body === null || body === undefined ? '' : JSON.stringify(body));
}
