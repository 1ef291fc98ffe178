// What is special about Box: tokens to use once, refusals without a body, 404 for what is not shared, apps without users.

import { describe, expect, test } from 'vitest';
import { signJwt } from '../../mocks/jwt.ts';
import { enterpriseIdOf, itemIdOf, userIdOf } from '../../mocks/services/box/ids.ts';
import box from '../../mocks/services/box/index.ts';
import { bodyOf, visit } from './visit.ts';

const SECOND = 1000;
const DAY = 86_400 * SECOND;
const ME = '/2.0/users/me';
const FILE = itemIdOf('acme', 3);

const variant = (id: string) => box.variants[id]?.apply(box) ?? expect.unreachable();

describe('tokens', () => {
  test('a refresh token can be used once', () => {
    const { refresh, call, account } = visit(box);
    const fresh = bodyOf(refresh());
    expect(fresh).toMatchObject({
      token_type: 'bearer',
      restricted_to: [],
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    });
    expect(fresh.refresh_token).not.toBe(account.refreshToken);
    expect(refresh()).toMatchObject({
      truth: 'rotated',
      answer: {
        status: 400,
        body: { error: 'invalid_grant', error_description: 'Refresh token has expired' },
      },
    });
    expect(refresh(String(fresh.refresh_token)).truth).toBe('ok');
    expect(call(ME).truth).toBe('ok');
  });

  test('an access token lives as long as it was said, which is seldom an hour to the second', () => {
    const { refresh, call, advance } = visit(box);
    const lifetimes: number[] = [];
    let token: string | undefined;
    for (let n = 0; n < 5; n++) {
      const fresh = bodyOf(refresh(token));
      token = String(fresh.refresh_token);
      const expiresIn = Number(fresh.expires_in);
      expect(expiresIn).toBeGreaterThanOrEqual(3600);
      expect(expiresIn).toBeLessThanOrEqual(4200);
      advance((expiresIn - 1) * SECOND);
      expect(call(ME, { token: String(fresh.access_token) }).truth).toBe('ok');
      advance(2 * SECOND);
      expect(call(ME, { token: String(fresh.access_token) }).truth).toBe('expired');
      lifetimes.push(expiresIn);
    }
    expect(new Set(lifetimes).size).toBeGreaterThan(1);
  });

  test('sixty days are the end of a refresh token, and its words are those of a used one', () => {
    const { refresh, advance } = visit(box);
    advance(60 * DAY);
    const over = refresh();
    expect(over).toMatchObject({ truth: 'capped', answer: { status: 400 } });
    expect(over.answer.body).toHaveProperty('error_description', 'Refresh token has expired');
    const revoked = visit(box);
    revoked.act({ act: 'revoke' });
    expect(revoked.refresh().answer.body).toHaveProperty('error_description', 'Invalid refresh token');
  });

  test('either token revokes both', () => {
    for (const which of ['accessToken', 'refreshToken'] as const) {
      const { form, account, client, refresh, call } = visit(box);
      const token = account[which] ?? '';
      expect(form('/oauth2/revoke', { token, ...client }).answer).toMatchObject({ status: 200, body: '' });
      expect([refresh().truth, call(ME).truth]).toEqual(['revoked-by-client', 'revoked-by-client']);
    }
  });

  test('a code lives for thirty seconds', () => {
    for (const [waitMs, truth] of [
      [30 * SECOND - 1, 'ok'],
      [30 * SECOND, 'expired-code'],
    ] as const) {
      const { send, form, account, client, advance } = visit(box);
      const redirect_uri = 'http://127.0.0.1:8000/back';
      const asked = { response_type: 'code', client_id: account.clientId, redirect_uri };
      const { answer } = send('GET', `/api/oauth2/authorize?${new URLSearchParams(asked)}`, '', {});
      const code = new URL(answer.headers.location ?? '').searchParams.get('code') ?? '';
      advance(waitMs);
      const fields = { grant_type: 'authorization_code', code, redirect_uri, ...client };
      expect(form('/oauth2/token', fields).truth).toBe(truth);
    }
  });

  test('the variants: some seconds more, and a family that is revoked', () => {
    const { refresh, advance } = visit(variant('concurrent-use'));
    refresh();
    advance(10 * SECOND - 1);
    expect(refresh().truth).toBe('ok');
    advance(1);
    expect(refresh().truth).toBe('rotated');
    const strict = visit(variant('family-revoked'));
    const fresh = bodyOf(strict.refresh());
    expect(strict.refresh().truth).toBe('rotated');
    expect(strict.refresh(String(fresh.refresh_token)).truth).toBe('reused');
  });
});

