// What is special about Okta: one refresh token that idles out, rotation that ends everything on reuse, refusals in headers.

import { describe, expect, test } from 'vitest';
import { isSignedWith, readJwt } from '../../mocks/jwt.ts';
import { seededRandomness } from '../../mocks/randomness.ts';
import { rsaPrivateKey } from '../../mocks/rsa-key.ts';
import { userIdOf } from '../../mocks/services/okta/ids.ts';
import okta from '../../mocks/services/okta/index.ts';
import { bodyOf, ORIGIN, START_MS, visit } from './visit.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;
const USERS = '/api/v1/users';
const USERINFO = '/oauth2/v1/userinfo';

const variant = (id: string) => okta.variants[id]?.apply(okta) ?? expect.unreachable();
const challengeIn = ({ answer }: { answer: { headers: Readonly<Record<string, string>> } }) =>
  answer.headers['www-authenticate'] ?? '';

describe('a refresh token that stays', () => {
  test('is not named again, and gives a signed identity token', () => {
    const { refresh, account } = visit(okta);
    const fresh = bodyOf(refresh());
    expect(fresh).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    expect(fresh).not.toHaveProperty('refresh_token');
    const idToken = String(fresh.id_token);
    expect(readJwt(idToken)).toMatchObject({
      iss: ORIGIN,
      aud: account.clientId,
      sub: userIdOf('acme', 1),
      exp: (START_MS + HOUR) / 1000,
    });
    expect(isSignedWith(idToken, rsaPrivateKey(seededRandomness('okta'), 'id token'))).toBe(true);
    expect(readJwt(String(fresh.access_token))).toMatchObject({
      cid: account.clientId,
      scp: okta.scopes,
      exp: (START_MS + HOUR) / 1000,
    });
    expect(refresh().truth).toBe('ok');
  });

  test('dies after seven days without use, with the words of any other death', () => {
    const idle = visit(okta);
    idle.advance(7 * DAY - 1);
    expect(idle.refresh().truth).toBe('ok');
    idle.advance(7 * DAY);
    const revoked = visit(okta);
    revoked.act({ act: 'revoke' });
    const [first, second] = [idle.refresh(), revoked.refresh()];
    expect([first.truth, second.truth]).toEqual(['idle', 'revoked-by-user']);
    expect(first.answer).toEqual(second.answer);
    expect(first.answer).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'The refresh token is invalid or expired.' },
    });
  });

  test('takes its access tokens along when it is revoked; an access token goes alone', () => {
    const { form, account, client, call, refresh } = visit(okta);
    const revoke = (token: string) => form('/oauth2/v1/revoke', { token, ...client });
    expect(revoke(account.accessToken).answer).toMatchObject({ status: 200, body: '' });
    expect(call(USERS).truth).toBe('revoked-by-client');
    const token = String(bodyOf(refresh()).access_token);
    revoke(account.refreshToken ?? '');
    expect(call(USERS, { token }).truth).toBe('revoked-by-client');
    expect(refresh().truth).toBe('revoked-by-client');
    expect(revoke('never-minted').answer.status).toBe(200);
  });
});

describe('rotation', () => {
  test('honours the old token for thirty seconds', () => {
    const { refresh, advance } = visit(variant('rotating'));
    const first = String(bodyOf(refresh()).refresh_token);
    advance(30 * SECOND - 1);
    const again = bodyOf(refresh());
    expect(again.refresh_token).not.toBe(first);
    expect(refresh(first).truth).toBe('ok');
  });

  test('ends the newest token and every access token when an old one returns after that', () => {
    const { refresh, advance, call, account } = visit(variant('rotating'));
    const fresh = bodyOf(refresh());
    advance(30 * SECOND);
    expect(refresh().truth).toBe('rotated');
    expect(refresh(String(fresh.refresh_token)).truth).toBe('reused');
    for (const token of [account.accessToken, String(fresh.access_token)]) {
      expect(call(USERS, { token }).truth).toBe('reused');
    }
  });

  test('without a grace is strict at once', () => {
    const { refresh } = visit(variant('rotating-without-grace'));
    const fresh = String(bodyOf(refresh()).refresh_token);
    expect(refresh().truth).toBe('rotated');
    expect(refresh(fresh).truth).toBe('reused');
  });

  test('does not renew a limited lifetime', () => {
    const { refresh, advance, account } = visit(variant('inherited-end'));
    let token = account.refreshToken ?? '';
    for (let day = 5; day < 90; day += 5) {
      advance(5 * DAY);
      token = String(bodyOf(refresh(token)).refresh_token);
    }
    advance(5 * DAY);
    expect(refresh(token).truth).toBe('capped');
  });
});

