// What is special about Notion: no stated end, a version on every call, and pages that must be shared to be seen.

import { describe, expect, test } from 'vitest';
import notion from '../../mocks/services/notion/index.ts';
import {
  botIdOf,
  databaseIdOf,
  dataSourceIdOf,
  pageIdOf,
  workspaceIdOf,
} from '../../mocks/services/notion/workspace.ts';
import { bodyOf, START_MS, visit } from './visit.ts';

const HOUR = 3_600_000;
const VERSION = { 'notion-version': '2022-06-28' };
const HANDBOOK = pageIdOf('acme', 'handbook');

type Visited = ReturnType<typeof visit>;
const variant = (id: string) => visit(notion.variants[id]?.apply(notion) ?? notion);
const call = (visited: Visited, path: string, body?: object, method = body === undefined ? 'GET' : 'POST') =>
  visited.call(path, { method, headers: VERSION, ...(body === undefined ? {} : { body }) });

const basic = ({ client }: Visited, secret = client.client_secret) => ({
  authorization: `Basic ${Buffer.from(`${client.client_id}:${secret}`).toString('base64')}`,
  'content-type': 'application/json',
});
const refresh = (visited: Visited, token = visited.account.refreshToken, secret?: string) =>
  visited.send(
    'POST',
    '/v1/oauth/token',
    JSON.stringify({ grant_type: 'refresh_token', refresh_token: token }),
    basic(visited, secret),
  );

const results = (exchange: ReturnType<typeof call>) =>
  bodyOf(exchange).results as { id: string; properties: Record<string, unknown> }[];
const title = (content: string) => ({ title: [{ text: { content } }] });

describe('tokens', () => {
  test('a refresh by JSON and Basic brings two new tokens, and states no lifetime and no scope', () => {
    const visited = visit(notion);
    const answer = bodyOf(refresh(visited));
    expect(answer).toMatchObject({
      token_type: 'bearer',
      bot_id: botIdOf('acme'),
      workspace_id: workspaceIdOf('acme'),
      owner: { type: 'user' },
    });
    expect(answer).not.toHaveProperty('expires_in');
    expect(answer).not.toHaveProperty('scope');
    expect(answer.refresh_token).not.toBe(visited.account.refreshToken);
    expect(refresh(visited).answer.status).toBe(400);
    expect(bodyOf(refresh(visited)).error).toBe('invalid_grant');
    expect(refresh(visited, String(answer.refresh_token)).truth).toBe('ok');
    expect(visited.account.expiresAt).toBeNull();
  });

  test('a wrong secret by Basic is 401, and uses nothing up', () => {
    const visited = visit(notion);
    const refused = refresh(visited, visited.account.refreshToken, 'wrong');
    expect([refused.answer.status, bodyOf(refused).error]).toEqual([401, 'invalid_client']);
    expect(refresh(visited).truth).toBe('ok');
  });

  test('a request that lacks a field says which, and a strange grant type is named', () => {
    const visited = visit(notion);
    const told = (fields: object) =>
      bodyOf(visited.send('POST', '/v1/oauth/token', JSON.stringify(fields), basic(visited))).message;
    expect(told({})).toContain('body.grant_type should be defined');
    expect(told({ grant_type: 'refresh_token' })).toContain('body.refresh_token should be defined');
    expect(told({ grant_type: 'password' })).toContain('instead was "password"');
  });

  test('introspection and revocation need the client; a revoked token is not active, its sibling lives', () => {
    const visited = visit(notion);
    const about = (path: string, token: string) =>
      visited.send('POST', path, JSON.stringify({ token }), basic(visited));
    const { accessToken, refreshToken } = visited.account;
    expect(bodyOf(about('/v1/oauth/introspect', accessToken))).toMatchObject({
      active: true,
      scope: 'read_content insert_content update_content',
      iat: START_MS,
    });
    expect(about('/v1/oauth/revoke', accessToken).answer.status).toBe(200);
    expect(bodyOf(about('/v1/oauth/introspect', accessToken)).active).toBe(false);
    expect(bodyOf(call(visited, '/v1/users/me'))).toMatchObject({
      object: 'error',
      status: 401,
      code: 'unauthorized',
      message: 'API token is invalid.',
    });
    expect(refresh(visited, refreshToken).truth).toBe('ok');
  });

  test('under no-refresh the refresh token is null in account and answer', () => {
    const visited = variant('no-refresh');
    expect(visited.account.refreshToken).toBeNull();
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: visited.account.clientId,
      redirect_uri: 'http://127.0.0.1:8000/cb',
      owner: 'user',
    });
    const { location } = visited.send('GET', `/v1/oauth/authorize?${query}`, '', {}).answer.headers;
    const fields = {
      grant_type: 'authorization_code',
      code: new URL(location ?? '').searchParams.get('code'),
      redirect_uri: 'http://127.0.0.1:8000/cb',
    };
    const answer = bodyOf(visited.send('POST', '/v1/oauth/token', JSON.stringify(fields), basic(visited)));
    expect(answer).toMatchObject({ refresh_token: null, access_token: expect.stringMatching(/^ntn_/) });
  });

  test('under unstated-hour a token ends although nothing said so', () => {
    const visited = variant('unstated-hour');
    expect(bodyOf(refresh(visited))).not.toHaveProperty('expires_in');
    visited.advance(HOUR - 1);
    expect(call(visited, '/v1/users/me').truth).toBe('ok');
    visited.advance(1);
    expect(call(visited, '/v1/users/me').truth).toBe('expired');
  });
});