describe('refusals', () => {
  test('of a dead token and of a missing scope have a header and an empty body', () => {
    const { call, advance } = visit(box);
    const scope = call('/2.0/users');
    const none = call(ME, { token: null });
    advance(DAY);
    const expired = call(ME);
    const said = [scope, none, expired].map(({ answer }) => [
      answer.status,
      answer.body,
      answer.headers['www-authenticate'],
    ]);
    expect(said).toEqual([
      [
        403,
        '',
        'Bearer realm="Service", error="insufficient_scope", error_description="The request requires higher privileges than provided by the access token."',
      ],
      [401, '', 'Bearer realm="Service"'],
      [
        401,
        '',
        'Bearer realm="Service", error="invalid_token", error_description="The access token provided is invalid."',
      ],
    ]);
    for (const { answer } of [scope, none, expired]) {
      expect(answer.headers).not.toHaveProperty('content-type');
      expect(answer.headers['box-request-id']).toMatch(/^[0-9a-f]{20}$/);
    }
  });

  test('of what is not shared are those of what does not exist', () => {
    const { call, connect } = visit(box);
    connect('globex-box', 'globex');
    const theirs = call(`/2.0/files/${itemIdOf('globex', 3)}`);
    const nobodys = call('/2.0/files/1');
    expect([theirs.truth, nobodys.truth]).toEqual(['other-tenant', 'not-found']);
    for (const { answer } of [theirs, nobodys]) {
      expect(answer).toMatchObject({ status: 404, body: { type: 'error', code: 'not_found' } });
    }
    const body = { name: 'x', parent: { id: itemIdOf('globex', 1) } };
    expect(call('/2.0/folders', { method: 'POST', body }).truth).toBe('other-tenant');
  });

  test('come after a thousand calls in a minute, with the time to wait', () => {
    const { call, advance } = visit(box);
    for (let n = 1; n <= 1000; n++) expect(call(ME).answer.status).toBe(200);
    advance(20 * SECOND);
    const refused = call(ME);
    expect(refused).toMatchObject({ truth: 'rate-limited', answer: { status: 429 } });
    expect(refused.answer.headers['retry-after']).toBe('40');
    expect(bodyOf(refused).code).toBe('rate_limit_exceeded');
    advance(40 * SECOND);
    expect(call(ME).answer.status).toBe(200);
  });
});

describe('items', () => {
  test('folders are made and list what lies in them', () => {
    const { call } = visit(box);
    const body = { name: 'Night', parent: { id: '0' } };
    const made = call('/2.0/folders', { method: 'POST', body });
    expect([made.answer.status, made.writes]).toEqual([
      201,
      [{ place: 'folders/0', cells: { name: 'Night' } }],
    ]);
    expect(call('/2.0/folders', { method: 'POST', body }).answer.status).toBe(409);
    const names = (query: string) =>
      (bodyOf(call(`/2.0/folders/0/items${query}`)).entries as { name: string }[]).map(({ name }) => name);
    expect(names('')).toEqual(['Reports', 'Night', 'handover.txt']);
    expect(names('?limit=1&offset=1')).toEqual(['Night']);
    expect(bodyOf(call(`/2.0/folders/${itemIdOf('acme', 1)}`)).item_collection).toMatchObject({
      total_count: 1,
      entries: [{ name: 'numbers.csv' }],
    });
    expect(call('/2.0/folders/0/items?limit=1001').answer.status).toBe(400);
    expect(call('/2.0/folders/0/items?offset=x').answer.status).toBe(400);
  });

  test('files are renamed and moved by those who know the newest version, and deleted', () => {
    const { call } = visit(box);
    const put = (body: object, headers = {}) => call(`/2.0/files/${FILE}`, { method: 'PUT', body, headers });
    const renamed = put({ name: 'a.txt' }, { 'if-match': '0' });
    expect([renamed.answer.status, renamed.writes]).toEqual([
      200,
      [{ place: `files/${FILE}`, cells: { name: 'a.txt' } }],
    ]);
    expect(bodyOf(renamed)).toMatchObject({ id: FILE, type: 'file', name: 'a.txt', etag: '1' });
    expect(put({ name: 'b.txt' }, { 'if-match': '0' }).answer.status).toBe(412);
    const reports = { parent: { id: itemIdOf('acme', 1) } };
    expect(put({ name: 'numbers.csv', ...reports }).answer.status).toBe(409);
    expect(bodyOf(put(reports))).toMatchObject({ name: 'a.txt', parent: { id: itemIdOf('acme', 1) } });
    expect(put({ parent: { id: '7' } }).truth).toBe('not-found');
    expect(put({ name: '' }).answer.status).toBe(400);
    const deleted = call(`/2.0/files/${FILE}`, { method: 'DELETE' });
    expect([deleted.answer.status, deleted.writes]).toEqual([
      204,
      [{ place: `files/${FILE}`, cells: { deleted: 'true' } }],
    ]);
    expect(call(`/2.0/files/${FILE}`).answer.status).toBe(404);
  });

  test('can be read, and no more, with the narrower scope', () => {
    const { call } = visit(box, { scopes: ['root_readonly'] });
    expect(bodyOf(call(`/2.0/files/${FILE}`))).toMatchObject({ name: 'handover.txt' });
    expect(call(`/2.0/files/${FILE}`, { method: 'DELETE' }).truth).toBe('scope-missing');
  });
});

