// The baseline of the refresh measurement: node:http that parses the form and answers a constant.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerParent } from './child.ts';
import { ownUsage, type ServerQuestion, type Started, type Usage } from './refresh-protocol.ts';
import { PLACE } from './refresh-request.ts';

// As long as the answer of the service `plain`.
const ANSWER = JSON.stringify({
  access_token: `plain-at-${'a'.repeat(40)}`,
  token_type: 'Bearer',
  expires_in: 3600,
  refresh_token: `plain-rt-${'r'.repeat(40)}`,
  scope: 'read write',
});
const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  pragma: 'no-cache',
  'content-length': Buffer.byteLength(ANSWER),
};

const server = createServer((incoming, outgoing) => {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    const known = form.get('grant_type') === 'refresh_token' && form.has('refresh_token');
    outgoing.writeHead(known ? 200 : 400, HEADERS);
    outgoing.end(ANSWER);
  });
});

async function start(accounts: number): Promise<Started> {
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, resolve));
  const { port } = server.address() as AddressInfo;
  const fields = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: `plain-client-${'c'.repeat(12)}`,
    client_secret: 's'.repeat(40),
  });
  const head = [
    'POST /oauth/token HTTP/1.1',
    'Host: 127.0.0.1',
    'Content-Type: application/x-www-form-urlencoded',
    'Accept: application/json',
  ].join('\r\n');
  const request = { head, body: `${fields}&refresh_token=${PLACE}` };
  const account = { request, refreshToken: `plain-rt-${'r'.repeat(40)}` };
  return { port, accounts: Array.from({ length: accounts }, () => account) };
}

answerParent((question: ServerQuestion): Promise<Started> | Usage =>
  'start' in question ? start(question.start.accounts) : ownUsage(),
);
process.once('disconnect', () => {
  server.close();
  server.closeAllConnections();
});
