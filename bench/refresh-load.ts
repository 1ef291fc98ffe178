// The load of the refresh measurement: a lean HTTP client on raw sockets, so that the server is the limit and not the client.

import { connect, type Socket } from 'node:net';
import { answerParent } from './child.ts';
import { type LoadAccount, type LoadOrder, type LoadReport, ownUsage } from './refresh-protocol.ts';

const HEAD_END = '\r\n\r\n';
const LENGTH = 'content-length: ';
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
  return { answers, elapsedMs, cpuMicros: ownUsage().cpuMicros - cpuBefore, accounts };
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
      refreshToken = nextToken(body);
      if (mayGoOn()) send(socket, account, refreshToken);
      else socket.end();
    });
    socket.on('close', () => resolve({ ...account, refreshToken }));
  });
}

function send(socket: Socket, { clientId, clientSecret }: LoadAccount, refreshToken: string): void {
  const body = `grant_type=refresh_token&refresh_token=${refreshToken}&client_id=${clientId}&client_secret=${clientSecret}`;
  socket.write(
    `POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}${HEAD_END}${body}`,
  );
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

function nextToken(body: string): string {
  const at = body.indexOf(NEXT_TOKEN) + NEXT_TOKEN.length;
  return body.slice(at, body.indexOf('"', at));
}
