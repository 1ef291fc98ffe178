// What is special about Linear: rotation without a family, GraphQL with its partial answers, and identifiers.

import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../mocks/exchange.ts';
import linear from '../../mocks/services/linear/index.ts';
import { issueIdOf, teamIdOf } from '../../mocks/services/linear/seed.ts';
import { bodyOf, START_MS, visit } from './visit.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

type Visited = ReturnType<typeof visit>;

const ask = (visited: Visited, query: string, variables: object = {}, more: object = {}): Exchange =>
  visited.call('/graphql', {
    method: 'POST',
    body: { query, variables, ...more },
    headers: { 'content-type': 'application/json' },
  });

const dataOf = (exchange: Exchange) => bodyOf(exchange).data;
const errorsOf = (exchange: Exchange) =>
  bodyOf(exchange).errors as { message: string; path?: string[]; extensions: Record<string, unknown> }[];

const variant = (id: string) => visit(linear.variants[id]?.apply(linear) ?? linear);

describe('tokens', () => {
  test('a refresh replaces the refresh token, and the spent one harms nobody', () => {
    const visited = visit(linear);
    const answer = bodyOf(visited.refresh());
    expect(answer).toMatchObject({ token_type: 'Bearer', expires_in: 86_399, scope: 'read write' });
    expect(answer.refresh_token).not.toBe(visited.account.refreshToken);
    expect(bodyOf(visited.refresh())).toMatchObject({ error: 'invalid_grant' });
    expect(visited.refresh(String(answer.refresh_token)).truth).toBe('ok');
    expect(ask(visited, '{ viewer { id } }').truth).toBe('ok');
  });

  test('an access token lives to the last millisecond of its day', () => {
    const visited = visit(linear);
    visited.advance(DAY - 1);
    expect(ask(visited, '{ viewer { id } }').truth).toBe('ok');
    visited.advance(1);
    const { answer, truth } = ask(visited, '{ viewer { id } }');
    expect({ truth, status: answer.status }).toEqual({ truth: 'expired', status: 401 });
  });

  test('a client may show itself by Basic', () => {
    const { send, account } = visit(linear);
    const basic = Buffer.from(`${account.clientId}:${account.clientSecret}`).toString('base64');
    const fields = { grant_type: 'refresh_token', refresh_token: account.refreshToken ?? '' };
    const exchange = send('POST', '/oauth/token', new URLSearchParams(fields).toString(), {
      authorization: `Basic ${basic}`,
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(exchange.truth).toBe('ok');
  });

  test('a bare token is a personal key, which nobody minted', () => {
    const { call, account } = visit(linear);
    const headers = { authorization: account.accessToken };
    expect(call('/graphql', { token: null, headers }).truth).toBe('no-token');
  });

  test('under personal-key the token goes bare, never ends, and is refused behind a scheme of its own', () => {
    const { call, account, advance } = variant('personal-key');
    expect(account.authorization).toBe('{token}');
    expect(account.refreshToken).toBeNull();
    advance(10_000 * DAY);
    const body = { query: '{ viewer { id } }' };
    const asked = (authorization: string) =>
      call('/graphql', { method: 'POST', body, token: null, headers: { authorization } }).truth;
    expect(asked(account.accessToken)).toBe('ok');
    expect(asked(`Bearer ${account.accessToken}`)).toBe('no-token');
  });

  test('under no-refresh a token lives ten years and cannot be refreshed', () => {
    const visited = variant('no-refresh');
    expect(visited.account.refreshToken).toBeNull();
    visited.advance(3653 * DAY);
    expect(ask(visited, '{ viewer { id } }').truth).toBe('ok');
    visited.advance(DAY);
    expect(ask(visited, '{ viewer { id } }').truth).not.toBe('ok');
  });

  test('under client-credentials an application has one token, which the next one ends', () => {
    const { form, client, call, connect } = visit(
      linear.variants['client-credentials']?.apply(linear) ?? linear,
    );
    const other = connect('globex-linear', 'globex');
    const ask = (by = client) => form('/oauth/token', { grant_type: 'client_credentials', ...by });
    const viewer = (token?: unknown) =>
      call('/graphql', {
        method: 'POST',
        body: { query: '{ viewer { id } }' },
        ...(token === undefined ? {} : { token: String(token) }),
      }).truth;
    const first = bodyOf(ask());
    expect(first.expires_in).toBe(2_591_999);
    expect(first).not.toHaveProperty('refresh_token');
    expect([viewer(), viewer(first.access_token)]).toEqual(['superseded', 'ok']);
    const second = bodyOf(ask());
    expect([viewer(first.access_token), viewer(second.access_token)]).toEqual(['superseded', 'ok']);
    expect(ask({ ...client, client_id: other.clientId }).account).toBe(other.id);
    expect(viewer(second.access_token)).toBe('ok');
    expect(ask({ ...client, client_secret: 'wrong' }).truth).toBe('wrong-secret');
  });

  test('under grace-30-minutes a lost answer can be asked for again, for half an hour', () => {
    const visited = variant('grace-30-minutes');
    expect(visited.refresh().truth).toBe('ok');
    visited.advance(30 * MINUTE - 1);
    expect(visited.refresh().truth).toBe('ok');
    visited.advance(1);
    expect(visited.refresh().truth).toBe('rotated');
  });

  test('under scope-array the scope is a list', () => {
    expect(bodyOf(variant('scope-array').refresh()).scope).toEqual(['read', 'write']);
  });
});

describe('queries', () => {
  test('fragments, aliases, variables and comments are understood as GraphQL wants it', () => {
    const visited = visit(linear);
    const query = `
      # Two fragments ask for parts of the same team.
      query Both($id: String!, $first: Int = 2, $unused: [String!]) {
        mine: issue(id: $id) { __typename ...Names ...Keys ... on Issue { number } }
        issues(first: $first) { nodes { identifier } pageInfo { hasNextPage } }
      }
      fragment Names on Issue { title team { name } }
      fragment Keys on Issue { team { key } }`;
    expect(dataOf(ask(visited, query, { id: issueIdOf('acme', 2) }))).toEqual({
      mine: {
        __typename: 'Issue',
        title: 'Document the nightly sync',
        team: { name: 'Engineering', key: 'ENG' },
        number: 2,
      },
      issues: { nodes: [{ identifier: 'ENG-5' }, { identifier: 'ENG-4' }], pageInfo: { hasNextPage: true } },
    });
  });

  test('one of several operations is chosen by its name', () => {
    const query = 'query A { viewer { name } } query B { organization { urlKey } }';
    expect(dataOf(ask(visit(linear), query, {}, { operationName: 'B' }))).toEqual({
      organization: { urlKey: 'acme' },
    });
    expect(ask(visit(linear), query).truth).toBe('bad-request');
  });

  test('pages meet every issue exactly once', () => {
    const visited = visit(linear);
    const query =
      'query($after: String) { issues(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }';
    const ids: string[] = [];
    let after: string | null = null;
    do {
      const { issues } = dataOf(ask(visited, query, { after })) as {
        issues: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
      };
      ids.push(...issues.nodes.map(({ id }) => id));
      after = issues.pageInfo.hasNextPage ? issues.pageInfo.endCursor : null;
    } while (after !== null);
    expect(ids).toEqual([5, 4, 3, 2, 1].map((n) => issueIdOf('acme', n)));
  });

  test.each([
    ['{ title: { contains: "nightly" } }', [2]],
    ['{ title: { containsIgnoreCase: "EXPORT" } }', [1]],
    ['{ number: { gte: 4 }, priority: { lt: 4 } }', [4]],
    ['{ number: { in: [1, 3, 9] } }', [3, 1]],
    ['{ assignee: { id: { eq: null } } }', [4, 2]],
    [`{ team: { id: { eq: "${teamIdOf('globex')}" } } }`, []],
    ['{ updatedAt: { gt: "2026-02-19" } }', [5, 4]],
  ])('the filter %s', (filter, numbers) => {
    const found = dataOf(ask(visit(linear), `{ issues(filter: ${filter}) { nodes { number } } }`));
    expect(found).toEqual({ issues: { nodes: numbers.map((number) => ({ number })) } });
  });

  test('what the SDK asks of every issue is answered, also where there is nothing', () => {
    const query = `{ issue(id: "ENG-1") {
      trashed labelIds cycle { id } botActor { ...Bot } reactions { emoji user { id } }
      syncedWith { metadata { ... on ExternalEntitySlackMetadata { channelId } } }
      sharedAccess { isShared sharedWithUsers { id } } team { issueCount activeCycle { id } } creator { isMe }
    } } fragment Bot on ActorBot { id }`;
    expect(dataOf(ask(visit(linear), query))).toEqual({
      issue: {
        trashed: null,
        labelIds: [],
        cycle: null,
        botActor: null,
        reactions: [],
        syncedWith: [],
        sharedAccess: { isShared: false, sharedWithUsers: [] },
        team: { issueCount: 5, activeCycle: null },
        creator: { isMe: true },
      },
    });
  });

  test('what is archived is left out, unless it is asked for', () => {
    const users = ['a', 'b'].map((id) => ({
      id,
      archivedAt: id === 'b' ? '2026-01-01T00:00:00.000Z' : null,
    }));
    const visited = visit(linear, { data: { users } });
    const ids = (args: string) => dataOf(ask(visited, `{ users${args} { nodes { id } } }`));
    expect(ids('')).toEqual({ users: { nodes: [{ id: 'a' }] } });
    expect(ids('(includeArchived: true, includeDisabled: true)')).toEqual({
      users: { nodes: [{ id: 'b' }, { id: 'a' }] },
    });
  });

  test('an issue answers to its identifier too', () => {
    expect(dataOf(ask(visit(linear), '{ issue(id: "ENG-3") { number } }'))).toEqual({ issue: { number: 3 } });
  });

  test('what another workspace holds is not found, in the words of what never was', () => {
    const visited = visit(linear);
    visited.connect('globex-linear', 'globex');
    const query = 'query($id: String!) { issue(id: $id) { title } }';
    const [theirs, nobodys] = [issueIdOf('globex', 1), 'no-such-issue'].map((id) =>
      ask(visited, query, { id }),
    );
    expect([theirs?.truth, nobodys?.truth]).toEqual(['other-tenant', 'not-found']);
    expect(theirs?.answer.body).toEqual(nobodys?.answer.body);
    expect(theirs?.answer.status).toBe(nobodys?.answer.status);
  });

  test('one field may fail beside one that does not: 200 with data and errors', () => {
    const exchange = ask(visit(linear), '{ viewer { name } log: auditEntries { nodes { id } } }');
    expect(exchange.answer.status).toBe(200);
    expect(dataOf(exchange)).toEqual({ viewer: { name: 'Integration User' }, log: null });
    expect(errorsOf(exchange)).toEqual([
      expect.objectContaining({ message: 'Invalid scope: `admin` required', path: ['log'] }),
    ]);
  });

  test.each([
    ['{ viewer { id }', 'Syntax Error: Unexpected <EOF>.'],
    ['{ viewer { id } } %', 'Syntax Error: Unexpected character: "%".'],
    ['subscription { viewer { id } }', 'Syntax Error: Unexpected "subscription".'],
    ['{ viewer { ...Gone } }', 'Unknown fragment "Gone".'],
    ['{ viewer { ...A } } fragment A on User { ...A }', 'Cannot spread fragment "A" within itself.'],
    ['{ viewer }', 'Did you mean "viewer { ... }"?'],
    ['{ viewer { name { first } } }', 'has no subfields'],
    ['{ issues(first: 251) { nodes { id } } }', 'first must be'],
    ['{ issues(after: "no-cursor") { nodes { id } } }', 'after is no cursor'],
  ])('%s is refused', (query, said) => {
    const exchange = ask(visit(linear), query);
    expect(exchange.truth).toBe('bad-request');
    expect(exchange.answer.status).toBe(400);
    expect(errorsOf(exchange)[0]?.message).toContain(said);
  });

  test.each([
    ['{ cycles { nodes { id } } }', 'query cycles'],
    ['{ issue(id: "ENG-1") { labels { nodes { id } } } }', 'Issue.labels'],
    ['{ issues(filter: { or: [] }) { nodes { id } } }', 'filter'],
    ['{ issues(last: 2) { nodes { id } } }', 'last'],
    ['{ toString { id } }', 'query toString'],
  ])('%s is beyond the mock, and it says so', (query, named) => {
    const { answer, truth } = ask(visit(linear), query);
    expect(truth).toBe('unmodelled');
    expect(JSON.stringify(answer.body)).toContain(named);
  });

  test('a GET may ask, but not change', () => {
    const { call } = visit(linear);
    const get = (query: string) => call(`/graphql?${new URLSearchParams({ query })}`);
    expect(dataOf(get('{ viewer { email } }'))).toEqual({ viewer: { email: 'integration@acme.example' } });
    expect(get('mutation { issueUpdate(id: "ENG-1", input: {}) { success } }').truth).toBe('bad-request');
  });
});

describe('mutations', () => {
  const CREATE = `mutation($input: IssueCreateInput!) {
    issueCreate(input: $input) { success issue { identifier title createdAt state { name } creator { name } } }
  }`;

  test('an issue is created with the next number, and the write is what the caller supplied', () => {
    const visited = visit(linear);
    const input = { teamId: teamIdOf('acme'), title: 'Night failed', priority: 1 };
    const exchange = ask(visited, CREATE, { input });
    expect(dataOf(exchange)).toEqual({
      issueCreate: {
        success: true,
        issue: {
          identifier: 'ENG-6',
          title: 'Night failed',
          createdAt: new Date(START_MS).toISOString(),
          state: { name: 'Backlog' },
          creator: { name: 'Integration User' },
        },
      },
    });
    expect(exchange.writes).toEqual([
      { place: 'issues', cells: { teamId: input.teamId, title: 'Night failed', priority: '1' } },
    ]);
  });

  test('two issues of one request are two issues', () => {
    const visited = visit(linear);
    const create = (key: string) =>
      `${key}: issueCreate(input: { teamId: "${teamIdOf('acme')}", title: "${key}" }) { issue { id number } }`;
    const made = Object.values(
      dataOf(ask(visited, `mutation { ${create('a')} ${create('b')} }`)) as Record<
        string,
        { issue: { id: string; number: number } }
      >,
    );
    expect(made.map(({ issue }) => issue.number)).toEqual([6, 7]);
    expect(new Set(made.map(({ issue }) => issue.id)).size).toBe(2);
  });

  test('a change and a comment are seen by the next query', () => {
    const visited = visit(linear);
    visited.advance(MINUTE);
    const changed = ask(
      visited,
      'mutation { issueUpdate(id: "ENG-1", input: { title: "Fixed" }) { success } }',
    );
    expect(changed.writes).toEqual([{ place: `issues/${issueIdOf('acme', 1)}`, cells: { title: 'Fixed' } }]);
    ask(visited, 'mutation { commentCreate(input: { issueId: "ENG-1", body: """Seen.""" }) { success } }');
    const query = '{ issue(id: "ENG-1") { title updatedAt comments { nodes { body user { name } } } } }';
    expect(dataOf(ask(visited, query))).toEqual({
      issue: {
        title: 'Fixed',
        updatedAt: new Date(START_MS + MINUTE).toISOString(),
        comments: { nodes: [{ body: 'Seen.', user: { name: 'Integration User' } }] },
      },
    });
  });

  test('a narrow scope suffices for what it names, and for nothing else', () => {
    const visited = visit(linear, { scopes: ['read', 'comments:create'] });
    const comment = 'mutation { commentCreate(input: { issueId: "ENG-1", body: "b" }) { success } }';
    expect(ask(visited, comment).truth).toBe('ok');
    const refused = ask(visited, CREATE, { input: { teamId: teamIdOf('acme'), title: 't' } });
    expect(refused.truth).toBe('scope-missing');
    expect(refused.answer.status).toBe(400);
    expect(errorsOf(refused)[0]?.message).toBe('Invalid scope: `write` required');
    expect(refused.writes).toEqual([]);
  });
});

describe('an old token', () => {
  const migrate = (visited: Visited, token = visited.account.accessToken) =>
    visited.form('/oauth/migrate_old_token', { access_token: token, ...visited.client });

  test('of ten years becomes, once, one of a day that refreshes', () => {
    const visited = variant('migratable');
    expect(visited.account.refreshToken).toBeNull();
    const migrated = bodyOf(migrate(visited));
    expect(migrated).toMatchObject({ expires_in: 86_399, token_type: 'Bearer' });
    const refreshed = visited.refresh(String(migrated.refresh_token));
    expect(refreshed.truth).toBe('ok');
    expect(migrate(visited).truth).toBe('not-refreshable');
  });

  test('that nobody minted cannot be exchanged', () => {
    const visited = variant('migratable');
    expect(migrate(visited, 'lin_oauth_never').truth).toBe('unknown-token');
    expect(migrate(visited, 'lin_oauth_never').answer.status).toBe(400);
  });
});
