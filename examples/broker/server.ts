// The broker over HTTP: one process per replica. PORT, and the folder that all share, come from the environment.

import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Account } from './account.ts';
import { openBroker } from './broker.ts';
import { isClientRefused } from './token-endpoint.ts';
import { Trouble } from './trouble.ts';

const { PORT, HOUR4_REPLICA = '0', HOUR4_STORE = 'store', HOUR4_EVENTS_URL, HOUR4_WORLD, CI } = process.env;
const variable = (service: string) => `HOUR4_${service.toUpperCase().replaceAll('-', '_')}_WEBHOOK_SECRET`;

const broker = openBroker({
  store: HOUR4_STORE,
  replica: HOUR4_REPLICA,
  eventsUrl: HOUR4_EVENTS_URL,
  ci: CI !== undefined && CI !== 'false',
  webhookSecret: (service) => process.env[variable(service)],
});
const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));

// A secret that was rotated last week is found out now, and not at midnight by the first refresh.
const refused = await refusedClients();
if (refused.length > 0) {
  console.error(`refused client credentials: ${refused.join(', ')}`);
  process.exit(1);
}
server.listen(Number(PORT), '127.0.0.1');
process.once('SIGTERM', () => {
  broker.close();
  server.close(() => process.exit());
  server.closeIdleConnections();
});

async function refusedClients(): Promise<string[]> {
  if (HOUR4_WORLD === undefined) return [];
  const { accounts } = JSON.parse(readFileSync(HOUR4_WORLD, 'utf8')) as { accounts: Account[] };
  const clients = new Map(accounts.map((account) => [`${account.tokenUrl} ${account.clientId}`, account]));
  const tried = await Promise.all(
    [...clients.values()].map(async (client) => ((await isClientRefused(client)) ? [client.clientId] : [])),
  );
  return tried.flat();
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  try {
    const [status, body] = await route(incoming);
    reply(outgoing, status, body);
  } catch (error) {
    if (!(error instanceof Trouble)) {
      console.error((error as Error).stack);
      return reply(outgoing, 500, { ok: false });
    }
    const unknown = error.code === 'NOT_FOUND' && error.particulars.upstreamStatus === undefined;
    reply(outgoing, unknown ? 404 : 200, { ok: false, error });
  }
}

async function route(incoming: IncomingMessage): Promise<readonly [status: number, body: unknown]> {
  const { method, url = '/' } = incoming;
  const [, what = '', id = '', operation] = url.split('/').map(decodeURIComponent);
  switch (`${method} ${what} ${operation ?? ''}`.trim()) {
    case 'GET readyz':
      return [200, { ready: true }];
    case 'GET audit':
      return [200, broker.audit()];
    case 'PUT accounts':
      await broker.connect(await bodyOf(incoming));
      return [204, undefined];
    case 'POST accounts call':
      return [200, { ok: true, ...(await broker.call(id, await bodyOf(incoming))) }];
    case 'POST webhooks':
      return (await broker.hear(id, { headers: incoming.headers, body: await textOf(incoming) }))
        ? [204, undefined]
        : [401, { ok: false }];
    case 'GET accounts token':
      return [200, await broker.token(id)];
    case 'GET accounts':
      return [200, broker.status(id)];
    default:
      return [501, { ok: false }];
  }
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of incoming.setEncoding('utf8')) text += chunk;
  return text;
}

async function bodyOf<Body>(incoming: IncomingMessage): Promise<Body> {
  try {
    return JSON.parse(await textOf(incoming)) as Body;
  } catch {
    throw new Trouble('BAD_REQUEST', 'The body must be JSON.');
  }
}

function reply(outgoing: ServerResponse, status: number, body: unknown): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' });
  outgoing.end(body === undefined ? '' : JSON.stringify(body));
}