describe('what may be seen', () => {
  test('a call without a version is refused, whatever it asks', () => {
    const refused = visit(notion).call('/v1/users/me');
    expect(bodyOf(refused)).toMatchObject({ status: 400, code: 'missing_version' });
  });

  test('a page that is not shared, one of another workspace and one that never was: one wording', () => {
    const visited = visit(notion);
    visited.connect('globex-notion', 'globex');
    const told = (id: string) => {
      const { answer, truth } = call(visited, `/v1/pages/${id}`);
      const { message, code, status } = answer.body as Record<string, unknown>;
      return { truth, code, status, message: String(message).replace(id, 'ID') };
    };
    const [unshared, theirs, never] = [
      pageIdOf('acme', 'salaries'),
      pageIdOf('globex', 'handbook'),
      '00000000-0000-4000-8000-000000000000',
    ].map(told);
    expect([unshared?.truth, theirs?.truth, never?.truth]).toEqual([
      'not-found',
      'other-tenant',
      'not-found',
    ]);
    expect({ ...theirs, truth: '' }).toEqual({ ...unshared, truth: '' });
    expect({ ...never, truth: '' }).toEqual({ ...unshared, truth: '' });
    expect(unshared).toMatchObject({ status: 404, code: 'object_not_found' });
  });

  test('a search leaves out what is not shared, and does not say so', () => {
    const visited = visit(notion);
    const found = results(call(visited, '/v1/search', {}));
    expect(found).toHaveLength(5);
    expect(found.map(({ id }) => id)).not.toContain(pageIdOf('acme', 'salaries'));
    expect(results(call(visited, '/v1/search', { query: 'handbook' }))).toHaveLength(2);
    const databases = results(
      call(visited, '/v1/search', { filter: { property: 'object', value: 'database' } }),
    );
    expect(databases.map(({ id }) => id)).toEqual([databaseIdOf('acme')]);
    expect(JSON.stringify(found)).not.toContain('"shared"');
  });

  test('an id is the same without its dashes', () => {
    expect(bodyOf(call(visit(notion), `/v1/pages/${HANDBOOK.replaceAll('-', '')}`)).id).toBe(HANDBOOK);
  });

  test('users need a capability that few apps have', () => {
    const refused = call(visit(notion), '/v1/users');
    expect(bodyOf(refused)).toMatchObject({ status: 403, code: 'restricted_resource' });
    expect(results(call(visit(notion, { scopes: ['read_users'] }), '/v1/users'))).toHaveLength(2);
  });
});

describe('databases', () => {
  const query = (body: object, id = databaseIdOf('acme'), kind = 'databases') =>
    call(visit(notion), `/v1/${kind}/${id}/query`, body);
  const names = (exchange: ReturnType<typeof call>) =>
    results(exchange).map(({ properties }) => {
      const name = properties.Name as { title: { plain_text: string }[] };
      return name.title[0]?.plain_text;
    });
  const [backups, archive, handbook] = ['Check the backups', 'Move the archive', 'Write the handbook'];

  test.each([
    [{ property: 'Status', status: { equals: 'Done' } }, [backups]],
    [{ property: 'Hours', number: { greater_than: 1 } }, [archive, handbook]],
    [{ property: 'Name', title: { contains: 'THE' } }, [backups, archive, handbook]],
    [{ property: 'Name', rich_text: { starts_with: 'move' } }, [archive]],
    [{ property: 'Nothing', rich_text: { is_empty: true } }, [backups, archive, handbook]],
    [{ timestamp: 'last_edited_time', last_edited_time: { on_or_after: '2026-02-05' } }, [archive, handbook]],
    [
      {
        and: [
          { property: 'Hours', number: { less_than: 8 } },
          {
            or: [
              { property: 'Status', status: { equals: 'Done' } },
              { property: 'Hours', number: { equals: 5 } },
            ],
          },
        ],
      },
      [backups, archive],
    ],
  ])('the filter %j', (filter, found) => {
    expect(names(query({ filter }))).toEqual(found);
  });

  test('sorts go in their order, and a data source answers as its database', () => {
    const sorts = [{ property: 'Hours', direction: 'descending' }];
    expect(names(query({ sorts }))).toEqual([handbook, archive, backups]);
    expect(names(query({ sorts }, dataSourceIdOf('acme'), 'data_sources'))).toEqual([
      handbook,
      archive,
      backups,
    ]);
    expect(query({}, 'no-such', 'data_sources').truth).toBe('not-found');
  });

  test('cursors lead through every row exactly once', () => {
    const visited = visit(notion);
    const ids: string[] = [];
    let cursor: unknown = null;
    do {
      const body = { page_size: 2, ...(cursor === null ? {} : { start_cursor: cursor }) };
      const page = call(visited, `/v1/databases/${databaseIdOf('acme')}/query`, body);
      ids.push(...results(page).map(({ id }) => id));
      cursor = bodyOf(page).next_cursor;
    } while (cursor !== null);
    expect(new Set(ids).size).toBe(3);
    expect(ids).toHaveLength(3);
    expect(query({ start_cursor: 'none' }).truth).toBe('bad-request');
  });

  test('a filter beyond the mock says so', () => {
    const refused = query({ filter: { property: 'Hours', formula: { number: { equals: 1 } } } });
    expect(refused.truth).toBe('unmodelled');
  });
});

