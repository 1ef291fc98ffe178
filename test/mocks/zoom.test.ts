// What is special about Zoom: one grant per account and app, a reason in place of an error, apps without users.

import { describe, expect, test } from 'vitest';
import zoom from '../../mocks/services/zoom/index.ts';
import { bodyOf, ORIGIN, visit } from './visit.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MEETINGS = '/v2/users/me/meetings';

const variant = (id: string) => zoom.variants[id]?.apply(zoom) ?? expect.unreachable();
const basicOf = ({ client_id, client_secret }: { client_id: string; client_secret: string }) => ({
  authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`,
});

describe('tokens', () => {
  test('a refresh rotates, and the old access token lives on', () => {
    const { form, account, client, call, refresh } = visit(zoom);
    const fields = { grant_type: 'refresh_token', refresh_token: account.refreshToken ?? '' };
    const fresh = bodyOf(form('/oauth/token', fields, basicOf(client)));
    expect(fresh).toMatchObject({ token_type: 'bearer', expires_in: 3600, api_url: ORIGIN });
    expect(fresh.refresh_token).not.toBe(account.refreshToken);
    expect(call(MEETINGS).answer.status).toBe(200);
    const again = refresh();
    expect(again).toMatchObject({
      truth: 'rotated',
      answer: { status: 400, body: { reason: 'Invalid Token!', error: 'invalid_grant' } },
    });
    expect(refresh(String(fresh.refresh_token)).truth).toBe('ok');
  });

  test('connecting again elsewhere ends the whole first set of tokens', () => {
    const { send, form, account, client, refresh, call } = visit(zoom);
    const redirect_uri = 'http://127.0.0.1:8000/back';
    const asked = {
      response_type: 'code',
      client_id: account.clientId,
      redirect_uri,
      login_hint: account.id,
    };
    const consented = send('GET', `/oauth/authorize?${new URLSearchParams(asked)}`, '', {});
    const code = new URL(consented.answer.headers.location ?? '').searchParams.get('code') ?? '';
    const second = bodyOf(
      form('/oauth/token', { grant_type: 'authorization_code', code, redirect_uri, ...client }),
    );
    expect(refresh().truth).toBe('evicted');
    const dead = call(MEETINGS);
    expect([dead.truth, dead.answer.status]).toEqual(['evicted', 401]);
    expect(bodyOf(dead)).toEqual({ code: 124, message: 'Invalid access token.' });
    expect(call(MEETINGS, { token: String(second.access_token) }).answer.status).toBe(200);
    expect(refresh(String(second.refresh_token)).truth).toBe('ok');
  });

  test('expired and invalid share a code, and only the words differ', () => {
    const expired = visit(zoom);
    expired.advance(HOUR);
    const revoked = visit(zoom);
    revoked.act({ act: 'revoke' });
    expect(bodyOf(expired.call(MEETINGS))).toEqual({ code: 124, message: 'Access token is expired.' });
    expect(bodyOf(revoked.call(MEETINGS))).toEqual({ code: 124, message: 'Invalid access token.' });
  });

  test('a missing scope is a 400 that names what would do', () => {
    const { answer } = visit(zoom).call('/v2/users');
    expect(answer).toMatchObject({
      status: 400,
      body: {
        code: 4711,
        message: 'Invalid access token, does not contain scopes:[user:read:list_users:admin].',
      },
    });
  });

  test('a refresh token lives for ninety days from its issue', () => {
    const { refresh, advance } = visit(zoom);
    advance(90 * DAY - 1);
    const fresh = String(bodyOf(refresh()).refresh_token);
    advance(90 * DAY);
    expect(refresh(fresh).truth).toBe('capped');
  });

  test('a revocation ends the whole grant', () => {
    const { form, account, client, refresh, call } = visit(zoom);
    const revoked = form('/oauth/revoke', { token: account.accessToken }, basicOf(client));
    expect(bodyOf(revoked)).toEqual({ status: 'success' });
    expect(call(MEETINGS).truth).toBe('revoked-by-client');
    expect(refresh().truth).toBe('revoked-by-client');
  });

  test('with unusual errors the reason alone tells', () => {
    const { refresh } = visit(variant('unusual-errors'));
    expect(refresh('never-minted').answer).toMatchObject({
      status: 401,
      body: { error: 'invalid_request', reason: 'Invalid Token!' },
    });
  });
});

describe('server-to-server apps', () => {
  const visitApp = () => {
    const visited = visit(variant('server-to-server'));
    const target = visited.account.tokenUrl.slice(ORIGIN.length);
    const ask = (path = target, secret = visited.client.client_secret) =>
      visited.send('POST', path, '', basicOf({ ...visited.client, client_secret: secret }));
    return { ...visited, target, ask };
  };

  test('the token URL says what is asked for', () => {
    const { target, account } = visitApp();
    expect(target).toBe(`/oauth/token?grant_type=account_credentials&account_id=${account.installation}`);
    expect(account.refreshToken).toBeNull();
  });

  test('each token lives for an hour beside the others', () => {
    const { ask, call, advance, account } = visitApp();
    advance(HOUR / 2);
    const asked = ask();
    expect(asked).toMatchObject({ endpoint: 'token', account: account.id });
    const { access_token, expires_in } = bodyOf(asked);
    expect(expires_in).toBe(3600);
    advance(HOUR / 2);
    expect(call(MEETINGS).truth).toBe('expired');
    expect(call(MEETINGS, { token: String(access_token) }).answer.status).toBe(200);
  });

  test('nobody else gets one', () => {
    const { ask, send, target, act } = visitApp();
    expect(ask(target, 'wrong').truth).toBe('wrong-secret');
    expect(send('POST', target, '', {}).truth).toBe('unknown-client');
    expect(ask(target.replace('account_id=', 'account_id=x')).truth).toBe('not-found');
    expect(ask(target.replace('account_credentials', 'password')).truth).toBe('unsupported-grant-type');
    act({ act: 'offboard' });
    expect(ask().truth).toBe('ok');
    act({ act: 'revoke-by-admin' });
    expect(ask()).toMatchObject({ truth: 'revoked-by-admin', answer: { status: 400 } });
  });
});

describe('meetings', () => {
  test('are made, changed and deleted', () => {
    const { call } = visit(zoom, { scopes: [...zoom.scopes, 'meeting:delete:meeting'] });
    const body = { topic: 'Row 7', duration: 45 };
    const made = call(MEETINGS, { method: 'POST', body });
    expect(made.answer.status).toBe(201);
    expect(made.writes).toEqual([{ place: 'meetings', cells: { topic: 'Row 7', duration: '45' } }]);
    const { id } = bodyOf(made);
    const changed = call(`/v2/meetings/${id}`, { method: 'PATCH', body: { topic: 'Row 8' } });
    expect([changed.answer.status, changed.writes]).toEqual([
      204,
      [{ place: `meetings/${id}`, cells: { topic: 'Row 8' } }],
    ]);
    expect(bodyOf(call(`/v2/meetings/${id}`))).toMatchObject({ id, topic: 'Row 8', duration: 45 });
    expect(call(`/v2/meetings/${id}`, { method: 'DELETE' }).answer.status).toBe(204);
    expect(bodyOf(call(`/v2/meetings/${id}`))).toEqual({
      code: 3001,
      message: `Meeting does not exist: ${id}.`,
    });
  });

  test.each([
    ['no json', null],
    [{ topic: 7 }, 'topic'],
    [{ type: 5 }, 'type'],
    [{ duration: 0 }, 'duration'],
  ])('are not made of %j', (body, field) => {
    const refused = visit(zoom).call(MEETINGS, { method: 'POST', body });
    expect(refused.writes).toEqual([]);
    expect(refused.answer.status).toBe(400);
    if (field !== null) expect(bodyOf(refused).errors).toEqual([{ field, message: 'Invalid field.' }]);
  });

  test('come page by page', () => {
    const { call } = visit(zoom);
    const first = bodyOf(call(`${MEETINGS}?page_size=1`));
    expect(first).toMatchObject({ total_records: 2, page_size: 1 });
    const second = bodyOf(call(`${MEETINGS}?page_size=1&next_page_token=${first.next_page_token}`));
    expect(second.next_page_token).toBe('');
    const ids = [first, second].flatMap(({ meetings }) => (meetings as { id: number }[]).map(({ id }) => id));
    expect(new Set(ids).size).toBe(2);
    expect(call(`${MEETINGS}?page_size=301`).answer.status).toBe(400);
    expect(call(`${MEETINGS}?next_page_token=x`).answer.status).toBe(400);
  });

  test('of another tenant do not exist, and neither do other users', () => {
    const visited = visit(zoom);
    const other = visited.connect('globex-zoom', 'globex');
    const theirs = bodyOf(visited.call(MEETINGS, { token: other.accessToken })).meetings as { id: number }[];
    const { truth, answer } = visited.call(`/v2/meetings/${theirs[0]?.id}`);
    expect([truth, answer.status]).toEqual(['other-tenant', 404]);
    expect(visited.call('/v2/users/somebody/meetings').answer.status).toBe(403);
    expect(bodyOf(visited.call('/v2/users/me')).display_name).toBe('acme-zoom');
  });
});