describe('clients', () => {
  test('a wrong secret and an unknown id are told apart', () => {
    const { refresh } = visit(okta);
    expect(refresh(undefined, { client_secret: 'wrong' }).answer).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
    const unknown = bodyOf(refresh(undefined, { client_id: 'nobody' }));
    expect(unknown).toMatchObject({
      errorCode: 'invalid_client',
      errorLink: 'invalid_client',
      errorCauses: [],
    });
    expect(unknown.errorId).toMatch(/^oae\w{22}$/);
  });

  test('may ask what a token is', () => {
    const { form, account, client, advance } = visit(okta);
    const ask = (token: string) => bodyOf(form('/oauth2/v1/introspect', { token, ...client }));
    expect(ask(account.accessToken)).toMatchObject({
      active: true,
      token_type: 'Bearer',
      client_id: account.clientId,
      uid: userIdOf('acme', 1),
      exp: (START_MS + HOUR) / 1000,
    });
    advance(HOUR);
    expect(ask(account.accessToken)).toEqual({ active: false });
    expect(ask(account.refreshToken ?? '').active).toBe(true);
    const stranger = form('/oauth2/v1/introspect', { token: 'x', client_id: account.clientId });
    expect([stranger.truth, stranger.answer.status]).toEqual(['wrong-secret', 401]);
    expect(form('/oauth2/v1/introspect', client).answer.status).toBe(400);
  });

  test('of a custom authorization server find all of it below its id', () => {
    const { refresh, call, form, account, client } = visit(okta);
    const token = String(bodyOf(refresh(undefined, {}, '/oauth2/aus1/v1/token')).access_token);
    expect(call('/oauth2/aus1/v1/userinfo', { token }).answer.status).toBe(200);
    expect(bodyOf(form('/oauth2/default/v1/introspect', { token, ...client })).active).toBe(true);
    form('/oauth2/default/v1/revoke', { token: account.refreshToken ?? '', ...client });
    expect(refresh().truth).toBe('revoked-by-client');
  });

  test('find the endpoints and the keys', () => {
    const { call } = visit(okta);
    const found = bodyOf(call('/.well-known/openid-configuration', { token: null }));
    expect(found).toMatchObject({ issuer: ORIGIN, token_endpoint: `${ORIGIN}/oauth2/v1/token` });
    expect(bodyOf(call('/oauth2/v1/keys', { token: null })).keys).toHaveLength(1);
  });
});

