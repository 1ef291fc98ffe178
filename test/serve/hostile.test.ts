// Callers that mean no good, or know no better: `serve` answers them or drops them, and goes on for the others.

import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { SERVICES } from '../../mocks/index.ts';
import { type Served, send, served } from './served.ts';

const MEBIBYTE = 2 ** 20;

const goesOn = async ({ ask, account, call }: Served) => {
  expect((await ask('GET', '/state')).status).toBe(200);
  const fresh = await account({ service: 'plain' });
  expect((await call(fresh, '/v1/me')).status).toBe(200);
};

function dial(url: string): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  return socket;
}

function textOf(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('close', () => resolve(text));
  });
}

test('bodies of a hundred megabytes are refused, and not kept', { timeout: 120_000 }, async () => {
  const world = await served();
  const { apiUrl } = await world.account({ service: 'plain' });
  const before = process.memoryUsage();
  const flood = async (url: string) => {
    const chunk = Buffer.alloc(MEBIBYTE, 'x');
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        if (sent++ < 100) controller.enqueue(chunk);
        else controller.close();
      },
    });
    return (await fetch(url, { method: 'POST', body, duplex: 'half' } as RequestInit)).status;
  };
  expect(await Promise.all([flood(`${world.api}/clock`), flood(`${apiUrl}/oauth/token`)])).toEqual([
    413, 413,
  ]);
  expect(process.memoryUsage().heapUsed - before.heapUsed).toBeLessThan(50 * MEBIBYTE);
  await goesOn(world);
});

test('senders that stop in the middle hold up nobody', async () => {
  const world = await served();
  const { apiUrl } = await world.account({ service: 'plain' });
  for (const url of [world.api, apiUrl]) {
    for (const start of [
      '',
      'POST /_hour4/clock HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 100\r\n\r\n{"advance"',
      'POST /oauth/token HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: ',
    ]) {
      for (let nth = 0; nth < 50; nth++) dial(url).write(start);
    }
  }
  await goesOn(world);
});

test('what is no HTTP is answered with 400 and dropped', async () => {
  const world = await served();
  const { apiUrl } = await world.account({ service: 'plain' });
  for (const url of [world.api, apiUrl]) {
    for (const noise of [
      '\u0016\u0003\u0001hello\r\n\r\n',
      'GET\r\n\r\n',
      `GET / HTTP/1.1\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`,
    ]) {
      const socket = dial(url);
      const answered = textOf(socket);
      socket.write(noise);
      expect(await answered).toMatch(/^HTTP\/1\.1 4\d\d /);
    }
  }
  await goesOn(world);
});

test('a caller that hangs up while it is held is lost, and the gate goes on without it', async () => {
  const world = await served();
  const { account, ask, ledger, refresh } = world;
  const acme = await account({ service: 'plain' });
  await ask('POST', '/gates', {
    id: 'race',
    phase: 'before-commit',
    match: { route: 'token' },
    giveUpMs: null,
  });
  const { pathname } = new URL(acme.tokenUrl);
  const body = `grant_type=refresh_token&refresh_token=${acme.refreshToken}`;
  const socket = dial(acme.apiUrl);
  socket.write(
    `POST ${pathname} HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  await expect.poll(async () => (await ask('GET', '/gates')).body[0].holds).toEqual(['x-1']);
  socket.destroy();
  await expect.poll(async () => (await ledger()).some(({ kind }) => kind === 'exchange.lost')).toBe(true);
  const correct = refresh(acme);
  await expect.poll(async () => (await ask('GET', '/gates')).body[0].holds).toHaveLength(2);
  await ask('POST', '/gates/race/release');
  expect((await correct).status).toBe(200);
});

const STRANGE_PATHS = [
  '/',
  '/%',
  '/%E0%A4%A',
  '/..%2f..%2fetc/passwd',
  '/__proto__',
  '//',
  '/a?%=%&=&a[b]=1&a=1',
  '*',
];
const STRANGE_BODIES = [
  '',
  '{',
  '[]',
  'null',
  '"x"',
  '{"a":',
  '%',
  'a=%E0%A4%A&a=b',
  '\u0000',
  '{"__proto__":{"x":1}}',
];
const STRANGE_HEADERS = [
  '',
  'Bearer',
  'Bearer  ',
  'Basic',
  'Basic ====',
  'Basic Og==',
  'Bearer \u00ff',
  'x'.repeat(8000),
];

test.each(SERVICES.map(({ id }) => id))('nothing that is sent to %s ends the process', async (id) => {
  const { account, ask, stand } = await served([id]);
  const { apiUrl } = await account({ service: id });
  const { endpoints, routes } = await stand.open(stand.offers[0] ?? expect.unreachable('nothing is offered'));
  const real = [
    ...endpoints.token,
    ...endpoints.revoke,
    ...endpoints.authorize,
    ...routes.map(({ path }) => path),
  ];
  const paths = new Set([...STRANGE_PATHS, ...real.map((path) => path.replace(/\{\w+\+?\}/g, '%E0%A4%A'))]);
  const asking: Promise<number>[] = [];
  for (const path of paths) {
    for (const [index, body] of STRANGE_BODIES.entries()) {
      const headers: Record<string, string> = {
        'content-type': index % 2 === 0 ? 'application/json' : 'application/x-www-form-urlencoded',
        authorization: STRANGE_HEADERS[index % STRANGE_HEADERS.length] ?? '',
      };
      for (const method of ['GET', 'POST']) {
        asking.push(send(apiUrl, { method, path, headers, body }).then(({ status }) => status));
      }
    }
  }
  const statuses = await Promise.all(asking);
  expect(statuses.filter((status) => status < 200 || status > 599)).toEqual([]);
  expect((await ask('GET', '/state')).status).toBe(200);
});
