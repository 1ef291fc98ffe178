// What is special about Shopify: a second chance for a used refresh token, a header of its own, refusals with a 200.

import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import shopify from '../../mocks/services/shopify/index.ts';
import { ONLINE } from '../../mocks/services/shopify/online-token.ts';
import { sessionTokenFor } from '../../mocks/services/shopify/session-token.ts';
import { numericIdOf, shopDomainOf } from '../../mocks/services/shopify/shop.ts';
import { TOKEN_EXCHANGE } from '../../mocks/services/shopify/token-exchange.ts';
import { bodyOf, ORIGIN, visit } from './visit.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TOKEN = '/admin/oauth/access_token';
const ADMIN = '/admin/api/2026-07';
const PRODUCTS = `${ADMIN}/products.json`;
const DEAD = { error: 'invalid_request', error_description: 'This request requires an active refresh_token' };

const variant = (id: string) => shopify.variants[id]?.apply(shopify) ?? expect.unreachable();

function visitShop(service = shopify, options: Parameters<typeof visit>[1] = {}) {
  const visited = visit(service, options);
  const call = (path: string, words: { method?: string; body?: unknown; token?: string | null } = {}) => {
    const { token = visited.account.accessToken, ...rest } = words;
    const headers = token === null ? {} : { 'x-shopify-access-token': token };
    return visited.call(path, { ...rest, token: null, headers });
  };
  const ask = (query: string, variables = {}) =>
    call(`${ADMIN}/graphql.json`, { method: 'POST', body: { query, variables } });
  return { ...visited, call, ask };
}

const pairOf = (exchange: Parameters<typeof bodyOf>[0]) => {
  const { access_token, refresh_token } = bodyOf(exchange);
  return { access: String(access_token), refresh: String(refresh_token) };
};

