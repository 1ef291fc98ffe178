// What is special about Stripe: an hour that no answer tells, 403 for a revoked grant, and idempotency keys.

import { describe, expect, test } from 'vitest';
import { accountIdOf, customerIdOf } from '../../mocks/services/stripe/account.ts';
import stripe from '../../mocks/services/stripe/index.ts';
import { bodyOf, START_MS, visit } from './visit.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CUSTOMERS = '/v1/customers';

type Visited = ReturnType<typeof visit>;
const connect = () => visit(stripe.variants.connect?.apply(stripe) ?? stripe);
const errorOf = (exchange: ReturnType<Visited['call']>) =>
  bodyOf(exchange).error as { type: string; message: string; code?: string };
const post = (
  visited: Visited,
  path: string,
  params: Record<string, string>,
  headers: Record<string, string> = {},
) => visited.form(path, params, { authorization: `Bearer ${visited.account.accessToken}`, ...headers });

describe('tokens', () => {
  test('a refresh brings two new tokens and states no lifetime, which is an hour', () => {
    const visited = visit(stripe);
    const answer = bodyOf(visited.refresh());
    expect(answer).toMatchObject({
      token_type: 'bearer',
      scope: 'stripe_apps',
      livemode: false,
      stripe_user_id: accountIdOf('acme'),
      refresh_token: expect.stringMatching(/^rt_/),
    });
    expect(answer).not.toHaveProperty('expires_in');
    expect(answer.refresh_token).not.toBe(visited.account.refreshToken);
    expect(visited.account.expiresAt).toBeNull();
    visited.advance(HOUR - 1);
    expect(visited.call('/v1/account').truth).toBe('ok');
    visited.advance(1);
    const expired = visited.call('/v1/account');
    expect([expired.answer.status, errorOf(expired).code]).toEqual([401, 'api_key_expired']);
    expect(errorOf(expired).message).toMatch(/^Expired API Key provided: sk_test_\*{95}\w{4}$/);
  });

  test('a spent refresh token is refused, and its successor lives for a year of its own', () => {
    const visited = visit(stripe);
    visited.advance(364 * DAY);
    const next = String(bodyOf(visited.refresh()).refresh_token);
    expect(bodyOf(visited.refresh()).error).toBe('invalid_grant');
    visited.advance(365 * DAY - 1);
    const last = String(bodyOf(visited.refresh(next)).refresh_token);
    visited.advance(365 * DAY);
    expect(visited.refresh(last).truth).toBe('capped');
  });

  test('the key may come as the user name of Basic', () => {
    const { call, account } = visit(stripe);
    const basic = (user: string) => `Basic ${Buffer.from(`${user}:`).toString('base64')}`;
    const asked = (user: string) =>
      call('/v1/customers', { token: null, headers: { authorization: basic(user) } });
    expect(asked(account.accessToken).truth).toBe('ok');
    expect(asked('sk_test_none').truth).toBe('unknown-token');
  });

  test('a revoked grant is 403, told as an account that cannot be reached', () => {
    const visited = visit(stripe);
    visited.act({ act: 'revoke' });
    const revoked = visited.call('/v1/account');
    expect([revoked.answer.status, errorOf(revoked).code]).toEqual([403, 'account_invalid']);
    expect(errorOf(revoked).message).toContain('Application access may have been revoked.');
    expect(visited.refresh().answer.status).toBe(400);
  });

  test('a call may name its own account and no other', () => {
    const visited = visit(stripe);
    const named = (account: string) =>
      visited.call('/v1/account', { headers: { 'stripe-account': account } });
    expect(named(accountIdOf('acme')).truth).toBe('ok');
    const other = named(accountIdOf('globex'));
    expect([other.answer.status, errorOf(other).code]).toEqual([403, 'account_invalid']);
    expect(errorOf(other).message).toContain(accountIdOf('globex'));
  });

  test('under connect nothing ends and nothing is replaced', () => {
    const visited = connect();
    expect(visited.account.tokenUrl).toMatch(/\/oauth\/token$/);
    const answer = bodyOf(visited.refresh());
    expect(answer).toMatchObject({ scope: 'read_write', refresh_token: visited.account.refreshToken });
    visited.advance(20 * 365 * DAY);
    expect(visited.call('/v1/account').truth).toBe('ok');
    expect(visited.refresh().truth).toBe('ok');
  });

  test('the secret key alone says which platform refreshes, wherever it stands', () => {
    const { form, account, act } = visit(stripe);
    const key = account.clientSecret ?? '';
    let refreshToken = account.refreshToken ?? '';
    const refresh = (fields: Record<string, string>, authorization?: string) => {
      const asked = { grant_type: 'refresh_token', refresh_token: refreshToken, ...fields };
      const headers = authorization === undefined ? {} : { authorization };
      const exchange = form('/v1/oauth/token', asked, headers);
      if (exchange.truth === 'ok') refreshToken = String(bodyOf(exchange).refresh_token);
      return exchange.truth;
    };
    const ways = [
      refresh({}, `Bearer ${key}`),
      refresh({}, `Basic ${btoa(`${key}:`)}`),
      refresh({ client_secret: key }),
      refresh({ client_id: account.clientId }, `Bearer ${key}`),
    ];
    expect(ways).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(refresh({}, 'Bearer sk_test_wrong')).toBe('wrong-secret');
    expect(refresh({ client_id: 'ca_nobody' }, `Bearer ${key}`)).toBe('unknown-client');
    expect(refresh({})).toBe('unknown-client');
    act({ act: 'delete-client' });
    expect(refresh({}, `Bearer ${key}`)).toBe('client-deleted');
  });

  test('a platform under connect disconnects an account by its name', () => {
    const visited = connect();
    const { client, account } = visited;
    const { client_id, client_secret } = client;
    const deauthorize = (stripe_user_id: string, fields: object = client, key?: string) =>
      visited.form(
        '/oauth/deauthorize',
        { stripe_user_id, ...fields },
        key === undefined ? {} : { authorization: `Bearer ${key}` },
      );
    const stranger = deauthorize('acct_nobody');
    expect([stranger.truth, stranger.answer.status]).toEqual(['not-found', 401]);
    expect(bodyOf(stranger).error_description).toContain('not connected to stripe account acct_nobody');
    expect(deauthorize(accountIdOf('acme'), { client_id }, 'sk_test_wrong').truth).toBe('wrong-secret');
    expect(deauthorize(accountIdOf('acme'), { client_id: 'ca_nobody' }).truth).toBe('unknown-client');
    expect(visited.call('/v1/account').truth).toBe('ok');
    const done = deauthorize(accountIdOf('acme'), { client_id }, client_secret);
    expect([done.account, bodyOf(done)]).toEqual([account.id, { stripe_user_id: accountIdOf('acme') }]);
    expect(done.effects.map(({ kind }) => kind)).toEqual(['revoked', 'revoked']);
    expect(visited.call('/v1/account').answer.status).toBe(403);
    expect(visited.refresh().truth).toBe('revoked-by-client');
    expect(deauthorize(accountIdOf('acme')).truth).toBe('not-found');
    expect(visit(stripe).form('/oauth/deauthorize', client).truth).toBe('no-token');
  });

  test('a new password leaves the grant alone', () => {
    const visited = visit(stripe);
    visited.act({ act: 'change-password' });
    expect(visited.call('/v1/account').truth).toBe('ok');
  });
});