describe('server authentication', () => {
  const ask = (visited: ReturnType<typeof visit>, type: string, id: string, secret?: string) => {
    const subject = { box_subject_type: type, box_subject_id: id };
    const client = { ...visited.client, ...(secret === undefined ? {} : { client_secret: secret }) };
    return visited.form('/oauth2/token', { grant_type: 'client_credentials', ...subject, ...client });
  };

  test('each token is asked for, for the enterprise or a user, and none can be refreshed', () => {
    const visited = visit(variant('client-credentials'));
    expect(visited.account.refreshToken).toBeNull();
    for (const [type, id] of [
      ['enterprise', enterpriseIdOf('acme')],
      ['user', userIdOf(visited.account)],
    ] as const) {
      const granted = bodyOf(ask(visited, type, id));
      expect(granted).toMatchObject({ token_type: 'bearer', restricted_to: [] });
      expect(granted).not.toHaveProperty('refresh_token');
      expect(visited.call(ME, { token: String(granted.access_token) }).truth).toBe('ok');
    }
  });

  test('nobody else gets one, and an administrator ends it', () => {
    const visited = visit(variant('client-credentials'));
    const enterprise = enterpriseIdOf('acme');
    expect(ask(visited, 'enterprise', enterprise, 'wrong').truth).toBe('wrong-secret');
    expect(ask(visited, 'enterprise', '1').answer.body).toHaveProperty(
      'error_description',
      'Grant credentials are invalid',
    );
    visited.act({ act: 'offboard' });
    expect(ask(visited, 'enterprise', enterprise).truth).toBe('ok');
    visited.act({ act: 'revoke-by-admin' });
    expect(ask(visited, 'enterprise', enterprise)).toMatchObject({
      truth: 'revoked-by-admin',
      answer: { status: 400, body: { error: 'unauthorized_client' } },
    });
  });

  test('an assertion of a minute does as well, if the clock is right and the claims are', () => {
    const visited = visit(variant('jwt-assertion'));
    const { account, clock, form } = visited;
    const claims = {
      iss: account.clientId,
      sub: userIdOf(account),
      box_sub_type: 'user',
      jti: 'sixteen-or-more-of-them',
      exp: clock.nowMs / 1000 + 60,
    };
    const present = (changes: object = {}, key = account.clientSecret ?? '') =>
      form('/oauth2/token', {
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: signJwt({ ...claims, ...changes }, key),
      });
    const granted = bodyOf(present());
    expect(granted).not.toHaveProperty('refresh_token');
    expect(visited.call(ME, { token: String(granted.access_token) }).truth).toBe('ok');
    for (const [changes, truth, words] of [
      [{ exp: claims.exp + 1 }, 'assertion-too-long', "Please check the 'exp' claim."],
      [
        { jti: 'short' },
        'assertion-invalid',
        "Please check the 'jti' claim. A unique 'jti' value is required.",
      ],
      [{ sub: '1' }, 'assertion-invalid', "Please check the 'sub' claim."],
      [{ iss: 'nobody' }, 'unknown-client', "Please check the 'iss' claim."],
    ] as const) {
      const refused = present(changes);
      expect([refused.truth, bodyOf(refused).error_description]).toEqual([truth, words]);
    }
    visited.act({ act: 'rotate-client-secret' });
    expect(present().truth).toBe('wrong-secret');
    const later = visit(variant('jwt-assertion'));
    later.advance(60 * SECOND);
    const stale = later.form('/oauth2/token', {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: signJwt({ ...claims, iss: later.account.clientId }, later.account.clientSecret ?? ''),
    });
    expect(stale.truth).toBe('assertion-expired');
    expect(
      form('/oauth2/token', {
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: 'x',
      }).truth,
    ).toBe('assertion-invalid');
  });
});
