// What is special about Dropbox: 401 for a missing scope, errors as tags, and a refresh that tells one token only.

import { describe, expect, test } from 'vitest';
import dropbox from '../../mocks/services/dropbox/index.ts';
import { bodyOf, visit } from './visit.ts';

const HOUR = 3_600_000;
const JSON_BODY = { 'content-type': 'application/json' };

type Visit = ReturnType<typeof visit>;
const rpc = ({ call }: Visit, name: string, body: unknown = {}, token?: string) =>
  call(`/2/${name}`, { method: 'POST', body, headers: JSON_BODY, ...(token === undefined ? {} : { token }) });
const upload = ({ call }: Visit, path: string, content: string) =>
  call('/2/files/upload', {
    method: 'POST',
    body: content,
    headers: { 'dropbox-api-arg': JSON.stringify({ path, mode: 'overwrite' }) },
  });

describe('tokens', () => {
  test('a refresh tells the access token and its lifetime, nothing else', () => {
    const { refresh } = visit(dropbox);
    expect(bodyOf(refresh())).toEqual({
      access_token: expect.stringMatching(/^sl\./),
      token_type: 'bearer',
      expires_in: 14_400,
    });
    expect(refresh().truth).toBe('ok');
  });

  test.each(dropbox.endpoints.token)('%s takes its fields in the query string too', (path) => {
    const { send, account, client } = visit(dropbox);
    const fields = { grant_type: 'refresh_token', refresh_token: account.refreshToken ?? '', ...client };
    // The vendor's own SDK does so, with an empty body that it calls JSON.
    expect(send('POST', `${path}?${new URLSearchParams(fields)}`, '', JSON_BODY).truth).toBe('ok');
  });

  test.each([
    [{}, false],
    [{ token_access_type: 'online' }, false],
    [{ token_access_type: 'offline' }, true],
  ])('a consent with %j earns a refresh token: %s', (more, earns) => {
    const { send, form, account, client } = visit(dropbox);
    const redirect = 'http://127.0.0.1:8000/back';
    const asked = { response_type: 'code', client_id: account.clientId, redirect_uri: redirect, ...more };
    const consented = send('GET', `/oauth2/authorize?${new URLSearchParams(asked)}`, '', {});
    const code = new URL(consented.answer.headers.location ?? '').searchParams.get('code') ?? '';
    const fields = { grant_type: 'authorization_code', code, redirect_uri: redirect, ...client };
    const told = bodyOf(form('/oauth2/token', fields));
    expect('refresh_token' in told).toBe(earns);
    expect(told).toMatchObject({
      scope: dropbox.scopes.join(' '),
      account_id: expect.stringMatching(/^dbid:/),
    });
  });

  test('an expired token and a missing scope are both a 401, told apart by the tag', () => {
    const visited = visit(dropbox);
    const scope = rpc(visited, 'sharing/list_folders');
    expect([scope.truth, scope.answer.status]).toEqual(['scope-missing', 401]);
    expect(bodyOf(scope).error).toEqual({ '.tag': 'missing_scope', required_scope: 'sharing.read' });
    visited.advance(4 * HOUR);
    const expired = rpc(visited, 'files/list_folder', { path: '' });
    expect([expired.truth, expired.answer.status]).toEqual(['expired', 401]);
    expect(bodyOf(expired)).toMatchObject({
      error_summary: expect.stringMatching(/^expired_access_token\/\.{0,3}$/),
      error: { '.tag': 'expired_access_token' },
    });
  });

  test('nobody can compare summaries', () => {
    const visited = visit(dropbox);
    const summaries = Array.from(
      { length: 20 },
      () => bodyOf(rpc(visited, 'files/get_metadata', { path: '/none' })).error_summary,
    );
    expect(new Set(summaries).size).toBeGreaterThan(1);
    for (const summary of summaries) expect(summary).toMatch(/^path\/not_found\//);
  });

  test('revoking the access token ends the refresh token', () => {
    const visited = visit(dropbox);
    expect(rpc(visited, 'auth/token/revoke').answer).toMatchObject({ status: 200, body: null });
    const dead = rpc(visited, 'files/list_folder', { path: '' });
    expect(bodyOf(dead).error).toEqual({ '.tag': 'invalid_access_token' });
    expect(bodyOf(visited.refresh())).toMatchObject({ error: 'invalid_grant' });
  });
});

describe('files', () => {
  test('what was uploaded is listed, read, downloaded and deleted', () => {
    const visited = visit(dropbox);
    const uploaded = upload(visited, '/Reports/March.csv', 'item\nseventh\n');
    expect(uploaded.writes).toEqual([{ place: '/Reports/March.csv', cells: { content: 'item\nseventh\n' } }]);
    expect(bodyOf(uploaded)).toMatchObject({ name: 'March.csv', size: 13 });
    const { id } = bodyOf(uploaded);
    expect(bodyOf(rpc(visited, 'files/get_metadata', { path: '/reports/march.CSV' }))).toMatchObject({
      '.tag': 'file',
      id,
      path_display: '/Reports/March.csv',
    });
    const arg = { 'dropbox-api-arg': JSON.stringify({ path: id }) };
    const downloaded = visited.call('/2/files/download', { method: 'POST', headers: arg });
    expect(downloaded.answer.body).toBe('item\nseventh\n');
    expect(JSON.parse(downloaded.answer.headers['dropbox-api-result'] ?? '')).toMatchObject({ id });
    expect(rpc(visited, 'files/delete_v2', { path: '/Reports/March.csv' }).answer.status).toBe(200);
    const gone = rpc(visited, 'files/delete_v2', { path: '/Reports/March.csv' });
    expect(gone.answer.status).toBe(409);
    expect(bodyOf(gone).error).toEqual({ '.tag': 'path_lookup', path_lookup: { '.tag': 'not_found' } });
  });

  test('a file that is uploaded again keeps its id and changes its revision', () => {
    const visited = visit(dropbox);
    const [first, second] = ['a', 'b'].map((content) => bodyOf(upload(visited, '/x.txt', content)));
    expect(second?.id).toBe(first?.id);
    expect(second?.rev).not.toBe(first?.rev);
  });

  test('folders are there because files lie in them, and pages go on where they stopped', () => {
    const visited = visit(dropbox);
    upload(visited, '/Reports/old/2025.csv', 'x');
    const names = (found: Record<string, unknown>) =>
      (found.entries as { name: string; '.tag': string }[]).map((entry) => `${entry['.tag']} ${entry.name}`);
    const list = (body: object) => bodyOf(rpc(visited, 'files/list_folder', body));
    expect(names(list({ path: '' }))).toEqual(['folder Reports']);
    expect(names(list({ path: '/reports' }))).toEqual([
      'folder old',
      'file February.csv',
      'file January.csv',
    ]);
    const everything = list({ path: '', recursive: true });
    expect(names(everything)).toHaveLength(5);
    const seen: string[] = [];
    let page = list({ path: '', recursive: true, limit: 2 });
    for (;;) {
      seen.push(...names(page));
      if (page.has_more !== true) break;
      page = bodyOf(rpc(visited, 'files/list_folder/continue', { cursor: page.cursor }));
    }
    expect(seen).toEqual(names(everything));
    expect(rpc(visited, 'files/list_folder', { path: '/nowhere' }).answer.status).toBe(409);
    for (const body of [{}, { path: '/' }, { path: '', limit: 0 }, 'no json']) {
      expect(rpc(visited, 'files/list_folder', body).answer.status, JSON.stringify(body)).toBe(400);
    }
  });

  test('a file of another account is not found', () => {
    const visited = visit(dropbox);
    const other = visited.connect('globex-dropbox', 'globex');
    const path = '/Reports/February.csv';
    const theirs = bodyOf(rpc(visited, 'files/get_metadata', { path }, other.accessToken)).id;
    const { truth, answer } = rpc(visited, 'files/get_metadata', { path: theirs });
    expect([truth, answer.status]).toEqual(['other-tenant', 409]);
  });
});
