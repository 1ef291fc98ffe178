// The ledger as server-sent events: live, resumable, and no burden however its readers behave.

import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { served } from './served.ts';

interface Reading {
  readonly status: number;
  readonly answer: IncomingMessage;
  readonly asking: ClientRequest;
  /** Everything that has come so far. */
  text(): string;
  ids(): number[];
}

function read(url: string, headers: Record<string, string> = {}): Promise<Reading> {
  return new Promise((resolve, reject) => {
    const asking = get(
      url,
      { headers: { accept: 'text/event-stream', ...headers }, agent: false },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        answer.on('error', () => {});
        const ids = () => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
        resolve({ status: answer.statusCode ?? 0, answer, asking, text: () => text, ids });
      },
    );
    asking.on('error', reject);
    onTestFinished(() => void asking.destroy());
  });
}

test('a reader gets what there is and then what comes, each entry as one event', async () => {
  const { api, account, ask, ledger } = await served();
  await account({ service: 'plain' });
  const reading = await read(`${api}/ledger`);
  expect(reading.answer.headers['content-type']).toBe('text/event-stream');
  await expect.poll(reading.ids).toEqual([1, 2]);
  await ask('POST', '/clock', { advance: '2h' });
  await ask('POST', '/accounts/acme-plain/acts', { act: 'revoke' });
  const all = await ledger();
  await expect.poll(reading.ids).toEqual(all.map(({ seq }) => seq));
  const data = [...reading.text().matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json ?? ''));
  expect(data).toEqual(all);
});

test('what passes by itself is told as well', async () => {
  const { api, account, ask } = await served();
  await account({ service: 'plain' });
  const reading = await read(`${api}/ledger?since=2`);
  await ask('POST', '/clock', { rate: 1_000_000 });
  await expect.poll(reading.text).toContain('"kind":"token.expired"');
  expect(reading.ids()[0]).toBe(3);
});

test('a reader that was cut off goes on where it was', async () => {
  const { api, account } = await served();
  await account({ service: 'plain' });
  await account({ service: 'plain' });
  const reading = await read(`${api}/ledger?since=1`, { 'last-event-id': '3' });
  await expect.poll(reading.ids).toEqual([4]);
});

test('a new world begins with an event that says so, for readers then and for those that come back later', async () => {
  const { api, account, ask } = await served();
  await account({ service: 'plain' });
  const reading = await read(`${api}/ledger`);
  await expect.poll(reading.ids).toEqual([1, 2]);
  await ask('POST', '/reset');
  await account({ service: 'plain', tenant: 'globex' });
  await expect.poll(reading.ids).toEqual([1, 2, 0, 1, 2]);
  expect(reading.text()).toContain('event: reset\nid: 0\ndata: {}\n\n');
  const late = await read(`${api}/ledger`, { 'last-event-id': '77' });
  await expect.poll(late.ids).toEqual([0, 1, 2]);
});

test('a reader that does not read costs nothing, and has missed nothing when it reads again', async () => {
  const { api, account, ask, stand } = await served();
  await account({ service: 'plain' });
  const lazy = await read(`${api}/ledger`);
  lazy.answer.pause();
  const { ledger } = await stand.world();
  const padding = 'x'.repeat(10_000);
  for (let nth = 0; nth < 2000; nth++) {
    ledger.append({ kind: 'event.received', party: 'test', event: padding, via: 'stdout' });
  }
  const before = process.memoryUsage().arrayBuffers;
  await ask('GET', '/state');
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
  expect(lazy.ids().length).toBeLessThan(2002);
  lazy.answer.resume();
  await expect.poll(() => lazy.ids().length, { timeout: 20_000 }).toBe(2002);
});

test('of five thousand readers a hundred are served, and the others are told why not', {
  timeout: 120_000,
}, async () => {
  const { api, account, ask } = await served();
  const readings: Reading[] = [];
  for (let batch = 0; batch < 20; batch++) {
    readings.push(...(await Promise.all(Array.from({ length: 250 }, () => read(`${api}/ledger`)))));
  }
  const refused = readings.filter(({ status }) => status === 503);
  expect({ served: readings.length - refused.length, refused: refused.length }).toEqual({
    served: 100,
    refused: 4900,
  });
  await expect.poll(() => refused.every(({ text }) => text().includes('100 streams are open'))).toBe(true);
  expect((await account({ service: 'plain' })).id).toBe('acme-plain');
  for (const { asking } of readings) asking.destroy();
  await expect
    .poll(async () => {
      const { status, asking } = await read(`${api}/ledger`);
      asking.destroy();
      return status;
    })
    .toBe(200);
  expect((await ask('GET', '/state')).status).toBe(200);
});

test('a stream from what is no number is refused', async () => {
  const { api, ask } = await served();
  const reading = await read(`${api}/ledger?since=x`);
  await expect.poll(reading.text).toContain('since: is no number of an entry');
  expect(reading.status).toBe(400);
  expect((await ask('GET', '/clock')).status).toBe(200);
});
