// The baseline of the refresh measurement: node:http that parses what a service is asked and answers a constant, as long as
// the service's own answer.

import { createServer, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeBody } from '../mocks/http.ts';
import { answerParent } from './child.ts';
import { ownUsage, type ServerQuestion, type Started, type Usage } from './refresh-protocol.ts';
import { sampleOf } from './refresh-sample.ts';

let answer: { headers: OutgoingHttpHeaders; body: string } = { headers: {}, body: '' };
let fieldsIn = (text: string): readonly string[] => [...new URLSearchParams(text).keys()];

const server = createServer((incoming, outgoing) => {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    const fields = fieldsIn(Buffer.concat(chunks).toString('utf8'));
    outgoing.writeHead(fields.length > 0 ? 200 : 400, answer.headers);
    outgoing.end(answer.body);
  });
});

async function start(service: string, accounts: number): Promise<Started> {
  const sample = await sampleOf(service);
  const body = encodeBody(sample.answer);
  answer = { headers: { ...sample.answer.headers, 'content-length': Buffer.byteLength(body) }, body };
  if (sample.account.request.body.startsWith('{')) fieldsIn = (text) => Object.keys(JSON.parse(text));
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, resolve));
  const { port } = server.address() as AddressInfo;
  return { port, accounts: Array.from({ length: accounts }, () => sample.account) };
}

answerParent((question: ServerQuestion): Promise<Started> | Usage =>
  'start' in question ? start(question.start.service, question.start.accounts) : ownUsage(),
);
process.once('disconnect', () => {
  server.close();
  server.closeAllConnections();
});
