// The server of the bare exchanges: node:http that reads what it is sent and answers a constant.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerParent } from './child.ts';
import type { Listening } from './exchanges.ts';

const BODY = JSON.stringify({ results: Array.from({ length: 10 }, (_none, id) => ({ id, stage: 'won' })) });

const server = createServer((incoming, outgoing) => {
  incoming.resume();
  incoming.on('end', () => {
    outgoing.writeHead(200, { 'content-type': 'application/json' });
    outgoing.end(BODY);
  });
});

answerParent(async (): Promise<Listening> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port };
});
process.once('disconnect', () => {
  server.close();
  server.closeAllConnections();
});
