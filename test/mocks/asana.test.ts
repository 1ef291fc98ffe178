// What is special about Asana: expiry is told from denial in words, users come along with tokens, envelopes.

import { describe, expect, test } from 'vitest';
import asana from '../../mocks/services/asana/index.ts';
import { bodyOf, visit } from './visit.ts';

const HOUR = 3_600_000;
const TASKS = '/api/1.0/tasks';

const messageOf = (exchange: Parameters<typeof bodyOf>[0]) =>
  (bodyOf(exchange).errors as { message: string }[])[0]?.message;
const gidsOf = (exchange: Parameters<typeof bodyOf>[0]) =>
  (bodyOf(exchange).data as { gid: string }[]).map(({ gid }) => gid);

describe('tokens', () => {
  test('a refresh tells the user and keeps the refresh token to itself', () => {
    const { refresh, account } = visit(asana);
    expect(account.accessToken).toMatch(/^2\/\d{16}\/\d{16}:[0-9a-f]{32}$/);
    const answer = bodyOf(refresh());
    expect(answer).toMatchObject({ token_type: 'bearer', expires_in: 3600, data: { name: 'acme-asana' } });
    expect(answer).not.toHaveProperty('refresh_token');
    const { id, gid } = answer.data as { id: number; gid: string };
    expect(String(id)).toBe(gid);
    expect(refresh().truth).toBe('ok');
  });

  test('an expired token is told to be expired, a revoked one is not', () => {
    const expired = visit(asana);
    expired.advance(HOUR);
    const late = expired.call(TASKS);
    expect([late.truth, late.answer.status]).toEqual(['expired', 401]);
    expect(messageOf(late)).toMatch(/^The bearer token has expired\. If you have a refresh token/);
    const revoked = visit(asana);
    revoked.act({ act: 'revoke' });
    expect(messageOf(revoked.call(TASKS))).toBe('Not Authorized');
    expect(bodyOf(revoked.refresh())).toEqual({ error: 'invalid_grant' });
  });

  test('deauthorization ends the whole grant', () => {
    const { form, account, client, call, refresh } = visit(asana);
    const token = account.refreshToken ?? '';
    expect(form('/-/oauth_revoke', { ...client, token }).answer.status).toBe(200);
    expect(call(TASKS).truth).toBe('revoked-by-client');
    expect(refresh().truth).toBe('revoked-by-client');
  });
});

describe('tasks', () => {
  test('are made and changed in an envelope', () => {
    const { call } = visit(asana);
    const made = call(TASKS, { method: 'POST', body: { data: { name: 'Row 7', notes: 'missing' } } });
    expect(made.answer.status).toBe(201);
    expect(made.writes).toEqual([{ place: 'tasks', cells: { name: 'Row 7', notes: 'missing' } }]);
    const { gid } = bodyOf(made).data as { gid: string };
    const changed = call(`${TASKS}/${gid}`, { method: 'PUT', body: { data: { completed: true } } });
    expect(bodyOf(changed).data).toMatchObject({ gid, name: 'Row 7', completed: true });
    expect(changed.writes).toEqual([{ place: `tasks/${gid}`, cells: { completed: 'true' } }]);
    for (const body of ['no json', { name: 'no envelope' }, { data: { notes: 'no name' } }]) {
      expect(call(TASKS, { method: 'POST', body }).answer.status).toBe(400);
    }
  });

  test('come page by page once a limit is asked for', () => {
    const { call } = visit(asana);
    expect(bodyOf(call(TASKS))).not.toHaveProperty('next_page');
    const first = call(`${TASKS}?limit=2`);
    const next = bodyOf(first).next_page as { uri: string };
    const second = call(new URL(next.uri).pathname + new URL(next.uri).search);
    expect(bodyOf(second).next_page).toBeNull();
    expect([...gidsOf(first), ...gidsOf(second)]).toEqual(gidsOf(call(TASKS)));
    expect(call(`${TASKS}?limit=101`).answer.status).toBe(400);
    expect(call(`${TASKS}?limit=2&offset=here`).answer.status).toBe(400);
  });

  test('are found by their project', () => {
    const { call } = visit(asana);
    const [project] = gidsOf(call('/api/1.0/projects'));
    call(TASKS, { method: 'POST', body: { data: { name: 'elsewhere' } } });
    for (const path of [`/api/1.0/projects/${project}/tasks`, `${TASKS}?project=${project}`]) {
      expect(gidsOf(call(path))).toHaveLength(3);
    }
    expect(gidsOf(call(TASKS))).toHaveLength(4);
  });

  test('of another workspace are forbidden, those that nobody has are unknown', () => {
    const visited = visit(asana);
    const other = visited.connect('globex-asana', 'globex');
    const [theirs] = gidsOf(visited.call(TASKS, { token: other.accessToken }));
    expect(visited.call(`${TASKS}/${theirs}`)).toMatchObject({
      truth: 'other-tenant',
      answer: { status: 403 },
    });
    const unknown = visited.call(`${TASKS}/12`);
    expect([unknown.answer.status, messageOf(unknown)]).toEqual([404, 'Unknown object: 12']);
    expect(visited.call(`${TASKS}/abc`).answer.status).toBe(400);
  });

  test('the scope from before scopes opens everything', () => {
    expect(visit(asana).call('/api/1.0/goals').truth).toBe('scope-missing');
    expect(visit(asana, { scopes: ['default'] }).call('/api/1.0/goals').answer.status).toBe(200);
  });
});