describe('tokens', () => {
  test('are carried in a header of their own, and in no other', () => {
    const { account, call, send } = visitShop();
    expect(account.authorization).toBe('X-Shopify-Access-Token: {token}');
    expect(call(PRODUCTS).answer.status).toBe(200);
    const bearer = send('GET', PRODUCTS, '', { authorization: `Bearer ${account.accessToken}` });
    expect(bearer).toMatchObject({ truth: 'no-token', answer: { status: 401 } });
  });

  test('live for an hour, and expired, revoked and garbled ones are told apart by nobody', () => {
    const expired = visitShop();
    expired.advance(HOUR);
    const revoked = visitShop();
    revoked.act({ act: 'revoke' });
    const answers = [expired.call(PRODUCTS), revoked.call(PRODUCTS), revoked.call(PRODUCTS, { token: 'x' })];
    expect(answers.map(({ truth }) => truth)).toEqual(['expired', 'revoked-by-user', 'unknown-token']);
    for (const { answer } of answers) {
      expect(answer).toMatchObject({
        status: 401,
        body: { errors: expect.stringContaining('[API] Invalid') },
      });
    }
  });

  test('the one before may be used again until its successor is used', () => {
    const { refresh, account, call, advance } = visitShop();
    const fresh = bodyOf(refresh());
    expect(fresh).toMatchObject({
      scope: 'read_products,write_products',
      expires_in: 3600,
      refresh_token_expires_in: 7_776_000,
    });
    advance(20 * DAY);
    const again = refresh(account.refreshToken ?? '');
    expect(again.truth).toBe('ok');
    expect(call(PRODUCTS, { token: pairOf(again).access }).truth).toBe('ok');
    expect(refresh(pairOf(again).refresh).truth).toBe('ok');
    const dead = refresh(account.refreshToken ?? '');
    expect(dead).toMatchObject({ truth: 'rotated', answer: { status: 401, body: DEAD } });
  });

  test('thirty days after its first use it is dead even without a successor in use', () => {
    const { refresh, account, advance } = visitShop();
    refresh();
    advance(30 * DAY - 1);
    expect(refresh(account.refreshToken ?? '').truth).toBe('ok');
    advance(1);
    expect(refresh(account.refreshToken ?? '').truth).toBe('rotated');
  });

  test('and never beyond its own ninety days', () => {
    const { refresh, account, advance } = visitShop();
    advance(80 * DAY);
    expect(refresh().truth).toBe('ok');
    advance(10 * DAY - 1);
    expect(refresh(account.refreshToken ?? '').truth).toBe('ok');
    advance(1);
    expect(refresh(account.refreshToken ?? '')).toMatchObject({
      truth: 'capped',
      answer: { status: 401, body: DEAD },
    });
  });

  test('until 2026-08-28 the second chance lasted sixty minutes, used successor or not', () => {
    const { refresh, account, advance } = visitShop(variant('retry-60-min'));
    const first = pairOf(refresh());
    refresh(first.refresh);
    advance(HOUR - 1);
    expect(refresh(account.refreshToken ?? '').truth).toBe('ok');
    advance(1);
    expect(refresh(account.refreshToken ?? '').truth).toBe('rotated');
  });

  test("another client's refresh token is told as a dead one", () => {
    const { provider, refresh } = visitShop();
    provider.authority.addClient({ id: 'another-app', secret: null, deleted: false });
    expect(refresh(undefined, { client_id: 'another-app' })).toMatchObject({
      truth: 'wrong-client',
      answer: { status: 401, body: DEAD },
    });
  });

  test('the widespread invalid_grant is a variant', () => {
    const { refresh, act } = visitShop(variant('invalid-grant'));
    act({ act: 'revoke' });
    expect(refresh().answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test('belong to the shop: a new password and a leaver change nothing, an uninstall ends everything', () => {
    const { act, call, refresh } = visitShop();
    act({ act: 'change-password' });
    act({ act: 'offboard' });
    expect(call(PRODUCTS).truth).toBe('ok');
    const uninstalled = call('/admin/api_permissions/current.json', { method: 'DELETE' });
    expect(uninstalled.answer.status).toBe(200);
    expect(call(PRODUCTS)).toMatchObject({ truth: 'revoked-by-client', answer: { status: 401 } });
    expect(refresh().truth).toBe('revoked-by-client');
  });
});

describe('a legacy token', () => {
  test('states no lifetime, has no refresh token, and dies on uninstall only', () => {
    const { account, call, advance, act, refresh } = visitShop(variant('legacy'));
    expect([account.refreshToken, account.expiresAt]).toEqual([null, null]);
    expect(account.accessToken).toMatch(/^shpat_[0-9a-f]{32}$/);
    advance(3650 * DAY);
    expect(call(PRODUCTS).truth).toBe('ok');
    expect(refresh('shprt_never').answer.body).toEqual(DEAD);
    act({ act: 'revoke' });
    expect(call(PRODUCTS).answer.status).toBe(401);
  });

  test.each([
    ['rotate-client-secret', 'revoked-by-admin'],
    ['delete-client', 'client-deleted'],
  ] as const)('dies in every shop of the app on %s', (act, truth) => {
    const visited = visitShop(variant('legacy'));
    const other = visited.connect('globex-shopify', 'globex');
    visited.act({ act });
    for (const token of [visited.account.accessToken, other.accessToken]) {
      expect(visited.call(PRODUCTS, { token })).toMatchObject({ truth, answer: { status: 401 } });
    }
    const expiring = visitShop();
    expiring.act({ act });
    expect(expiring.call(PRODUCTS).truth).toBe('ok');
  });

  test('of a public app is refused from 2027 on, to the millisecond', () => {
    const { call, advance, clock } = visitShop(variant('legacy-public-app'));
    advance(Date.parse('2027-01-01T00:00:00.000Z') - clock.nowMs - 1);
    expect(call(PRODUCTS).truth).toBe('ok');
    advance(1);
    expect(call(PRODUCTS)).toMatchObject({
      truth: 'reauth-required',
      answer: { status: 403, body: { errors: expect.stringContaining('Non-expiring access tokens') } },
    });
  });
});

describe('consent', () => {
  const consentedBy = () => {
    const visited = visitShop();
    const query = {
      client_id: visited.account.clientId,
      redirect_uri: 'http://127.0.0.1:8000/back',
      state: 's1',
    };
    const { answer } = visited.send('GET', `/admin/oauth/authorize?${new URLSearchParams(query)}`, '', {});
    return { ...visited, back: new URL(answer.headers.location ?? '').searchParams };
  };

  test('comes back signed, with the shop and the moment', () => {
    const { back, client } = consentedBy();
    const { hmac, ...fields } = Object.fromEntries(back);
    expect(fields).toMatchObject({ shop: shopDomainOf('acme'), state: 's1', timestamp: '1772488800' });
    const signed = Object.keys(fields)
      .sort()
      .map((name) => `${name}=${fields[name]}`)
      .join('&');
    expect(hmac).toBe(createHmac('sha256', client.client_secret).update(signed).digest('hex'));
  });

  test('its code is exchanged as JSON, without a redirect_uri, and replaces the refresh token before', () => {
    const { back, client, send, refresh, call } = consentedBy();
    const exchange = () =>
      send('POST', TOKEN, JSON.stringify({ ...client, code: back.get('code'), expiring: '1' }), {
        'content-type': 'application/json',
      });
    const fresh = bodyOf(exchange());
    expect(Object.keys(fresh)).toEqual([
      'access_token',
      'scope',
      'expires_in',
      'refresh_token',
      'refresh_token_expires_in',
    ]);
    expect(refresh().truth).toBe('evicted');
    expect(call(PRODUCTS, { token: String(fresh.access_token) }).truth).toBe('ok');
    expect(exchange()).toMatchObject({ truth: 'used-code', answer: { status: 400 } });
  });
});

describe('token exchange', () => {
  const exchanging = (service = shopify) => {
    const visited = visitShop(service);
    const { account, client, form } = visited;
    const session = (secret = client.client_secret, of = account, id = account.clientId) =>
      sessionTokenFor({ id: of.id, tenant: of.tenant }, { id, secret }, visited.clock.nowMs);
    const exchange = (subject: string, more: Record<string, string> = {}) =>
      form(TOKEN, {
        grant_type: TOKEN_EXCHANGE,
        subject_token: subject,
        subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
        requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token',
        expiring: '1',
        ...client,
        ...more,
      });
    return { ...visited, session, exchange };
  };

  test('a session token earns a pair for its shop', () => {
    const { session, exchange, account, call, refresh } = exchanging();
    const exchanged = exchange(session());
    expect(exchanged).toMatchObject({ truth: 'ok', account: account.id });
    expect(bodyOf(exchanged)).toMatchObject({ expires_in: 3600, refresh_token_expires_in: 7_776_000 });
    const pair = pairOf(exchanged);
    expect(call(PRODUCTS, { token: pair.access }).truth).toBe('ok');
    expect(refresh(pair.refresh).truth).toBe('ok');
  });

  test('of another shop earns a token for that shop', () => {
    const { session, exchange, connect, call } = exchanging();
    const other = connect('globex-shopify', 'globex');
    const exchanged = exchange(session(undefined, other));
    expect(exchanged.account).toBe(other.id);
    expect(bodyOf(call(`${ADMIN}/shop.json`, { token: pairOf(exchanged).access }))).toMatchObject({
      shop: { myshopify_domain: shopDomainOf('globex') },
    });
  });

  test('earns an online token: for a user, for a day, without a refresh token', () => {
    const { session, exchange, call, refresh, advance } = exchanging();
    const answer = bodyOf(exchange(session(), { requested_token_type: ONLINE }));
    expect(answer).toMatchObject({
      expires_in: 86_400,
      associated_user_scope: 'read_products,write_products',
      associated_user: { email: 'acme-shopify@acme.myshopify.com' },
    });
    expect(answer).not.toHaveProperty('refresh_token');
    expect(bodyOf(exchange(session()))).not.toHaveProperty('associated_user');
    expect(refresh().truth, 'what replaces a refresh token is an offline token only').toBe('evicted');
    const token = String(answer.access_token);
    advance(DAY - 1);
    expect(call(PRODUCTS, { token }).truth).toBe('ok');
    advance(1);
    expect(call(PRODUCTS, { token }).truth).toBe('expired');
  });

  test('an online token leaves the refresh token alone, and is not modelled for a legacy app', () => {
    const { session, exchange, refresh } = exchanging();
    expect(exchange(session(), { requested_token_type: ONLINE }).truth).toBe('ok');
    expect(refresh().truth).toBe('ok');
    const legacy = exchanging(variant('legacy'));
    expect(legacy.exchange(legacy.session(), { requested_token_type: ONLINE }).answer.status).toBe(501);
    legacy.act({ act: 'rotate-client-secret' });
    const secret = `${legacy.account.clientSecret}-rotated`;
    expect(legacy.exchange(legacy.session(secret), { client_secret: secret }).truth).toBe('ok');
  });

  test('nothing else earns one', () => {
    const { session, exchange, advance, account } = exchanging();
    const good = session();
    const stranger = { ...account, id: 'nobody', tenant: 'nowhere' };
    expect(exchange(session('not the secret')).truth).toBe('assertion-invalid');
    expect(exchange(session(undefined, account, 'another-app')).truth).toBe('assertion-invalid');
    expect(exchange(session(undefined, stranger)).truth).toBe('assertion-invalid');
    expect(exchange(`${good}x`).answer.body).toMatchObject({ error: 'invalid_subject_token' });
    expect(exchange(good, { client_secret: 'wrong' }).truth).toBe('wrong-secret');
    expect(exchange(good, { subject_token_type: 'urn:x' }).truth).toBe('missing-parameter');
    expect(exchange(good, { requested_token_type: 'urn:x' }).truth).toBe('missing-parameter');
    advance(MINUTE);
    expect(exchange(good).truth).toBe('assertion-expired');
  });
});

describe('REST', () => {
  test('counts calls in a header, and a call too many is told how long to wait', () => {
    const { call, advance } = visitShop();
    expect(call(PRODUCTS).answer.headers['x-shopify-shop-api-call-limit']).toBe('1/40');
    for (let i = 2; i <= 40; i++) expect(call(PRODUCTS).truth).toBe('ok');
    expect(call(PRODUCTS)).toMatchObject({
      truth: 'rate-limited',
      answer: { status: 429, headers: { 'retry-after': '1.0' } },
    });
    advance(500);
    expect(call(PRODUCTS).answer.headers['x-shopify-shop-api-call-limit']).toBe('40/40');
    advance(20_000);
    expect(call(PRODUCTS).answer.headers['x-shopify-shop-api-call-limit']).toBe('1/40');
  });

  test('lists page by page, by the link in a header', () => {
    const { call } = visitShop();
    const titles: string[] = [];
    let path: string | undefined = `${PRODUCTS}?limit=2`;
    while (path !== undefined) {
      const { answer } = call(path);
      const { products } = answer.body as { products: { title: string }[] };
      titles.push(...products.map(({ title }) => title));
      path = /<([^>]+)>; rel="next"/.exec(answer.headers.link ?? '')?.[1]?.slice(ORIGIN.length);
    }
    expect(titles).toHaveLength(5);
    expect(new Set(titles).size).toBe(5);
    for (const query of ['limit=0', 'limit=251', 'page_info=x']) {
      expect(call(`${PRODUCTS}?${query}`).answer.status).toBe(400);
    }
  });

  test('products are made and changed, and what was supplied is recorded', () => {
    const { call } = visitShop();
    const made = call(PRODUCTS, { method: 'POST', body: { product: { title: 'Fir frame', vendor: 'W' } } });
    expect(made).toMatchObject({
      answer: { status: 201 },
      writes: [{ place: 'products', cells: { title: 'Fir frame', vendor: 'W' } }],
    });
    const { id } = (made.answer.body as { product: { id: number } }).product;
    const path = `${ADMIN}/products/${id}.json`;
    call(path, { method: 'PUT', body: { product: { status: 'draft' } } });
    expect(bodyOf(call(path)).product).toMatchObject({
      title: 'Fir frame',
      handle: 'fir-frame',
      status: 'draft',
    });
    expect(call(PRODUCTS, { method: 'POST', body: 'no json' }).answer.status).toBe(400);
    expect(call(path, { method: 'PUT', body: { product: { title: '' } } }).answer).toMatchObject({
      status: 422,
      body: { errors: { title: ["can't be blank"] } },
    });
  });

  test('a reading scope does not write, and another shop has no products here', () => {
    const { call, connect } = visitShop(shopify, { scopes: ['read_products'] });
    expect(call(PRODUCTS, { method: 'POST', body: { product: { title: 'x' } } }).answer).toMatchObject({
      status: 403,
      body: { errors: '[API] This action requires merchant approval for write_products scope.' },
    });
    connect('globex-shopify', 'globex');
    const theirs = call(`${ADMIN}/products/${numericIdOf('globex', 'product', 1)}.json`);
    expect([theirs.truth, theirs.answer.body]).toEqual(['other-tenant', { errors: 'Not Found' }]);
  });
});

describe('GraphQL', () => {
  test('answers what was asked for, and what it cost', () => {
    const { ask } = visitShop();
    const { answer } = ask(
      'query Q($n: Int!) { shop { name } products(first: $n) { nodes { title status } pageInfo { hasNextPage } } }',
      { n: 2 },
    );
    expect(answer.body).toEqual({
      data: {
        shop: { name: 'acme' },
        products: {
          nodes: [
            { title: 'Alder stool', status: 'ACTIVE' },
            { title: 'Beech bench', status: 'ACTIVE' },
          ],
          pageInfo: { hasNextPage: true },
        },
      },
      extensions: {
        cost: {
          requestedQueryCost: 5,
          actualQueryCost: 5,
          throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 1995, restoreRate: 100 },
        },
      },
    });
  });

  test('a missing scope is a 200 with a code', () => {
    const { truth, answer } = visitShop().ask('{ shop { name } orders(first: 1) { nodes { id } } }');
    expect([truth, answer.status]).toEqual(['scope-missing', 200]);
    expect(answer.body).toMatchObject({
      data: null,
      errors: [
        {
          message: 'Access denied for orders field. Required access: `read_orders` access scope.',
          path: ['orders'],
          extensions: { code: 'ACCESS_DENIED', requiredAccess: '`read_orders` access scope.' },
        },
      ],
    });
    const allowed = visitShop(shopify, { scopes: ['read_orders'] });
    expect(allowed.ask('{ orders(first: 1) { edges { node { name } } } }').answer.body).toMatchObject({
      data: { orders: { edges: [{ node: { name: '#1001' } }] } },
    });
  });

  test('a bucket that was emptied is a 200, too, and fills up again', () => {
    const { ask, advance } = visitShop();
    const dear = '{ a: products(first: 250) { nodes { id } } b: products(first: 250) { nodes { id } } }';
    let last = ask(dear);
    // Each asks for 504 points and gives back all but 14.
    for (let calls = 1; last.truth === 'ok' && calls < 200; calls++) last = ask(dear);
    expect(last).toMatchObject({ truth: 'rate-limited', answer: { status: 200 } });
    expect(last.answer.body).toMatchObject({
      errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
      extensions: { cost: { requestedQueryCost: 504, actualQueryCost: null } },
    });
    advance(1000);
    expect(ask(dear).truth).toBe('ok');
  });

  test.each([
    ['{ products(first: 251) { nodes { id } } }', 'from 1 to 250'],
    ['{ products { nodes { id } } }', 'from 1 to 250'],
    ['{ product(id: "7") { title } }', 'Invalid global id'],
    ['{ shop { name ', 'Syntax Error'],
    ['{ shop }', 'selection'],
  ])('%s is refused with a 200', (query, words) => {
    const { truth, answer } = visitShop().ask(query);
    expect([truth, answer.status]).toEqual(['bad-request', 200]);
    expect(answer.body).toMatchObject({ errors: [{ message: expect.stringContaining(words) }] });
  });

  test('a query that is too dear at any time says so, and what is not modelled is loud', () => {
    const { ask } = visitShop();
    const four = ['a', 'b', 'c', 'd'].map((key) => `${key}: products(first: 250) { nodes { id } }`).join(' ');
    expect(ask(`{ ${four} }`).answer.body).toMatchObject({
      errors: [{ extensions: { code: 'MAX_COST_EXCEEDED' } }],
    });
    expect(ask('{ locations(first: 1) { nodes { id } } }').answer.status).toBe(501);
    expect(ask('mutation { productDelete { id } }').answer.status).toBe(501);
  });

  test("another shop's product is null", () => {
    const gid = `gid://shopify/Product/${numericIdOf('globex', 'product', 1)}`;
    const own = `gid://shopify/Product/${numericIdOf('acme', 'product', 1)}`;
    const { answer } = visitShop().ask(
      `{ theirs: product(id: "${gid}") { title } own: product(id: "${own}") { title } }`,
    );
    expect(answer.body).toMatchObject({ data: { theirs: null, own: { title: 'Alder stool' } } });
  });
});
