// What is special about HubSpot: the echoed refresh token, the words of expiry, and the CRM search.

import { describe, expect, test } from 'vitest';
import hubspot from '../../mocks/services/hubspot/index.ts';
import { bodyOf, ORIGIN, START_MS, visit } from './visit.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DEALS = '/crm/v3/objects/deals';
const SEARCH = `${DEALS}/search`;

const deal = (id: string, properties: Record<string, string | null>) => ({ id, properties });
const at = (ms: number) => new Date(START_MS + ms).toISOString();

const NIGHT = [
  deal('1', { dealname: 'Alder', amount: '100', dealstage: 'open', hs_lastmodifieddate: at(-HOUR) }),
  deal('2', { dealname: 'Birch', amount: '900', dealstage: 'won', hs_lastmodifieddate: at(-MINUTE) }),
  deal('3', { dealname: 'Cedar wood', amount: '20', hs_lastmodifieddate: at(10 * MINUTE) }),
  deal('10', { dealname: 'Dogwood', amount: null, dealstage: 'open', hs_lastmodifieddate: at(-DAY) }),
];

const night = () => visit(hubspot, { data: { deals: NIGHT } });

function search(visited: ReturnType<typeof visit>, body: object) {
  const found = bodyOf(visited.call(SEARCH, { method: 'POST', body }));
  const results = found.results as { id: string; properties: Record<string, string | null> }[];
  return { ...found, results, ids: results.map(({ id }) => id) };
}

const where = (propertyName: string, operator: string, more: object = {}) => ({
  filterGroups: [{ filters: [{ propertyName, operator, ...more }] }],
});

