// hour4/msw in a browser: a page calls the real hosts, and its service worker answers as the services do.

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { http } from 'msw';
import { setupServer } from 'msw/node';
import type { Browser, Page } from 'playwright-core';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SERVICES } from '../../mocks/index.ts';
import { handlers } from '../../mocks/msw.ts';
import { chromiumPath, startChromium } from './chromium.ts';
import { refreshAll } from './refresh-all.js';

const executable = chromiumPath();
const WORKER = join(import.meta.dirname, '..', '..', 'node_modules', 'msw', 'lib', 'mockServiceWorker.js');

/** What the page keeps for the test; it runs in the browser. */
declare const hour4Page: {
  started: Promise<unknown>;
  mocks: ReturnType<typeof handlers>;
  refreshAll: typeof refreshAll;
  SERVICES: typeof SERVICES;
  createProvider: typeof import('../../mocks/index.ts').createProvider;
  fetchHandler: typeof import('../../mocks/index.ts').fetchHandler;
  seededRandomness: typeof import('../../mocks/index.ts').seededRandomness;
};

/** What is looked at in the answers. */
interface Body {
  readonly results: readonly unknown[];
  readonly category: string;
  readonly access_token: string;
  readonly error: string;
}

/** The page's script in one piece, as any bundler for browsers makes it: no alias, no polyfill. */
async function bundled(): Promise<string> {
  const bundle = await rolldown({ input: join(import.meta.dirname, 'msw-page.js'), platform: 'browser' });
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: false });
  await bundle.close();
  const [{ code, imports }] = output;
  expect(imports).toEqual([]);
  return code;
}

describe.skipIf(executable === null)('the services in a service worker', () => {
  let browser: Browser;
  let page: Page;
  let server: Server;

  beforeAll(async () => {
    const files: Record<string, readonly [string, string]> = {
      '/': [
        'text/html',
        '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>',
      ],
      '/page.js': ['text/javascript', await bundled()],
      '/mockServiceWorker.js': ['text/javascript', readFileSync(WORKER, 'utf8')],
    };
    server = createServer(({ url = '' }, outgoing) => {
      const [type, text] = files[url] ?? ['text/plain', ''];
      outgoing.writeHead(url in files ? 200 : 404, { 'content-type': type }).end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    browser = await startChromium(executable ?? '');
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction('globalThis.hour4Page?.started');
    await page.evaluate(() => hour4Page.started.then(() => null));
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
  });

  test('every account and every refresh is the same as in Node', { timeout: 120_000 }, async () => {
    const mocks = handlers(http, SERVICES);
    const node = setupServer(...mocks);
    node.listen();
    const expected = await refreshAll(mocks.accounts).finally(() => node.close());
    const { accounts, answers } = await page.evaluate(async () => {
      const { accounts } = hour4Page.mocks;
      return { accounts: [...accounts], answers: await hour4Page.refreshAll(accounts) };
    });
    expect(accounts).toEqual(mocks.accounts);
    expect(answers).toEqual(expected);
    expect(answers.filter((answer) => / 200 /.test(answer)).length).toBeGreaterThan(10);
  });

  test('a token expires, is refreshed, and its grant is revoked', async () => {
    const seen = await page.evaluate(async () => {
      const { mocks } = hour4Page;
      const account = mocks.connect({ service: 'hubspot', tenant: 'globex' });
      const ask = async (token: string) => {
        const url = 'https://api.hubapi.com/crm/v3/objects/deals?limit=1';
        const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
        return { status: answer.status, body: (await answer.json()) as Body };
      };
      const refresh = async () => {
        const fields = { grant_type: 'refresh_token', refresh_token: account.refreshToken ?? '' };
        const client = { client_id: account.clientId, client_secret: account.clientSecret ?? '' };
        const body = new URLSearchParams({ ...fields, ...client });
        const answer = await fetch(account.tokenUrl, { method: 'POST', body });
        return { status: answer.status, body: (await answer.json()) as Body };
      };
      const before = await ask(account.accessToken);
      mocks.advance(31 * 60_000);
      const expired = await ask(account.accessToken);
      const refreshed = await refresh();
      const after = await ask(refreshed.body.access_token);
      mocks.act(account.id, { act: 'revoke' });
      return { before, expired, refreshed, after, refused: await refresh() };
    });
    expect(seen.before.body.results).toHaveLength(1);
    expect([seen.expired.status, seen.expired.body.category]).toEqual([401, 'EXPIRED_AUTHENTICATION']);
    expect([seen.refreshed.status, seen.after.status]).toEqual([200, 200]);
    expect([seen.refused.status, seen.refused.body.error]).toEqual([400, 'invalid_grant']);
  });

  test('the fetch transport answers a Request of the browser', async () => {
    const seen = await page.evaluate(async () => {
      const { SERVICES: services, createProvider, fetchHandler, seededRandomness } = hour4Page;
      const plain = services.find(({ id }) => id === 'plain');
      if (plain === undefined) throw new Error('not there');
      const provider = createProvider(plain, {
        origin: 'https://plain.example',
        randomness: seededRandomness(1),
      });
      const nowMs = Date.parse('2026-03-02T22:00:00Z');
      const { account } = provider.connect({ id: 'acme-plain', tenant: 'acme', atMs: nowMs });
      const ask = fetchHandler(provider, { nowMs: () => nowMs });
      const headers = { authorization: `Bearer ${account.accessToken}`, 'content-type': 'application/json' };
      const request = new Request('https://plain.example/v1/items', {
        method: 'POST',
        headers,
        body: '{"name":"one"}',
      });
      const answer = await ask(request);
      return { status: answer.status, date: answer.headers.get('date'), body: await answer.json() };
    });
    expect(seen).toMatchObject({ status: 201, date: 'Mon, 02 Mar 2026 22:00:00 GMT', body: { name: 'one' } });
  });
});