describe('refusals of the API', () => {
  test('are a header and no body for a bearer token', () => {
    const { call, advance } = visit(okta);
    advance(HOUR);
    const expired = call(USERS);
    expect(expired.answer).toMatchObject({ status: 401, body: '' });
    expect(challengeIn(expired)).toBe(
      `Bearer authorization_uri="${ORIGIN}/oauth2/v1/authorize", realm="${ORIGIN}", scope="okta.users.read okta.users.manage", error="invalid_token", error_description="The token has expired.", resource="${USERS}"`,
    );
  });

  test('are a numbered error under SSWS, where no token of OAuth counts', () => {
    const { call, account } = visit(okta);
    const { truth, answer } = call(USERS, {
      token: null,
      headers: { authorization: `SSWS ${account.accessToken}` },
    });
    expect([truth, answer.status]).toEqual(['unknown-token', 401]);
    expect(answer.body).toMatchObject({ errorCode: 'E0000011', errorSummary: 'Invalid token provided' });
  });

  test('name the scopes that would do', () => {
    const refused = visit(okta).call('/api/v1/groups');
    expect([refused.truth, refused.answer.status, refused.answer.body]).toEqual(['scope-missing', 403, '']);
    expect(challengeIn(refused)).toContain('scope="okta.groups.read okta.groups.manage"');
    const { call } = visit(okta, { scopes: ['okta.groups.read'] });
    expect(call('/api/v1/groups').answer.body).toHaveLength(2);
    expect(challengeIn(call(USERINFO))).toContain('insufficient_scope');
  });

  test('tell a rate limit in headers, without Retry-After', () => {
    const { call, advance } = visit(variant('busy'));
    advance(500);
    expect(call(USERS).answer.headers).toMatchObject({
      'x-rate-limit-limit': '20',
      'x-rate-limit-remaining': '19',
      'x-rate-limit-reset': String(Math.ceil((START_MS + 60_500) / 1000)),
    });
    for (let nth = 2; nth <= 20; nth++) expect(call(USERS).answer.status).toBe(200);
    const { answer } = call(USERS);
    expect(answer).toMatchObject({ status: 429, body: { errorCode: 'E0000047' } });
    expect(answer.headers).not.toHaveProperty('retry-after');
    expect(answer.headers['x-rate-limit-remaining']).toBe('0');
    advance(60 * SECOND);
    expect(call(USERS).answer.status).toBe(200);
  });
});

describe('users', () => {
  test('are found, paged and read', () => {
    const { call } = visit(okta);
    const first = call(`${USERS}?limit=2`);
    const next = /<([^>]+)>; rel="next"/.exec(first.answer.headers.link ?? '')?.[1] ?? '';
    const second = call(next.replace(ORIGIN, ''));
    const pages = [first, second].map(({ answer }) => answer.body as { id: string }[]);
    expect(pages.flat().map(({ id }) => id)).toEqual([1, 2, 3].map((n) => userIdOf('acme', n)));
    expect(second.answer.headers).not.toHaveProperty('link');
    expect(call(`${USERS}?q=night`).answer.body).toHaveLength(1);
    expect(bodyOf(call(`${USERS}/night@acme.example`)).id).toBe(userIdOf('acme', 2));
    expect(bodyOf(call(USERINFO))).toMatchObject({ sub: userIdOf('acme', 1), email_verified: true });
    expect(call(`${USERS}?limit=0`).answer).toMatchObject({ status: 400, body: { errorCode: 'E0000001' } });
  });

  test('are changed in part', () => {
    const { call } = visit(okta);
    const changed = call(`${USERS}/me`, { method: 'POST', body: { profile: { department: 'Row 7' } } });
    expect(changed.writes).toEqual([
      { place: `users/${userIdOf('acme', 1)}`, cells: { department: 'Row 7' } },
    ]);
    expect(bodyOf(call(`${USERS}/me`)).profile).toMatchObject({
      firstName: 'Integration',
      department: 'Row 7',
    });
    const refused = [
      call(`${USERS}/me`, { method: 'POST', body: {} }),
      call(`${USERS}/me`, { method: 'POST', body: '{' }),
    ];
    expect(refused.map((exchange) => bodyOf(exchange).errorCode)).toEqual(['E0000001', 'E0000003']);
  });

  test('of another tenant do not exist', () => {
    const visited = visit(okta);
    visited.connect('globex-okta', 'globex');
    const refused = visited.call(`${USERS}/${userIdOf('globex', 1)}`);
    expect([refused.truth, bodyOf(refused).errorCode]).toEqual(['other-tenant', 'E0000007']);
  });
});