describe('tokens', () => {
  test.each(hubspot.endpoints.token)('%s answers a refresh with the same refresh token', (path) => {
    const { refresh, account, call } = visit(hubspot);
    const answer = bodyOf(refresh(account.refreshToken ?? '', {}, path));
    expect(answer).toMatchObject({
      token_type: 'bearer',
      expires_in: 1800,
      refresh_token: account.refreshToken,
    });
    expect(answer.scopes).toEqual(hubspot.scopes);
    expect(answer.hub_id).toEqual(expect.any(Number));
    expect(call(DEALS, { token: String(answer.access_token) }).answer.status).toBe(200);
  });

  test('only v1 takes its fields in the query string', () => {
    const { send, account, client } = visit(hubspot);
    const fields = { grant_type: 'refresh_token', refresh_token: account.refreshToken ?? '', ...client };
    const inQuery = (path: string) => send('POST', `${path}?${new URLSearchParams(fields)}`, '', {});
    expect(inQuery('/oauth/v1/token').truth).toBe('ok');
    for (const path of ['/oauth/v3/token', '/oauth/2026-03/token']) {
      expect(inQuery(path).truth).toBe('unknown-client');
    }
  });

  test.each([
    [0, '0 second(s)'],
    [59_999, '59 second(s)'],
    [5 * MINUTE, '5 minute(s)'],
    [HOUR - 1, '59 minute(s)'],
    [HOUR, '1 hour(s)'],
    [3 * HOUR + 59 * MINUTE, '3 hour(s)'],
    [49 * HOUR, '2 day(s)'],
  ])('%i ms after its end a token is told to have expired %s ago', (lateMs, said) => {
    const { advance, call } = visit(hubspot);
    advance(30 * MINUTE + lateMs);
    const { answer, truth } = call(DEALS);
    expect(truth).toBe('expired');
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({
      category: 'EXPIRED_AUTHENTICATION',
      message: `The OAuth token used to make this call expired ${said} ago.`,
      context: { 'expire time': [at(30 * MINUTE)] },
    });
  });

  test('a token lives to its last millisecond', () => {
    const { advance, call } = visit(hubspot);
    advance(30 * MINUTE - 1);
    expect(call(DEALS).answer.status).toBe(200);
    advance(1);
    expect(call(DEALS).truth).toBe('expired');
  });

  test('under six-hours the words follow the policy', () => {
    const { refresh, advance, call } = visit(hubspot.variants['six-hours']?.apply(hubspot) ?? hubspot);
    expect(bodyOf(refresh()).expires_in).toBe(21_600);
    advance(6 * HOUR + 2 * MINUTE);
    expect(bodyOf(call(DEALS)).message).toContain('expired 2 minute(s) ago');
  });

  test('under rotating every use replaces the refresh token and the old one is dead', () => {
    const { refresh, account } = visit(hubspot.variants.rotating?.apply(hubspot) ?? hubspot);
    const fresh = String(bodyOf(refresh()).refresh_token);
    expect(fresh).not.toBe(account.refreshToken);
    expect(bodyOf(refresh())).toMatchObject({ error: 'invalid_grant', status: 'BAD_REFRESH_TOKEN' });
    expect(refresh(fresh).truth).toBe('ok');
  });

  test('under older-errors nothing of RFC 6749 is left', () => {
    const { refresh } = visit(hubspot.variants['older-errors']?.apply(hubspot) ?? hubspot);
    expect(bodyOf(refresh('never-minted'))).toEqual({
      status: 'BAD_REFRESH_TOKEN',
      message: 'missing or invalid refresh token',
    });
  });

  test('v1 speaks the older words, and the later versions those of RFC 6749 beside them', () => {
    const { refresh } = visit(hubspot);
    const refused = (path: string) => bodyOf(refresh('never-minted', {}, path));
    expect(refused('/oauth/v1/token')).toEqual({
      status: 'BAD_REFRESH_TOKEN',
      message: 'missing or invalid refresh token',
    });
    for (const path of ['/oauth/v3/token', '/oauth/2026-03/token'])
      expect(refused(path)).toMatchObject({ error: 'invalid_grant', status: 'BAD_REFRESH_TOKEN' });
  });

  test('an app that uninstalls itself has no token left', () => {
    const { call, refresh } = visit(hubspot);
    const uninstall = () => call('/appinstalls/2026-03/external-install', { method: 'DELETE' });
    expect(uninstall().answer.status).toBe(204);
    expect([call(DEALS).truth, refresh().truth, uninstall().truth]).toEqual([
      'revoked-by-client',
      'revoked-by-client',
      'revoked-by-client',
    ]);
  });

  test('deleting a refresh token leaves the access token alive', () => {
    const { send, call, refresh, account } = visit(hubspot);
    const path = `/oauth/v1/refresh-tokens/${account.refreshToken}`;
    expect(bodyOf(send('GET', path, '', {}))).toMatchObject({
      token_type: 'refresh',
      token: account.refreshToken,
    });
    const deleted = send('DELETE', path, '', {});
    expect(deleted.answer.status).toBe(204);
    expect(deleted.effects).toContainEqual(expect.objectContaining({ kind: 'revoked' }));
    expect(refresh().truth).toBe('revoked-by-client');
    expect(call(DEALS).answer.status).toBe(200);
    expect(send('GET', path, '', {}).answer.status).toBe(404);
    expect(send('DELETE', path, '', {}).answer.status).toBe(404);
  });

  test('the metadata of one kind of token does not know the other', () => {
    const { send, account } = visit(hubspot);
    expect(send('GET', `/oauth/v1/access-tokens/${account.refreshToken}`, '', {}).truth).toBe('not-found');
    expect(send('DELETE', `/oauth/v1/refresh-tokens/${account.accessToken}`, '', {}).truth).toBe('not-found');
  });

  test('the metadata of an access token counts down, and ends with it', () => {
    const { send, account, advance } = visit(hubspot);
    const path = `/oauth/v1/access-tokens/${account.accessToken}`;
    advance(10 * MINUTE);
    expect(bodyOf(send('GET', path, '', {}))).toMatchObject({ token_type: 'access', expires_in: 1200 });
    advance(20 * MINUTE);
    expect(send('GET', path, '', {}).answer.status).toBe(404);
  });

  test.each(['2026-03', 'v3'])(
    'introspection under %s needs the client, and knows both kinds of token',
    (version) => {
      const { form, account, client } = visit(hubspot);
      const path = `/oauth/${version}/token/introspect`;
      const ask = (token: string | null, as = client) => form(path, { token: token ?? '', ...as });
      expect(bodyOf(ask(account.accessToken))).toMatchObject({
        active: true,
        token_use: 'access_token',
        client_id: account.clientId,
        expires_in: 1800,
      });
      expect(bodyOf(ask(account.refreshToken))).toMatchObject({ active: true, token_use: 'refresh_token' });
      expect(bodyOf(ask('never-minted'))).toEqual({ active: false });
      const refused = ask(account.accessToken, { ...client, client_secret: 'wrong' });
      expect(bodyOf(refused)).toMatchObject({ error: 'invalid_client', status: 'BAD_CLIENT_SECRET' });
    },
  );

  test('a new password leaves the grant alone', () => {
    const { act, refresh, call } = visit(hubspot);
    act({ act: 'change-password' });
    expect(refresh().truth).toBe('ok');
    expect(call(DEALS).answer.status).toBe(200);
  });

  test('a missing scope is named, and only by its own code', () => {
    const { call } = visit(hubspot);
    const { answer } = call('/crm/v3/owners');
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({
      category: 'MISSING_SCOPES',
      errors: [{ context: { requiredGranularScopes: ['crm.objects.owners.read'] } }],
    });
    const allowed = visit(hubspot, { scopes: ['crm.objects.owners.read'] });
    expect(bodyOf(allowed.call('/crm/v3/owners')).results).toHaveLength(1);
  });

  test('no two refusals share a correlation id', () => {
    const { call } = visit(hubspot);
    const ids = [call(`${DEALS}/1`), call(`${DEALS}/1`)].map((exchange) => bodyOf(exchange).correlationId);
    expect(new Set(ids).size).toBe(2);
  });
});

