// The load of the refresh measurement: a lean HTTP client on raw sockets, so that the server is the limit and not the client.

import { connect, type Socket } from 'node:net';
import { answerParent } from './child.ts';
import { type LoadAccount, type LoadOrder, type LoadReport, ownUsage } from './refresh-protocol.ts';
import { PLACE } from './refresh-request.ts';

const HEAD_END = '\r\n\r\n';
const LENGTH = 'content-length: ';
/** Of the last answer that this process received. */
let signatures = 0;

const NEXT_TOKEN = '"refresh_token":"';

answerParent(async (order: LoadOrder): Promise<LoadReport> => {
  const cpuBefore = ownUsage().cpuMicros;
  const begunMs = performance.now();
  const endMs = begunMs + order.longestMs;
  let answers = 0;
  const mayGoOn = () => ++answers < order.answers && performance.now() < endMs;
  const accounts = await Promise.all(
    order.accounts.map((account) => keepRefreshing(order.port, account, mayGoOn)),
  );
  const elapsedMs = performance.now() - begunMs;
  return { answers, elapsedMs, cpuMicros: ownUsage().cpuMicros - cpuBefore, signatures, accounts };
});

/** Refreshes one account over one connection, each time with the token of the answer before. */
function keepRefreshing(port: number, account: LoadAccount, mayGoOn: () => boolean): Promise<LoadAccount> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let { refreshToken } = account;
    let received = '';
    socket.setEncoding('latin1');
    socket.on('error', reject);
    socket.on('connect', () => send(socket, account, refreshToken));
    socket.on('data', (text: string) => {
      received += text;
      const body = wholeBody(received);
      if (body === null) return;
      if (!received.startsWith('HTTP/1.1 200')) {
        socket.destroy(new Error(`a refresh was answered ${received.slice(0, 400)}`));
        return;
      }
      received = '';
      refreshToken = nextToken(body, refreshToken);
      if (!mayGoOn()) {
        signatures = body.match(SIGNED)?.length ?? 0;
        socket.end();
      } else send(socket, account, refreshToken);
    });
    socket.on('close', () => resolve({ ...account, refreshToken }));
  });
}

function send(socket: Socket, { request }: LoadAccount, refreshToken: string): void {
  const body = request.body.replace(PLACE, refreshToken);
  socket.write(`${request.head}\r\nContent-Length: ${body.length}${HEAD_END}${body}`);
}

/** The body of an answer that has arrived as a whole, else null. */
function wholeBody(received: string): string | null {
  const headEnd = received.indexOf(HEAD_END);
  if (headEnd < 0) return null;
  const at = received.indexOf(LENGTH);
  const length = Number(received.slice(at + LENGTH.length, received.indexOf('\r', at)));
  const body = received.slice(headEnd + HEAD_END.length);
  return body.length < length ? null : body;
}

// A service that does not rotate says the same token again, or none.
function nextToken(body: string, present: string): string {
  const at = body.indexOf(NEXT_TOKEN);
  if (at < 0) return present;
  const from = at + NEXT_TOKEN.length;
  return body.slice(from, body.indexOf('"', from));
}

// A signature with a key of 2048 bits is 342 characters long.
const SIGNED = /eyJ[\w-]+\.[\w-]+\.[\w-]{342}/g;
