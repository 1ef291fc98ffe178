// The mock tool as a module: what it says for each knob, against a service that answers as it is told.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Behaviour, HONEST, mockTool } from '../harness/index.ts';

const END = Date.parse('2026-03-02T22:15:00.000Z');

let answer = { status: 200, body: '{}' };
const service = createServer((_request, response) => {
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
});
beforeAll(() => new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening)));
afterAll(() => service.close());

async function said(knobs: Partial<Behaviour>, nowMs: number, status = 401, body = '{}') {
  answer = { status, body };
  const { port } = service.address() as AddressInfo;
  const env = {
    HOUR4_PLAIN_API: `http://127.0.0.1:${port}`,
    HOUR4_PLAIN_ACCESS_TOKEN: 'a',
    HOUR4_PLAIN_EXPIRES_AT: new Date(END).toISOString(),
  };
  const behaviour = { ...HONEST, ...knobs };
  const { stdout, stderr, exitCode } = await mockTool({
    args: ['items'],
    env,
    behaviour,
    nowMs: () => nowMs,
  });
  return { exitCode, stderr, error: stdout === '' ? null : JSON.parse(stdout).error };
}

describe('an expiry', () => {
  test.each<[Partial<Behaviour>, object, number]>([
    [{ level: 0 }, { code: 'FORBIDDEN', message: 'Access denied' }, 1],
    [{ level: 1 }, { code: 'UNAUTHORIZED', message: 'The access token has expired.' }, 1],
    [{ level: 1, expiryCode: 'ERR' }, { code: 'ERR', message: 'The access token has expired.' }, 1],
    [
      { level: 2, reauth: 'none', expiredAt: 'none', expiryCode: 'AUTH_EXPIRED' },
      { code: 'AUTH_EXPIRED', message: 'The access token has expired.', expired: true },
      1,
    ],
    [
      { reauth: 'env-only' },
      {
        code: 'CREDENTIALS_EXPIRED',
        message: 'The access token expired at 2026-03-02T22:15:00.000Z.',
        expired: true,
        expired_at: '2026-03-02T22:15:00.000Z',
        retryable: true,
        reauth_env_var: 'TOOL_TOKEN',
      },
      10,
    ],
  ])('%j', async (knobs, error, exitCode) => {
    expect(await said(knobs, END)).toEqual({ exitCode, stderr: '', error });
  });

  test('a wrong end is an hour off; plain text goes to stderr', async () => {
    expect((await said({ expiredAt: 'wrong' }, END)).error.expired_at).toBe('2026-03-02T21:15:00.000Z');
    const text = await said({ output: 'text', level: 1 }, END);
    expect(text).toEqual({ exitCode: 1, stderr: 'error: The access token has expired.\n', error: null });
  });
});

describe('a denial', () => {
  const denied = (knobs: Partial<Behaviour>) => said(knobs, END - 1, 403);

  test('is one at every level but 0, where it is like an expiry', async () => {
    expect((await denied({})).error).toMatchObject({ code: 'PERMISSION_DENIED', retryable: false });
    expect((await denied({})).exitCode).toBe(8);
    expect((await denied({ denialCode: 'FORBIDDEN' })).error.code).toBe('FORBIDDEN');
    expect(await denied({ level: 0 })).toEqual(await said({ level: 0 }, END));
  });

  test('may be called an expiry', async () => {
    expect(await denied({ denial: 'called-expired' })).toMatchObject({ exitCode: 10 });
  });
});
