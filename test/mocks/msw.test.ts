// The services in people's own tests: real URLs through msw, and the fetch transport alone.

import https from 'node:https';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createProvider, fetchHandler, SERVICES, seededRandomness } from '../../mocks/index.ts';
import { type Account, handlers } from '../../mocks/msw.ts';

const MINUTE = 60_000;
const only = (...ids: string[]) => SERVICES.filter(({ id }) => ids.includes(id));
const DEALS = 'https://api.hubapi.com/crm/v3/objects/deals?limit=1';

const mocks = handlers(http, only('hubspot', 'salesforce', 'github', 'okta'), { seed: 7 });
const elsewhere = http.get('https://elsewhere.example/', () => HttpResponse.text('somebody else'));
const server = setupServer(...mocks, elsewhere);
beforeEach(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => {
  server.close();
  vi.useRealTimers();
});

const bearer = ({ accessToken }: Account) => ({ headers: { authorization: `Bearer ${accessToken}` } });

const refresh = ({ tokenUrl, refreshToken, clientId, clientSecret }: Account) =>
  fetch(tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: refreshToken ?? '',
      client_id: clientId,
      client_secret: clientSecret ?? '',
    }),
  });

describe('handlers', () => {
  test('a token lives, expires when time goes on, and is refreshed; the account may be revoked', async () => {
    const account = mocks.connect({ service: 'hubspot', tenant: 'globex' });
    expect(account).toMatchObject({ id: 'globex-hubspot', apiUrl: 'https://api.hubapi.com' });
    expect((await fetch(DEALS, bearer(account))).status).toBe(200);
    mocks.advance(31 * MINUTE);
    const expired = await fetch(DEALS, bearer(account));
    expect(expired.status).toBe(401);
    expect(await expired.json()).toMatchObject({ category: 'EXPIRED_AUTHENTICATION' });
    const answer = (await (await refresh(account)).json()) as { access_token: string };
    expect((await fetch(DEALS, bearer({ ...account, accessToken: answer.access_token }))).status).toBe(200);
    mocks.act('globex-hubspot', { act: 'revoke' });
    expect((await refresh(account)).status).toBe(400);
  });

  test('clients of node:https reach them too', async () => {
    const status = await new Promise((resolve, reject) => {
      https
        .get('https://api.github.com/user', (answer) => resolve(answer.resume().statusCode))
        .on('error', reject);
    });
    expect(status).toBe(401);
  });

  test('a host under a wildcard is the same service, and links lead back to where the request came from', async () => {
    const account = mocks.accounts.find(({ service }) => service === 'salesforce') as Account;
    const url = 'https://acme.my.salesforce.com/services/oauth2/token';
    const answer = (await (await refresh({ ...account, tokenUrl: url })).json()) as { instance_url: string };
    expect(answer.instance_url).toBe('https://acme.my.salesforce.com');
  });

  test('other hosts are left to the handlers after them', async () => {
    expect(await (await fetch('https://elsewhere.example/')).text()).toBe('somebody else');
    await expect(fetch('https://nobody.example/')).rejects.toThrow();
  });

  test('the clock of the test is followed, also a faked one', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2030-01-01T00:00:00Z') });
    const own = handlers(http, only('hubspot'), { nowMs: () => Date.now() });
    server.use(...own);
    const [account] = own.accounts;
    expect(account?.expiresAt).toBe('2030-01-01T00:30:00.000Z');
    const ask = async () => (await fetch(DEALS, bearer(account as Account))).status;
    expect(await ask()).toBe(200);
    vi.setSystemTime(Date.parse('2030-01-01T00:31:00Z'));
    expect(await ask()).toBe(401);
    server.resetHandlers();
  });

  test('the same seed gives the same tokens, another one others', () => {
    const token = (seed: number) => handlers(http, only('hubspot'), { seed }).accounts[0]?.accessToken;
    expect(token(1)).toBe(token(1));
    expect(token(1)).not.toBe(token(2));
  });

  test('what is not there is said', () => {
    expect(() => mocks.connect({ service: 'slack' })).toThrow('"slack" is not among those that were given');
    expect(() => mocks.connect({ service: 'github' })).toThrow('there is an account "acme-github" already');
    expect(() => mocks.act('acme-slack', { act: 'revoke' })).toThrow('there is no account "acme-slack"');
  });

  test('two services at one host are told apart by the path', async () => {
    const [hubspot, github] = only('hubspot', 'github');
    if (hubspot === undefined || github === undefined) throw new Error('not there');
    const both = handlers(http, [hubspot, { ...github, hosts: hubspot.hosts }]);
    server.use(...both);
    const statuses = await Promise.all(
      both.accounts.map(async (account) => {
        const path = account.service === 'github' ? '/user/repos' : '/crm/v3/objects/deals';
        return (await fetch(`https://api.hubapi.com${path}`, bearer(account))).status;
      }),
    );
    expect(statuses).toEqual([200, 200]);
    server.resetHandlers();
  });
});

test('a service as a function of fetch', async () => {
  const [plain] = only('plain');
  if (plain === undefined) throw new Error('not there');
  let nowMs = Date.parse('2026-03-02T22:00:00Z');
  const provider = createProvider(plain, {
    origin: 'https://plain.example',
    randomness: seededRandomness(1),
  });
  const { account } = provider.connect({ id: 'acme-plain', tenant: 'acme', atMs: nowMs });
  const ask = fetchHandler(provider, { nowMs: () => nowMs });
  const me = () => ask(new Request('https://plain.example/v1/me', bearer(account)));
  const answer = await me();
  expect(answer.status).toBe(200);
  expect(answer.headers.get('date')).toBe('Mon, 02 Mar 2026 22:00:00 GMT');
  const made = await ask(
    new Request('https://plain.example/v1/items', {
      method: 'POST',
      body: '{"name":"one"}',
      ...bearer(account),
    }),
  );
  expect(await made.json()).toMatchObject({ name: 'one' });
  nowMs += 24 * 60 * MINUTE;
  expect((await me()).status).toBe(401);
});