describe('search', () => {
  test.each([
    ['EQ', { value: '100' }, ['1']],
    ['EQ', { value: '100.0' }, ['1']],
    ['NEQ', { value: '100' }, ['2']],
    ['LT', { value: '900' }, ['1']],
    ['LTE', { value: '900' }, ['1', '2']],
    ['GT', { value: '100' }, ['2']],
    ['GTE', { value: 100 }, ['1', '2']],
    ['BETWEEN', { value: '100', highValue: '900' }, ['1', '2']],
    ['IN', { values: ['900', '7'] }, ['2']],
    ['NOT_IN', { values: ['900', '7'] }, ['1']],
    ['HAS_PROPERTY', {}, ['1', '2']],
    ['NOT_HAS_PROPERTY', {}, ['10']],
  ])('amount %s %j', (operator, more, ids) => {
    expect(search(night(), where('amount', operator, more)).ids.toSorted()).toEqual(ids);
  });

  test.each([
    ['cedar', ['3']],
    ['*wood', ['10', '3']],
    ['wood', ['3']],
    ['b*ch', ['2']],
    ['elm', []],
  ])('a name that contains the token %s', (value, ids) => {
    const visited = night();
    visited.advance(10 * MINUTE);
    expect(search(visited, where('dealname', 'CONTAINS_TOKEN', { value })).ids.toSorted()).toEqual(ids);
    expect(search(visited, where('dealname', 'NOT_CONTAINS_TOKEN', { value })).ids).toHaveLength(
      4 - ids.length,
    );
  });

  test.each([at(-MINUTE), String(START_MS - MINUTE), '2026-03-02T22:59:00+01:00'])(
    'changed since %s, whichever way the moment is written',
    (value) => {
      expect(search(night(), where('hs_lastmodifieddate', 'GTE', { value })).ids).toEqual(['2']);
      expect(search(night(), where('hs_lastmodifieddate', 'GT', { value })).ids).toEqual([]);
    },
  );

  test('what changes later has not happened yet, for a search, a list and a read', () => {
    const visited = night();
    const seen = () => ({
      searched: search(visited, {}).ids.includes('3'),
      listed: JSON.stringify(visited.call(DEALS).answer.body).includes('Cedar'),
      read: visited.call(`${DEALS}/3`).answer.status,
    });
    visited.advance(10 * MINUTE - 1);
    expect(seen()).toEqual({ searched: false, listed: false, read: 404 });
    visited.advance(1);
    expect(seen()).toEqual({ searched: true, listed: true, read: 200 });
  });

  test('filters of a group are joined by AND, groups by OR', () => {
    const open = { propertyName: 'dealstage', operator: 'EQ', value: 'open' };
    const dear = { propertyName: 'amount', operator: 'GT', value: '500' };
    const valued = { propertyName: 'amount', operator: 'HAS_PROPERTY' };
    const ids = (groups: object[][]) =>
      search(night(), { filterGroups: groups.map((filters) => ({ filters })) }).ids.toSorted();
    expect(ids([[open, valued]])).toEqual(['1']);
    expect(ids([[open, dear]])).toEqual([]);
    expect(ids([[open], [dear]])).toEqual(['1', '10', '2']);
    expect(search(night(), { filters: [open, valued] }).ids).toEqual(['1']);
  });

  test('sorts both ways, with what has no value last; a query looks at names', () => {
    const ids = (sorts: unknown) => search(night(), { sorts }).ids;
    expect(ids([{ propertyName: 'amount', direction: 'ASCENDING' }])).toEqual(['1', '2', '10']);
    expect(ids([{ propertyName: 'amount', direction: 'DESCENDING' }])).toEqual(['2', '1', '10']);
    expect(ids(['-dealname'])).toEqual(['10', '2', '1']);
    expect(search(night(), { query: 'WOOD' }).ids).toEqual(['10']);
    expect(search(night(), { query: 'open' }).ids.toSorted()).toEqual(['1', '10']);
  });

  test('pages meet every result exactly once, and the last page has no next', () => {
    const deals = Array.from({ length: 23 }, (_, index) =>
      deal(String(index + 1), { dealname: `deal ${index}`, hs_lastmodifieddate: at(-index) }),
    );
    const visited = visit(hubspot, { data: { deals } });
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const page = search(visited, { limit: 10, ...(after === undefined ? {} : { after }) });
      expect(page).toMatchObject({ total: 23 });
      ids.push(...page.ids);
      after = (page as { paging?: { next: { after: string } } }).paging?.next.after;
    } while (after !== undefined);
    expect(ids).toHaveLength(23);
    expect(new Set(ids).size).toBe(23);
    expect(search(visited, { limit: 23 })).not.toHaveProperty('paging');
    expect(search(visited, {}).ids).toHaveLength(10);
  });

  test('only what was asked for comes back, and what always comes', () => {
    const asked = {
      ...where('dealname', 'EQ', { value: 'alder' }),
      properties: ['amount', 'no_such_property'],
    };
    expect(search(night(), asked).results[0]?.properties).toEqual({
      amount: '100',
      no_such_property: null,
      createdate: null,
      hs_lastmodifieddate: at(-HOUR),
      hs_object_id: '1',
    });
    const byDefault = Object.keys(search(night(), {}).results[0]?.properties ?? {});
    expect(byDefault).toEqual([
      'amount',
      'closedate',
      'createdate',
      'dealname',
      'dealstage',
      'hs_lastmodifieddate',
      'hs_object_id',
      'pipeline',
    ]);
  });

  const filter = { propertyName: 'amount', operator: 'HAS_PROPERTY' };
  const groups = (count: number, filters: number) => ({
    filterGroups: Array.from({ length: count }, () => ({ filters: Array(filters).fill(filter) })),
  });
  test.each([
    ['not json', 'Invalid input JSON'],
    [{ limit: 201 }, 'limit'],
    [{ limit: 0 }, 'limit'],
    [{ limit: 'all' }, 'limit'],
    [{ after: 'next' }, 'after'],
    [{ after: 9_999, limit: 2 }, '10000'],
    [{ filterGroups: {} }, 'filterGroups'],
    [{ filterGroups: [{}] }, 'filters'],
    [{ filterGroups: [{ filters: ['amount'] }] }, 'object'],
    [groups(6, 1), 'at most 5 filterGroups'],
    [groups(1, 7), 'at most 6 filters'],
    [groups(4, 5), 'at most 18 filters'],
    [where('', 'EQ', { value: '1' }), 'propertyName'],
    [where('amount', 'ALMOST', { value: '1' }), 'ALMOST'],
    [where('amount', 'toString', { value: '1' }), 'toString'],
    [where('amount', 'EQ'), 'needs value'],
    [where('amount', 'BETWEEN', { value: '1' }), 'needs highValue'],
    [where('amount', 'IN', { value: '1' }), 'needs values'],
    [{ sorts: ['a', 'b'] }, 'one property'],
    [{ sorts: [{ direction: 'DESCENDING' }] }, 'propertyName'],
  ] as const)('a request that breaks a rule is refused (%#)', (body, named) => {
    const { answer, truth } = night().call(SEARCH, { method: 'POST', body });
    expect(truth).toBe('bad-request');
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      category: 'VALIDATION_ERROR',
      message: expect.stringContaining(named),
    });
  });

  test('a request at its limits is answered', () => {
    for (const body of [groups(5, 3), groups(3, 6), { limit: 200 }, { after: '9800', limit: 200 }]) {
      expect(night().call(SEARCH, { method: 'POST', body }).truth, JSON.stringify(body)).toBe('ok');
    }
  });
});

