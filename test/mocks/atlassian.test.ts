// What is special about Atlassian: companion tokens with a leeway, 401 for a missing scope, 403 for a dead grant, sites.

import { describe, expect, test } from 'vitest';
import { readJwt } from '../../mocks/jwt.ts';
import { cloudIdOf } from '../../mocks/services/atlassian/ids.ts';
import atlassian from '../../mocks/services/atlassian/index.ts';
import { bodyOf, START_MS, visit } from './visit.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const HERE = `/ex/jira/${cloudIdOf('acme')}/rest/api/3`;

const variant = (id: string) => atlassian.variants[id]?.apply(atlassian) ?? expect.unreachable();

describe('tokens', () => {
  test('a refresh is asked for in JSON and rotates', () => {
    const { send, account, client } = visit(atlassian);
    const body = { grant_type: 'refresh_token', refresh_token: account.refreshToken, ...client };
    const headers = { 'content-type': 'application/json' };
    const fresh = bodyOf(send('POST', '/oauth/token', JSON.stringify(body), headers));
    expect(fresh).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3600,
      scope: atlassian.scopes.join(' '),
    });
    expect(fresh.refresh_token).not.toBe(account.refreshToken);
  });

  test('the old refresh token and its companion live for ten minutes more, then both are dead', () => {
    const { refresh, call, advance, account } = visit(atlassian);
    const first = bodyOf(refresh());
    advance(10 * MINUTE - 1);
    expect(call('/me').truth).toBe('ok');
    expect(refresh(account.refreshToken ?? '').truth).toBe('ok');
    expect(refresh(String(first.refresh_token)).truth).toBe('ok');
    advance(1);
    const companion = call('/me');
    expect(companion).toMatchObject({
      truth: 'superseded',
      answer: { status: 401, body: { code: 401, message: 'Unauthorized' } },
    });
    expect(refresh(account.refreshToken ?? '')).toMatchObject({
      truth: 'rotated',
      answer: {
        status: 403,
        body: { error: 'invalid_grant', error_description: 'Unknown or invalid refresh token.' },
      },
    });
  });

  test('an access token can be read: it states an end that its companion does not let it reach', () => {
    const { refresh, call, advance, account, clock } = visit(atlassian);
    const claims = readJwt(account.accessToken);
    expect(claims).toMatchObject({
      iat: START_MS / 1000,
      exp: (START_MS + HOUR) / 1000,
      aud: account.clientId,
      scope: atlassian.scopes.join(' '),
    });
    refresh();
    advance(10 * MINUTE);
    expect(clock.nowMs).toBeLessThan(Number(claims?.exp) * 1000);
    expect(call('/me').truth).toBe('superseded');
  });

  test('a token that comes back after the leeway takes its chain along', () => {
    const { refresh, call, advance } = visit(atlassian);
    const fresh = bodyOf(refresh());
    advance(10 * MINUTE);
    expect(refresh().truth).toBe('rotated');
    expect(refresh(String(fresh.refresh_token)).truth).toBe('reused');
    expect(call('/me', { token: String(fresh.access_token) }).truth).toBe('reused');
  });

  test('a refresh token dies of ninety idle days, and of a year in any case', () => {
    const idle = visit(atlassian);
    idle.advance(90 * DAY);
    expect(idle.refresh().truth).toBe('idle');
    const busy = visit(atlassian);
    let token = busy.account.refreshToken ?? '';
    for (let month = 1; month <= 12; month++) {
      busy.advance(30 * DAY);
      token = String(bodyOf(busy.refresh(token)).refresh_token);
    }
    busy.advance(5 * DAY);
    expect(busy.refresh(token)).toMatchObject({ truth: 'capped', answer: { status: 403 } });
  });

  test('a new password ends the chain, and the access token lives to its end', () => {
    const { act, refresh, call } = visit(atlassian);
    act({ act: 'change-password' });
    expect(refresh()).toMatchObject({ truth: 'password-changed', answer: { status: 403 } });
    expect(call('/me').answer.status).toBe(200);
  });

  test('a wrong secret is answered as a user who declines', () => {
    const { refresh, account } = visit(atlassian);
    const { answer, truth } = refresh(account.refreshToken ?? '', { client_secret: 'wrong' });
    expect([truth, answer.status, answer.body]).toEqual([
      'wrong-secret',
      401,
      { error: 'access_denied', error_description: 'Unauthorized' },
    ]);
  });

  test('a consent without offline_access earns no refresh token', () => {
    const { send, form, client, account } = visit(atlassian);
    const redirect_uri = 'http://127.0.0.1:8000/back';
    const asked = { response_type: 'code', client_id: account.clientId, redirect_uri, scope: 'read:me' };
    const consented = send('GET', `/authorize?${new URLSearchParams(asked)}`, '', {});
    const code = new URL(consented.answer.headers.location ?? '').searchParams.get('code') ?? '';
    const granted = bodyOf(
      form('/oauth/token', { grant_type: 'authorization_code', code, redirect_uri, ...client }),
    );
    expect(granted).toMatchObject({ scope: 'read:me' });
    expect(granted).not.toHaveProperty('refresh_token');
  });

  test('the older words call a dead token an unauthorized client', () => {
    const { act, refresh } = visit(variant('older-words'));
    act({ act: 'revoke' });
    expect(refresh().answer).toMatchObject({
      status: 403,
      body: { error: 'unauthorized_client', error_description: 'refresh_token is invalid' },
    });
  });

  test('without a leeway the companion dies at once', () => {
    const { refresh, call } = visit(variant('no-leeway'));
    refresh();
    expect(call('/me').truth).toBe('superseded');
    expect(refresh().truth).toBe('rotated');
  });
});