describe('changes', () => {
  test('a row is created in full, and the write is what the caller supplied, as a person sees it', () => {
    const visited = visit(notion);
    visited.advance(1500);
    const properties = {
      Name: title('Night report'),
      Status: { status: { name: 'Done' } },
      Hours: { number: 2 },
    };
    const created = call(visited, '/v1/pages', { parent: { database_id: databaseIdOf('acme') }, properties });
    expect(bodyOf(created)).toMatchObject({
      object: 'page',
      parent: { type: 'database_id', database_id: databaseIdOf('acme') },
      properties: { Name: { type: 'title', title: [{ plain_text: 'Night report' }] } },
      created_time: new Date(START_MS + 1500).toISOString(),
    });
    expect(created.writes).toEqual([
      { place: databaseIdOf('acme'), cells: { Name: 'Night report', Status: 'Done', Hours: '2' } },
    ]);
    const filter = { property: 'Name', title: { equals: 'Night report' } };
    expect(results(call(visited, `/v1/databases/${databaseIdOf('acme')}/query`, { filter }))).toHaveLength(1);
  });

  test('a row is created below a data source too, and its database holds it', () => {
    const visited = visit(notion);
    const source = dataSourceIdOf('acme');
    expect(bodyOf(call(visited, `/v1/data_sources/${source}`))).toMatchObject({
      object: 'data_source',
      id: source,
      parent: { database_id: databaseIdOf('acme') },
      properties: { Hours: { type: 'number' } },
    });
    const created = call(visited, '/v1/pages', {
      parent: { type: 'data_source_id', data_source_id: source },
      properties: { Name: title('New') },
    });
    expect(created.writes).toEqual([{ place: databaseIdOf('acme'), cells: { Name: 'New' } }]);
    const rows = results(call(visited, `/v1/databases/${databaseIdOf('acme')}/query`, {}));
    expect(rows.map(({ id }) => id)).toContain(bodyOf(created).id);
  });

  test('a change keeps the rest, and an archived row is no longer found by a query', () => {
    const visited = visit(notion);
    const id = pageIdOf('acme', 'Check the backups');
    const changed = call(
      visited,
      `/v1/pages/${id}`,
      { properties: { Hours: { number: 3 } }, archived: true },
      'PATCH',
    );
    expect(changed.writes).toEqual([{ place: `pages/${id}`, cells: { Hours: '3', archived: 'true' } }]);
    expect(bodyOf(call(visited, `/v1/pages/${id}`)).properties).toMatchObject({
      Hours: { number: 3 },
      Status: { status: { name: 'Done' } },
    });
    const rows = results(call(visited, `/v1/databases/${databaseIdOf('acme')}/query`, {}));
    expect(rows.map((row) => row.id)).not.toContain(id);
  });

  test('blocks are appended in their order', () => {
    const visited = visit(notion);
    const children = ['one', 'two'].map((content) => ({
      type: 'paragraph',
      paragraph: { rich_text: [{ text: { content } }] },
    }));
    const appended = call(visited, `/v1/blocks/${HANDBOOK}/children`, { children }, 'PATCH');
    expect(appended.writes).toEqual(
      ['one', 'two'].map((content) => ({ place: `pages/${HANDBOOK}`, cells: { paragraph: content } })),
    );
    const blocks = bodyOf(call(visited, `/v1/blocks/${HANDBOOK}/children`)).results as {
      paragraph: { rich_text: { plain_text: string }[] };
    }[];
    expect(blocks.map(({ paragraph }) => paragraph.rich_text[0]?.plain_text)).toEqual([
      'Start here.',
      'one',
      'two',
    ]);
  });

  test.each([
    [{}, 'body.parent should be defined'],
    [{ parent: { page_id: HANDBOOK } }, 'body.properties should be defined'],
    ['not json', 'Error parsing JSON body.'],
  ] as const)('a page that lacks something is refused (%#)', (body, named) => {
    const refused = visit(notion).call('/v1/pages', { method: 'POST', body, headers: VERSION });
    expect(bodyOf(refused)).toMatchObject({ status: 400, message: expect.stringContaining(named) });
    expect(refused.writes).toEqual([]);
  });

  test('nothing is created below what is not shared', () => {
    const parent = { page_id: pageIdOf('acme', 'salaries') };
    const refused = call(visit(notion), '/v1/pages', { parent, properties: { title: title('x') } });
    expect([refused.answer.status, refused.writes]).toEqual([404, []]);
  });
});
