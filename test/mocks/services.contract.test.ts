// One contract for every service: what holds for all of them, whatever their dialect.

import { describe, expect, test } from 'vitest';
import { ACT_NAMES, type Act } from '../../mocks/acts.ts';
import { encodeBody } from '../../mocks/http.ts';
import { neverExpiring } from '../../mocks/policy.ts';
import { follow } from '../../mocks/produce.ts';
import { createProvider } from '../../mocks/provider.ts';
import { seededRandomness } from '../../mocks/randomness.ts';
import { REFUSALS } from '../../mocks/refusals.ts';
import type { Service, WireRow } from '../../mocks/service.ts';
import { SERVICES } from '../../mocks/services/index.ts';
import { indexRows } from '../../mocks/wire-rows.ts';

const START_MS = Date.parse('2026-03-02T22:00:00.000Z');
const DAY = 86_400_000;
const PROBE = '/a-route-that-no-service-models';

const start = (service: Service) =>
  createProvider(service, { origin: 'http://127.0.0.1:1', randomness: seededRandomness(7) });
const followSteps = (service: Service, steps: Parameters<typeof follow>[1]) =>
  follow(start(service), steps, START_MS);

// A row that the service's own policy never reaches names the variant that does.
function reachable(service: Service, { id, under }: WireRow): Service {
  if (under === undefined) return service;
  const variant = service.variants[under];
  if (variant === undefined) throw new Error(`the row "${id}" names no variant of ${service.id}: "${under}"`);
  return variant.apply(service);
}

test('service ids are unique and well formed', () => {
  const ids = SERVICES.map((service) => service.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z0-9][a-z0-9-]{0,62}$/);
});

const withVariants = SERVICES.flatMap((service) => [
  { name: service.id, service },
  ...Object.entries(service.variants).map(([id, variant]) => ({
    name: `${service.id}: ${id}`,
    service: variant.apply(service),
  })),
]);