describe('customers', () => {
  test('are created from a form with brackets, and the write is what the caller supplied', () => {
    const visited = visit(stripe);
    const params = { name: 'Elm Events', 'metadata[run]': '7', 'metadata[night]': 'yes' };
    const created = post(visited, CUSTOMERS, params);
    expect(bodyOf(created)).toMatchObject({
      object: 'customer',
      name: 'Elm Events',
      email: null,
      created: START_MS / 1000,
      metadata: { run: '7', night: 'yes' },
    });
    expect(created.writes).toEqual([
      { place: 'customers', cells: { name: 'Elm Events', metadata: '{"run":"7","night":"yes"}' } },
    ]);
    const { id } = bodyOf(created);
    expect(bodyOf(visited.call(`${CUSTOMERS}/${id}`))).toEqual(bodyOf(created));
  });

  test('a change keeps what it does not name, and an empty value takes metadata out', () => {
    const visited = visit(stripe);
    const path = `${CUSTOMERS}/${customerIdOf('acme', 1)}`;
    post(visited, path, { 'metadata[a]': '1', 'metadata[b]': '2' });
    const changed = post(visited, path, { description: 'new', 'metadata[a]': '' });
    expect(bodyOf(changed)).toMatchObject({
      name: 'Alder and Sons',
      description: 'new',
      metadata: { b: '2' },
    });
    expect(bodyOf(changed).metadata).toEqual({ b: '2' });
    expect(changed.writes[0]?.place).toBe(`customers/${customerIdOf('acme', 1)}`);
  });

  test('pages meet every customer exactly once, the newest first', () => {
    const visited = visit(stripe);
    const ids: string[] = [];
    let more = true;
    while (more) {
      const after = ids.length === 0 ? '' : `&starting_after=${ids.at(-1)}`;
      const page = bodyOf(visited.call(`${CUSTOMERS}?limit=3${after}`));
      ids.push(...(page.data as { id: string }[]).map(({ id }) => id));
      more = page.has_more === true;
    }
    expect(ids).toEqual([4, 3, 2, 1].map((n) => customerIdOf('acme', n)));
    expect(visited.call(`${CUSTOMERS}?starting_after=none`).truth).toBe('not-found');
    expect(visited.call(`${CUSTOMERS}?limit=101`).answer.status).toBe(400);
    const one = bodyOf(visited.call(`${CUSTOMERS}?email=billing@birch.example`));
    expect((one.data as { name: string }[]).map(({ name }) => name)).toEqual(['Birch Books']);
  });

  test('a customer that was deleted, and one of another account, are missing in the same words', () => {
    const visited = visit(stripe);
    visited.connect('globex-stripe', 'globex');
    const own = customerIdOf('acme', 1);
    const deleted = visited.call(`${CUSTOMERS}/${own}`, { method: 'DELETE' });
    expect(deleted.writes).toEqual([{ place: `customers/${own}`, cells: { deleted: 'true' } }]);
    const told = (id: string) => {
      const exchange = visited.call(`${CUSTOMERS}/${id}`);
      const { message, ...error } = errorOf(exchange);
      return {
        truth: exchange.truth,
        status: exchange.answer.status,
        ...error,
        message: message.replace(id, 'ID'),
      };
    };
    const [gone, theirs] = [told(own), told(customerIdOf('globex', 1))];
    expect(gone).toMatchObject({ truth: 'not-found', status: 404, code: 'resource_missing' });
    expect(theirs).toEqual({ ...gone, truth: 'other-tenant' });
  });

  test('a parameter that nobody knows is refused, and nothing is written', () => {
    const refused = post(visit(stripe), CUSTOMERS, { nmae: 'Elm' });
    expect(errorOf(refused)).toMatchObject({
      code: 'parameter_unknown',
      message: 'Received unknown parameter: nmae',
    });
    expect(refused.writes).toEqual([]);
  });

  test('payouts need a permission that is named', () => {
    const refused = visit(stripe).call('/v1/payouts');
    expect(refused.answer.status).toBe(403);
    expect(errorOf(refused).message).toContain("Having the 'payout_read' permission");
    expect(bodyOf(visit(stripe, { scopes: ['payout_read'] }).call('/v1/payouts')).data).toHaveLength(1);
  });
});