describe('objects', () => {
  test('a list goes on after the last id, in the order of ids', () => {
    const visited = night();
    const first = bodyOf(visited.call(`${DEALS}?limit=2`));
    const next = (first.paging as { next: { after: string; link: string } }).next;
    expect((first.results as { id: string }[]).map(({ id }) => id)).toEqual(['1', '2']);
    expect(next.after).toBe('2');
    expect(next.link.startsWith(`${ORIGIN}${DEALS}?`)).toBe(true);
    const second = bodyOf(visited.call(next.link.slice(ORIGIN.length)));
    expect((second.results as { id: string }[]).map(({ id }) => id)).toEqual(['10']);
    expect(second).not.toHaveProperty('paging');
    expect(bodyOf(visited.call(`${DEALS}?limit=3`))).not.toHaveProperty('paging');
    expect(visited.call(`${DEALS}?limit=101`).answer.status).toBe(400);
  });

  test('a change moves the moment of change, and reports what the caller supplied', () => {
    const visited = night();
    visited.advance(5 * MINUTE);
    const body = { properties: { dealstage: 'won', note: null } };
    const changed = visited.call(`${DEALS}/1`, { method: 'PATCH', body });
    expect(changed.answer.body).toMatchObject({
      id: '1',
      properties: { dealstage: 'won', hs_lastmodifieddate: at(5 * MINUTE) },
      updatedAt: at(5 * MINUTE),
    });
    expect(changed.writes).toEqual([{ place: 'deals/1', cells: { dealstage: 'won', note: 'null' } }]);
    expect(bodyOf(visited.call(`${DEALS}/1?properties=dealname,dealstage`)).properties).toMatchObject({
      dealname: 'Alder',
      dealstage: 'won',
    });
  });

  test('a created object is found at once, under an id of its own', () => {
    const visited = visit(hubspot);
    const created = visited.call(DEALS, {
      method: 'POST',
      body: { properties: { dealname: 'Elm', amount: 7 } },
    });
    expect(created.answer.status).toBe(201);
    expect(created.writes).toEqual([{ place: 'deals', cells: { dealname: 'Elm', amount: '7' } }]);
    const { id } = bodyOf(created);
    expect(search(visited, where('dealname', 'EQ', { value: 'Elm' })).ids).toEqual([id]);
    expect(search(visited, {})).toMatchObject({ total: 13 });
    const refused = visited.call(DEALS, { method: 'POST', body: { dealname: 'Elm' } });
    expect(refused.truth).toBe('bad-request');
    expect(refused.writes).toEqual([]);
  });

  test('an object of another portal is not found', () => {
    const visited = visit(hubspot);
    const other = visited.connect('globex-hubspot', 'globex');
    const ids = (token: string) =>
      (bodyOf(visited.call(DEALS, { token })).results as { id: string }[]).map(({ id }) => id);
    const [theirs = ''] = ids(other.accessToken);
    expect(ids(visited.account.accessToken)).not.toContain(theirs);
    const { answer } = visited.call(`${DEALS}/${theirs}`);
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ category: 'OBJECT_NOT_FOUND', message: 'resource not found' });
    expect(visited.call(`${DEALS}/${theirs}`, { token: other.accessToken }).answer.status).toBe(200);
  });

  test('the write scope does not read, and the scopes of deals do not open contacts', () => {
    const { call } = visit(hubspot, { scopes: ['crm.objects.deals.write'] });
    expect(call(DEALS).truth).toBe('scope-missing');
    expect(call(DEALS, { method: 'POST', body: { properties: {} } }).truth).toBe('ok');
    expect(call('/crm/v3/objects/contacts', { method: 'POST', body: { properties: {} } }).truth).toBe(
      'scope-missing',
    );
  });

  test('contacts keep their moment of change under their own name', () => {
    const visited = visit(hubspot);
    const contacts = '/crm/v3/objects/contacts';
    const found = visited.call(`${contacts}/search`, {
      method: 'POST',
      body: { query: 'purchasing', limit: 1 },
    });
    const [contact] = bodyOf(found).results as { id: string; properties: Record<string, string> }[];
    expect(Object.keys(contact?.properties ?? {})).toEqual([
      'createdate',
      'email',
      'firstname',
      'hs_object_id',
      'lastmodifieddate',
      'lastname',
    ]);
    visited.call(`${contacts}/${contact?.id}`, { method: 'PATCH', body: { properties: { phone: '1' } } });
    expect(bodyOf(visited.call(`${contacts}/${contact?.id}`)).updatedAt).toBe(at(0));
  });

  test('the remaining calls of the burst window are told, except by a search and to strangers', () => {
    const { call, advance } = visit(hubspot);
    const remaining = (exchange: ReturnType<typeof call>) =>
      exchange.answer.headers['x-hubspot-ratelimit-remaining'];
    expect(remaining(call(DEALS))).toBe('109');
    expect(remaining(call(`${DEALS}/0`))).toBe('108');
    expect(remaining(call(SEARCH, { method: 'POST', body: {} }))).toBeUndefined();
    expect(remaining(call(DEALS, { token: 'never-minted' }))).toBeUndefined();
    expect(remaining(call(DEALS))).toBe('106');
    advance(10_000);
    expect(remaining(call(DEALS))).toBe('109');
  });

  test('the sample deals are linked to the accounts of the same tenant, and lie in the past', () => {
    const { call } = visit(hubspot);
    const body = bodyOf(call(`${DEALS}?properties=salesforce_account_id&limit=100`));
    const results = body.results as { updatedAt: string; properties: Record<string, string> }[];
    expect(results).toHaveLength(12);
    for (const { updatedAt, properties } of results) {
      expect(Date.parse(updatedAt)).toBeLessThan(START_MS - 30 * DAY);
      expect(properties.salesforce_account_id).toMatch(/^001[A-Za-z0-9]{15}$/);
    }
  });
});