describe('sites', () => {
  test('a missing scope is a 401 that no refresh heals', () => {
    const { call, refresh } = visit(atlassian);
    const words = { code: 401, message: 'Unauthorized; scope does not match' };
    expect(call(`${HERE}/auditing/record`).answer).toMatchObject({ status: 401, body: words });
    const { access_token } = bodyOf(refresh());
    expect(call(`${HERE}/auditing/record`, { token: String(access_token) }).answer.body).toEqual(words);
  });

  test('the sites that a grant opens are listed, and no other is open', () => {
    const { call, connect } = visit(atlassian);
    connect('globex-atlassian', 'globex');
    const [site, ...others] = call('/oauth/token/accessible-resources').answer.body as Record<
      string,
      unknown
    >[];
    expect(site).toMatchObject({ id: cloudIdOf('acme'), name: 'acme' });
    expect(site?.scopes).toEqual(['read:jira-user', 'read:jira-work', 'write:jira-work']);
    expect(others).toEqual([]);
    const theirs = call(`/ex/jira/${cloudIdOf('globex')}/rest/api/3/myself`);
    const nobodys = call('/ex/jira/no-such-site/rest/api/3/myself');
    expect([theirs.truth, nobodys.truth]).toEqual(['other-tenant', 'not-found']);
    expect([theirs.answer.status, theirs.answer.body]).toEqual([nobodys.answer.status, nobodys.answer.body]);
  });
});

describe('issues', () => {
  test('are made, edited and read', () => {
    const { call } = visit(atlassian);
    const fields = { summary: 'Row 7', project: { key: 'OPS' }, issuetype: { name: 'Task' } };
    const made = call(`${HERE}/issue`, { method: 'POST', body: { fields } });
    expect(made.answer.status).toBe(201);
    expect(made.writes).toEqual([
      {
        place: 'issues',
        cells: { summary: 'Row 7', project: '{"key":"OPS"}', issuetype: '{"name":"Task"}' },
      },
    ]);
    const { key } = bodyOf(made);
    const edited = call(`${HERE}/issue/${key}`, { method: 'PUT', body: { fields: { summary: 'Row 8' } } });
    expect([edited.answer.status, edited.writes]).toEqual([
      204,
      [{ place: `issues/${key}`, cells: { summary: 'Row 8' } }],
    ]);
    expect(bodyOf(call(`${HERE}/issue/${key}`))).toMatchObject({
      key,
      fields: { summary: 'Row 8', status: { name: 'To Do' } },
    });
    expect(call(`${HERE}/issue/OPS-99`).answer).toMatchObject({
      status: 404,
      body: { errorMessages: ['Issue does not exist or you do not have permission to see it.'] },
    });
  });

  test.each([
    [{}, {}],
    [{ fields: {} }, { summary: 'You must specify a summary of the issue.' }],
    [{ fields: { summary: 'x', project: { key: 'NO' } } }, { project: 'Specify a valid project ID or key' }],
  ])('are not made of %j', (body, errors) => {
    const refused = visit(atlassian).call(`${HERE}/issue`, { method: 'POST', body });
    expect([refused.answer.status, bodyOf(refused).errors, refused.writes]).toEqual([400, errors, []]);
  });

  test.each([
    ['', ['OPS-1', 'OPS-2']],
    ['project = OPS ORDER BY key DESC', ['OPS-2', 'OPS-1']],
    ['project = OPS AND key = OPS-2', ['OPS-2']],
    ['key in (OPS-1, "ops-2") order by created', ['OPS-1', 'OPS-2']],
    ['status = "to do" AND summary = \'nightly export is late\'', ['OPS-2']],
    ['project = NO', []],
  ])('are found by %j', (jql, keys) => {
    const { call } = visit(atlassian);
    const found = bodyOf(call(`${HERE}/search/jql?${new URLSearchParams({ jql })}`));
    expect((found.issues as { key: string }[]).map(({ key }) => key)).toEqual(keys);
    expect(found.isLast).toBe(true);
  });

  test('come page by page, and a query beyond the mock is loud', () => {
    const { call } = visit(atlassian);
    const search = (body: object) => call(`${HERE}/search/jql`, { method: 'POST', body });
    const first = bodyOf(search({ jql: '', maxResults: 1 }));
    const second = bodyOf(search({ jql: '', maxResults: 1, nextPageToken: first.nextPageToken }));
    expect([first.isLast, second.isLast]).toEqual([false, true]);
    expect(second.issues).toMatchObject([{ key: 'OPS-2' }]);
    expect(search({ jql: '', maxResults: 0 }).answer.status).toBe(400);
    expect(search({ jql: '', nextPageToken: 'x' }).answer.status).toBe(400);
    expect(search({ jql: 'assignee was me()' })).toMatchObject({
      truth: 'unmodelled',
      answer: { status: 501 },
    });
  });
});