describe.each(withVariants)('$name', ({ service }) => {
  test('every wire row is produced by its recipe', () => {
    for (const row of service.wire) {
      const recipes = [row.produce, ...(row.further ?? [])];
      const said = recipes.map((recipe) => followSteps(reachable(service, row), recipe).at(-1));
      for (const last of said) expect(last?.row, `at the end of a recipe of "${row.id}"`).toBe(row.id);
      const words = said.map((last) => last && JSON.stringify([last.answer.status, last.answer.body]));
      expect(new Set(words).size, `recipes of "${row.id}" that bring about the same words`).toBe(
        words.length,
      );
    }
  });

  test('every wire row has an id of its own, known causes, a source, and no cause is claimed twice', () => {
    const ids = service.wire.map((row) => row.id);
    expect(new Set(ids).size).toBe(ids.length);
    const claims = service.wire.flatMap((row) =>
      row.causes.flatMap((cause) => (row.routes ?? ['']).map((route) => `${row.at} ${cause} ${route}`)),
    );
    expect(claims.filter((claim, index) => claims.indexOf(claim) !== index)).toEqual([]);
    const routeIds = service.routes.map((route) => route.id);
    for (const row of service.wire) {
      expect(row.source).not.toBe('');
      expect(routeIds).toEqual(expect.arrayContaining([...(row.routes ?? [])]));
      for (const cause of row.causes) expect(REFUSALS).toHaveProperty(cause);
    }
  });

  test('a limit of calls leaves no route without words', () => {
    const rows = indexRows(service.wire);
    const calls = service.routes.filter(({ auth, issuesFor }) => auth !== 'none' && issuesFor === undefined);
    const mute = calls.filter(({ id }) => rows('resource', 'rate-limited', id) === null);
    expect(mute.map(({ id }) => id)).toEqual([]);
  });

  test('route ids are unique', () => {
    const ids = service.routes.map((route) => route.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('no act, no expiry and no wrong client leaves the service without words', () => {
    const acts = ACT_NAMES.map((act) => (act === 'narrow-scope' ? { act, scopes: [] } : { act }) as Act);
    for (const act of acts) {
      const exchanges = followSteps(service, [act, { call: PROBE }, { refresh: 'current' }, { call: PROBE }]);
      for (const exchange of exchanges.filter(({ truth }) => truth !== 'unmodelled')) {
        expect(exchange.answer.status, `after ${act.act}: ${exchange.route} ${exchange.truth}`).not.toBe(501);
      }
    }
    for (const advanceMs of [DAY, 40 * DAY, 400 * DAY, 4000 * DAY]) {
      for (const exchange of followSteps(service, [
        { advanceMs },
        { call: service.routes[0]?.path ?? PROBE },
        { refresh: 'current' },
      ])) {
        expect(exchange.answer.status, `${advanceMs} ms later: ${exchange.truth}`).not.toBe(501);
      }
    }
    const isPublic = service.tokenRequest.clientAuth[0] === 'none';
    for (const as of ['unknown-client', 'wrong-secret', 'other-client'] as const) {
      // A public client has no secret to get wrong.
      if (isPublic && as === 'wrong-secret') continue;
      const last = followSteps(service, [{ refresh: 'current', as }]).at(-1);
      expect(last?.truth, as).not.toBe('ok');
      expect(last?.row, as).not.toBeNull();
    }
    for (const exchange of ['forged-code', 'wrong-verifier', 'wrong-redirect', 'twice', 'late'] as const) {
      const last = followSteps(service, [{ consent: {}, exchange }]).at(-1);
      expect(last?.truth, exchange).not.toBe('ok');
      expect(last?.row, exchange).not.toBeNull();
    }
  });

  test('a refresh gives an access token that works', () => {
    const provider = start(service);
    if (provider.connect({ id: 'probe', tenant: 'acme', atMs: START_MS }).account.refreshToken === null)
      return;
    const [refreshed, called] = followSteps(service, [{ refresh: 'current' }, { call: PROBE }]);
    expect(refreshed?.truth).toBe('ok');
    expect(called?.truth).toBe('unmodelled');
  });

  test('an account has a refresh token from the start where a consent for its scopes would earn one', () => {
    const { implied, reauthQuery, policy, scopes: usual } = service;
    for (const scopes of [usual, []]) {
      const earns = service.earnsRefreshToken({ query: { ...implied, ...reauthQuery }, scopes, first: true });
      const { account } = start(service).connect({ id: 'probe', tenant: 'acme', atMs: START_MS, scopes });
      expect(account.refreshToken !== null, scopes.join(' ')).toBe(earns && policy.refresh.kind !== 'none');
    }
  });

  test('a consent gives a code that gives a token, and the state comes back', () => {
    if (service.endpoints.authorize.length === 0) return;
    const [authorized, exchanged, called] = followSteps(service, [
      { consent: { state: 'xyz' } },
      { call: PROBE },
    ]);
    expect(authorized?.answer.status).toBe(302);
    expect(new URL(authorized?.answer.headers.location ?? '').searchParams.get('state')).toBe('xyz');
    expect(exchanged?.truth).toBe('ok');
    expect(called?.truth).toBe('unmodelled');
  });

  test('two accounts never share a token, and a refusal never tells a secret', () => {
    const provider = start(service);
    for (const row of service.wire) {
      const fresh = start(reachable(service, row));
      const last = follow(fresh, row.produce, START_MS).at(-1);
      const said =
        last === undefined ? '' : `${encodeBody(last.answer)}${JSON.stringify(last.answer.headers)}`;
      for (const { value } of fresh.authority.secrets()) expect(said, row.id).not.toContain(value);
    }
    const accounts = ['a', 'b', 'c'].map(
      (id) => provider.connect({ id, tenant: id, atMs: START_MS }).account,
    );
    const values = accounts.flatMap(({ accessToken, refreshToken }) =>
      [accessToken, refreshToken ?? []].flat(),
    );
    expect(new Set(values).size).toBe(values.length);
    for (const value of values) expect(value.length).toBeGreaterThanOrEqual(24);
  });

  test('the same seed and the same steps give the same answers', () => {
    const steps = [{ refresh: 'current' }, { call: PROBE }, { act: 'revoke' }, { call: PROBE }] as const;
    expect(followSteps(service, steps)).toEqual(followSteps(service, steps));
  });

  test('in the world of the twin nothing expires', () => {
    const twin = { ...service, policy: neverExpiring(service.policy, 3650 * DAY) };
    const { refreshToken } = start(twin).connect({ id: 'probe', tenant: 'acme', atMs: START_MS }).account;
    const refresh = refreshToken === null ? [] : [{ refresh: 'original' } as const];
    for (const exchange of followSteps(twin, [{ advanceMs: 300 * DAY }, { call: PROBE }, ...refresh])) {
      expect(['unmodelled', 'ok']).toContain(exchange.truth);
    }
  });
});