describe('idempotency keys', () => {
  const create = (visited: Visited, key: string, name = 'Elm') =>
    post(visited, CUSTOMERS, { name }, { 'idempotency-key': key });
  const count = (visited: Visited) => (bodyOf(visited.call(CUSTOMERS)).data as unknown[]).length;

  test('the same request is done once and answered again, word by word', () => {
    const visited = visit(stripe);
    const first = create(visited, 'k1');
    const again = create(visited, 'k1');
    expect(again.answer.body).toEqual(first.answer.body);
    expect(first.answer.headers).not.toHaveProperty('idempotent-replayed');
    expect(again.answer.headers).toMatchObject({ ...first.answer.headers, 'idempotent-replayed': 'true' });
    expect([first.writes.length, again.writes?.length ?? 0]).toEqual([1, 0]);
    expect(count(visited)).toBe(5);
    create(visited, 'k2');
    expect(count(visited)).toBe(6);
  });

  test('another request under the same key is an error, and is not done', () => {
    const visited = visit(stripe);
    create(visited, 'k1');
    const other = create(visited, 'k1', 'Fir');
    expect([other.answer.status, errorOf(other).type]).toEqual([400, 'idempotency_error']);
    expect(count(visited)).toBe(5);
  });

  test('a key is kept for a day, across a refresh', () => {
    const visited = visit(stripe);
    create(visited, 'k1');
    visited.advance(DAY - 1);
    const token = String(bodyOf(visited.refresh()).access_token);
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': 'k1' };
    const replayed = () =>
      post(visited, CUSTOMERS, { name: 'Elm' }, headers).answer.headers['idempotent-replayed'];
    expect(replayed()).toBe('true');
    visited.advance(1);
    expect(replayed()).toBeUndefined();
  });

  test('a refusal is not remembered', () => {
    const visited = visit(stripe);
    const headers = { 'idempotency-key': 'k1' };
    expect(post(visited, CUSTOMERS, { nmae: 'Elm' }, headers).truth).toBe('bad-request');
    expect(create(visited, 'k1').truth).toBe('ok');
  });
});
