// The service `oidc` in a world: what goes over the wire is oidc-provider's, and the record knows the truth of it.

import { afterEach, describe, expect, test } from 'vitest';
import { configureService } from '../../harness/config/services.ts';
import type { Entry } from '../../harness/entry.ts';
import { SERVICES } from '../../harness/services.ts';
import { createWorld, type World } from '../../harness/world/world.ts';
import { isJsonObject } from '../../mocks/http.ts';
import type { Account, Answer, JsonObject, Request } from '../../mocks/index.ts';
import { type ManualClock, manualClock } from '../world/manual-clock.ts';

const START_MS = Date.parse('2026-03-02T22:00:00.000Z');
const MINUTE_MS = 60_000;
const WITHIN_MS = 1000;

const worlds: World[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

interface Scene {
  readonly clock: ManualClock;
  readonly world: World;
  readonly account: Account;
  ask(request: Partial<Request>): Promise<Answer>;
  post(
    url: string | null,
    fields: Readonly<Record<string, string>>,
  ): Promise<{ status: number; body: JsonObject }>;
  call(token: string): Promise<number>;
}

async function open(): Promise<Scene> {
  const clock = manualClock(START_MS);
  const world = await createWorld({
    clock,
    ...{ scenario: 'test', variant: null, seed: 1, data: {}, timeline: [] },
    services: [configureService('oidc', { accessTtl: '30m', refreshIdle: '2h' }, SERVICES)],
    accounts: [
      { id: 'acme-oidc', service: 'oidc', tenant: 'acme' },
      { id: 'globex-oidc', service: 'oidc', tenant: 'globex' },
    ],
    untilMs: 6 * 60 * MINUTE_MS,
    latency: { minMs: 20, maxMs: 80 },
    ...{ bodyBytes: 1_000_000, connections: 100 },
  });
  worlds.push(world);
  const [account] = world.accounts;
  if (account === undefined) throw new Error('no account');
  const ask: Scene['ask'] = async (request) => {
    let answer: Answer | null = null;
    const full = {
      method: 'GET',
      host: 'oidc.example',
      path: '/',
      query: {},
      headers: {},
      body: '',
      ...request,
    };
    world.receive('oidc', full, {
      socket: null,
      send: (given) => {
        answer = given;
      },
      cut: () => {},
      onGone: () => {},
    });
    while (answer === null) {
      clock.settle(clock.nowMs + WITHIN_MS);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return answer;
  };
  return {
    ...{ clock, world, account, ask },
    post: async (url, fields) => {
      const { clientId: client_id, clientSecret } = account;
      const body = new URLSearchParams({
        client_id,
        client_secret: clientSecret ?? '',
        ...fields,
      }).toString();
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await ask({ method: 'POST', path: new URL(url ?? '').pathname, headers, body });
      return { status: answer.status, body: isJsonObject(answer.body) ? answer.body : {} };
    },
    call: async (token) =>
      (await ask({ path: '/v1/items', headers: { authorization: `Bearer ${token}` } })).status,
  };
}

const refresh = ({ post, account }: Scene, token: string | null = account.refreshToken) =>
  post(account.tokenUrl, { grant_type: 'refresh_token', refresh_token: token ?? '' });

const told = (world: World, kind: Entry['kind']) =>
  world.ledger.entries.filter((entry) => entry.kind === kind);

describe('the record', () => {
  test('knows what a refresh minted and replaced', async () => {
    const scene = await open();
    const { status, body } = await refresh(scene);
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual([
      'access_token',
      'expires_in',
      'id_token',
      'refresh_token',
      'scope',
      'token_type',
    ]);
    expect(told(scene.world, 'token.rotated')).toMatchObject([
      { token: 'acme-oidc/rt-1', successor: 'acme-oidc/rt-2', account: 'acme-oidc' },
    ]);
    expect(told(scene.world, 'exchange.answered')).toMatchObject([
      { endpoint: 'token', account: 'acme-oidc', token: 'acme-oidc/rt-1', truth: 'ok', status: 200 },
    ]);
    expect(await scene.call(String(body.access_token))).toBe(200);
    expect(await scene.call(scene.account.accessToken)).toBe(200);
  });

  test('tells reuse, of which the wire says little, and what died of it', async () => {
    const scene = await open();
    const { body } = await refresh(scene);
    expect(await refresh(scene)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(told(scene.world, 'token.refused')).toMatchObject([{ token: 'acme-oidc/rt-1', truth: 'rotated' }]);
    const revoked = told(scene.world, 'token.revoked').map((entry) => ('token' in entry ? entry.token : ''));
    expect(revoked.sort()).toEqual(['acme-oidc/at-1', 'acme-oidc/at-2', 'acme-oidc/rt-2']);
    for (const entry of told(scene.world, 'token.revoked')) expect(entry).toMatchObject({ truth: 'reused' });
    expect(await scene.call(String(body.access_token))).toBe(401);
  });

  test('tells the end of an access token when it comes, and both servers hold to the second', async () => {
    const scene = await open();
    const token = scene.account.accessToken;
    scene.clock.settle(30 * MINUTE_MS - 2 * WITHIN_MS);
    expect(await scene.call(token)).toBe(200);
    scene.clock.settle(30 * MINUTE_MS);
    expect(told(scene.world, 'token.expired')).toMatchObject([
      { token: 'acme-oidc/at-1', at: 30 * MINUTE_MS },
      { token: 'globex-oidc/at-1', at: 30 * MINUTE_MS },
    ]);
    expect(await scene.call(token)).toBe(401);
    const { body } = await scene.post(`${scene.account.tokenUrl}/introspection`, { token });
    expect(body).toEqual({ active: false });
  });

  test.each([
    ['revoke', 'revoked-by-user'],
    ['offboard', 'offboarded'],
    ['require-reauth', 'reauth-required'],
  ] as const)('knows of %s, and the provider too', async (act, truth) => {
    const scene = await open();
    scene.world.take({ account: 'acme-oidc', act });
    expect(await refresh(scene)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(told(scene.world, 'token.refused')).toMatchObject([{ token: 'acme-oidc/rt-1', truth }]);
  });

  test('knows a token that lay too long, one that nobody minted, and a bad secret', async () => {
    const scene = await open();
    expect((await refresh(scene, 'never-minted')).status).toBe(400);
    const { tokenUrl, refreshToken } = scene.account;
    const bad = { grant_type: 'refresh_token', refresh_token: refreshToken ?? '', client_secret: 'wrong' };
    expect(await scene.post(tokenUrl, bad)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    scene.clock.settle(2 * 60 * MINUTE_MS);
    await refresh(scene);
    expect(told(scene.world, 'exchange.answered')).toMatchObject([
      { truth: 'unknown-token', token: 'unminted' },
      { truth: 'wrong-secret', account: 'acme-oidc' },
      { truth: 'idle', account: 'acme-oidc' },
    ]);
  });

  test('knows what its client revoked, and with it the grant', async () => {
    const scene = await open();
    const { accessToken, revokeUrl } = scene.account;
    expect((await scene.post(revokeUrl, { token: accessToken })).status).toBe(200);
    for (const token of ['acme-oidc/at-1', 'acme-oidc/rt-1'])
      expect(told(scene.world, 'token.revoked')).toContainEqual(
        expect.objectContaining({ token, truth: 'revoked-by-client' }),
      );
    expect((await refresh(scene)).status).toBe(400);
  });

  test('and the provider agree on every token, at any time', async () => {
    const scene = await open();
    const provider = scene.world.providers.get('oidc');
    await refresh(scene);
    scene.world.take({ account: 'globex-oidc', act: 'end-sessions' });
    scene.clock.settle(31 * MINUTE_MS);
    await refresh(
      scene,
      String([...(provider?.authority.secrets() ?? [])].find(({ id }) => id === 'acme-oidc/rt-2')?.value),
    );
    for (const { id, value } of [...(provider?.authority.secrets() ?? [])]) {
      const { body } = await scene.post(`${scene.account.tokenUrl}/introspection`, { token: value });
      const view = provider?.authority.view(value, START_MS + scene.clock.nowMs);
      expect([id, body.active]).toEqual([id, view?.live]);
    }
  });
});

test('its discovery, keys and user information are its own', async () => {
  const { ask, account } = await open();
  const { body } = await ask({ path: '/.well-known/openid-configuration' });
  expect(body).toMatchObject({ issuer: account.apiUrl, token_endpoint: account.tokenUrl });
  expect((await ask({ path: '/jwks' })).body).toMatchObject({ keys: [{ kid: 'hour4', kty: 'RSA' }] });
  const headers = { authorization: `Bearer ${account.accessToken}` };
  expect((await ask({ path: '/me', headers })).body).toEqual({ sub: 'acme-oidc' });
});

test('a knob that it does not have is named', () => {
  expect(() => configureService('oidc', { grace: '30s' }, SERVICES)).toThrow(
    'services.oidc.grace: oidc has no such knob: leave it out',
  );
});
