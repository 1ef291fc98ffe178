// What is special about Auth0: rotation that watches for breaches, 403 for a dead refresh token, 200 of them at most.

import { describe, expect, test } from 'vitest';
import { readJwt } from '../../mocks/jwt.ts';
import { userIdOf } from '../../mocks/services/auth0/ids.ts';
import auth0 from '../../mocks/services/auth0/index.ts';
import { bodyOf, ORIGIN, START_MS, visit } from './visit.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const USERS = '/api/v2/users';

const variant = (id: string) => auth0.variants[id]?.apply(auth0) ?? expect.unreachable();
const userPath = (tenant: string, n: number) => `${USERS}/${encodeURIComponent(userIdOf(tenant, n))}`;

/** A visit that can sign in again, which gives another family of tokens. */
function visitAgain(service = auth0) {
  const visited = visit(service);
  const { send, form, account, client } = visited;
  const redirect_uri = 'http://127.0.0.1:8000/back';
  const signIn = () => {
    const asked = { response_type: 'code', client_id: account.clientId, redirect_uri };
    const consented = send('GET', `/authorize?${new URLSearchParams(asked)}`, '', {});
    const code = new URL(consented.answer.headers.location ?? '').searchParams.get('code') ?? '';
    return bodyOf(form('/oauth/token', { grant_type: 'authorization_code', code, redirect_uri, ...client }));
  };
  return { ...visited, signIn };
}

describe('rotation', () => {
  test('every use brings a new token, and the return of an old one ends the family', () => {
    const { refresh, account } = visit(auth0);
    const fresh = bodyOf(refresh());
    expect(fresh).toMatchObject({ token_type: 'Bearer', expires_in: 86_400 });
    const second = String(bodyOf(refresh(String(fresh.refresh_token))).refresh_token);
    const dead = refresh(account.refreshToken ?? '');
    expect(dead).toMatchObject({
      truth: 'rotated',
      answer: {
        status: 403,
        body: { error: 'invalid_grant', error_description: 'Unknown or invalid refresh token.' },
      },
    });
    expect(refresh(second).truth).toBe('reused');
  });

  test('a breach leaves other families and signed access tokens alone', () => {
    const { refresh, call, advance, signIn } = visitAgain();
    const other = String(signIn().refresh_token);
    const token = String(bodyOf(refresh()).access_token);
    expect(refresh().truth).toBe('rotated');
    expect(call(USERS, { token }).answer.status).toBe(200);
    expect(refresh(other).truth).toBe('ok');
    advance(DAY);
    expect(call(USERS, { token }).truth).toBe('expired');
  });

  test('a leeway is for the token before the newest only', () => {
    const { refresh, account, advance } = visit(variant('leeway'));
    const second = String(bodyOf(refresh()).refresh_token);
    advance(MINUTE - 1);
    const sibling = String(bodyOf(refresh()).refresh_token);
    expect(sibling).not.toBe(second);
    const third = String(bodyOf(refresh(sibling)).refresh_token);
    const tooOld = refresh(account.refreshToken ?? '');
    expect([tooOld.truth, tooOld.answer.status]).toEqual(['rotated', 403]);
    expect(refresh(third).truth).toBe('reused');
  });

  test('after the leeway the token before the newest is a breach too', () => {
    const { refresh, advance } = visit(variant('leeway'));
    const fresh = String(bodyOf(refresh()).refresh_token);
    advance(MINUTE);
    expect(refresh().truth).toBe('rotated');
    expect(refresh(fresh).truth).toBe('reused');
  });

  test('turned off, a refresh names no refresh token', () => {
    const { refresh } = visit(variant('non-rotating'));
    expect(bodyOf(refresh())).not.toHaveProperty('refresh_token');
    expect(refresh().truth).toBe('ok');
  });
});

describe('ends of a refresh token', () => {
  test('fifteen days without use, and thirty days from the sign-in', () => {
    const idle = visit(auth0);
    idle.advance(15 * DAY);
    expect(idle.refresh().truth).toBe('idle');
    const { refresh, advance } = visit(auth0);
    advance(14 * DAY);
    const second = String(bodyOf(refresh()).refresh_token);
    advance(14 * DAY);
    const third = String(bodyOf(refresh(second)).refresh_token);
    advance(2 * DAY);
    const capped = refresh(third);
    expect(capped.truth).toBe('capped');
    expect(capped.answer).toEqual(idle.refresh().answer);
  });

  test('none, where none is set', () => {
    const { refresh, advance } = visit(variant('non-expiring'));
    advance(4000 * DAY);
    expect(refresh().truth).toBe('ok');
  });

  test('the two hundred and first sign-in silently ends the oldest', () => {
    const { refresh, signIn } = visitAgain();
    const tokens = Array.from({ length: 199 }, () => String(signIn().refresh_token));
    expect(tokens).toHaveLength(199);
    const second = tokens[0] ?? '';
    tokens.push(String(signIn().refresh_token));
    expect(refresh().truth).toBe('evicted');
    expect(refresh(second).truth).toBe('ok');
    expect(refresh(tokens.at(-1)).truth).toBe('ok');
  });

  test('a revocation, a blocked user, and a policy that wants a second factor', () => {
    const revoked = visit(auth0);
    const { account, client } = revoked;
    const ended = revoked.form('/oauth/revoke', { token: account.refreshToken ?? '', ...client });
    expect(ended.answer).toMatchObject({ status: 200, body: '' });
    expect(revoked.refresh().truth).toBe('revoked-by-client');
    const blocked = visit(auth0);
    blocked.act({ act: 'offboard' });
    expect(bodyOf(blocked.refresh())).toEqual({
      error: 'unauthorized',
      error_description: 'user is blocked',
    });
    const challenged = visit(auth0);
    challenged.act({ act: 'require-reauth' });
    expect(bodyOf(challenged.refresh())).toMatchObject({
      error: 'mfa_required',
      mfa_token: expect.any(String),
    });
  });
});

describe('the token endpoint', () => {
  test('takes JSON as well, and says access_denied to a bad secret', () => {
    const { send, account, client, refresh } = visit(auth0);
    const fields = { grant_type: 'refresh_token', refresh_token: account.refreshToken, ...client };
    const json = { 'content-type': 'application/json' };
    expect(send('POST', '/oauth/token', JSON.stringify(fields), json).truth).toBe('ok');
    expect(refresh(undefined, { client_secret: 'wrong' }).answer).toMatchObject({
      status: 401,
      body: { error: 'access_denied', error_description: 'Unauthorized' },
    });
  });

  test('gives an identity token that the published key verifies', () => {
    const { refresh, account, call } = visit(auth0);
    const claims = readJwt(String(bodyOf(refresh()).id_token));
    expect(claims).toMatchObject({
      iss: `${ORIGIN}/`,
      aud: account.clientId,
      sub: userIdOf('acme', 1),
      iat: START_MS / 1000,
    });
    expect(readJwt(account.accessToken)).toMatchObject({
      azp: account.clientId,
      scope: auth0.scopes.join(' '),
      exp: (START_MS + DAY) / 1000,
    });
    expect(bodyOf(call('/.well-known/jwks.json', { token: null })).keys).toMatchObject([{ kty: 'RSA' }]);
    const found = bodyOf(call('/.well-known/openid-configuration', { token: null }));
    expect(found.issuer).toBe(`${ORIGIN}/`);
  });

  test('of a busy tenant refuses equal requests for a minute', () => {
    const { refresh, advance } = visit(variant('busy'));
    for (let nth = 1; nth <= 5; nth++) expect(refresh('never-minted').answer.status).toBe(403);
    expect(refresh('never-minted').answer).toMatchObject({
      status: 429,
      headers: {
        'x-ratelimit-limit': '5',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String((START_MS + MINUTE) / 1000),
      },
      body: { error: 'too_many_requests' },
    });
    expect(refresh().truth).toBe('ok');
    advance(MINUTE);
    expect(refresh('never-minted').answer.status).toBe(403);
  });
});

describe('user info', () => {
  test('says what the scopes allow', () => {
    expect(bodyOf(visit(auth0).call('/userinfo'))).toMatchObject({
      sub: userIdOf('acme', 1),
      email: 'integration@acme.example',
    });
    expect(bodyOf(visit(auth0, { scopes: ['openid'] }).call('/userinfo'))).toEqual({
      sub: userIdOf('acme', 1),
    });
  });

  test('refuses in plain text', () => {
    const { call, advance } = visit(auth0);
    advance(DAY);
    const { answer } = call('/userinfo');
    expect([answer.status, answer.body]).toEqual([401, 'Unauthorized']);
    expect(answer.headers['www-authenticate']).toContain('error="invalid_token"');
    expect(call('/userinfo', { token: null }).answer.headers['www-authenticate']).toBe(
      `Bearer realm="${ORIGIN}/"`,
    );
  });
});

describe('the Management API', () => {
  test('tells expired from invalid by the message alone', () => {
    const { call, advance } = visit(auth0);
    const invalid = bodyOf(call(USERS, { token: 'forged' }));
    advance(DAY);
    const expired = bodyOf(call(USERS));
    expect([invalid.statusCode, expired.statusCode]).toEqual([401, 401]);
    expect(expired.message).toBe('Expired token received for JSON Web Token validation');
    expect(invalid.message).toBe('Invalid token');
  });

  test('names the scopes that would do', () => {
    expect(bodyOf(visit(auth0).call('/api/v2/clients'))).toEqual({
      statusCode: 403,
      error: 'Forbidden',
      message: 'Insufficient scope, expected any of: read:clients',
      errorCode: 'insufficient_scope',
    });
    const { call } = visit(auth0, { scopes: ['read:clients'] });
    expect(call('/api/v2/clients').answer.body).toHaveLength(2);
  });

  test('lists users by page, and changes one', () => {
    const { call } = visit(auth0);
    const page = bodyOf(call(`${USERS}?per_page=2&page=1&include_totals=true`));
    expect(page).toMatchObject({ start: 2, limit: 2, length: 1, total: 3 });
    expect(call(USERS).answer.body).toHaveLength(3);
    const path = userPath('acme', 2);
    const patch = (body: unknown) => call(path, { method: 'PATCH', body });
    expect(patch({ user_metadata: { row: 7 } }).writes).toEqual([
      { place: `users/${userIdOf('acme', 2)}`, cells: { user_metadata: '{"row":7}' } },
    ]);
    patch({ user_metadata: { seen: true }, name: 'Night' });
    expect(bodyOf(call(path))).toMatchObject({ name: 'Night', user_metadata: { row: 7, seen: true } });
    for (const body of ['no json', { shoe_size: 43 }]) {
      expect(patch(body).answer).toMatchObject({ status: 400, body: { errorCode: 'invalid_body' } });
    }
    expect(call(`${USERS}?page=-1`).answer).toMatchObject({ body: { errorCode: 'invalid_query_string' } });
  });

  test('knows nobody of another tenant', () => {
    const visited = visit(auth0);
    visited.connect('globex-auth0', 'globex');
    const refused = visited.call(userPath('globex', 1));
    expect([refused.truth, refused.answer.status]).toEqual(['other-tenant', 404]);
  });

  test('tells its limit on every answer', () => {
    const { call } = visit(variant('busy'));
    for (let nth = 1; nth <= 10; nth++) expect(call(USERS).answer.status).toBe(200);
    expect(call(USERS).answer).toMatchObject({
      status: 429,
      headers: { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '0' },
      body: { errorCode: 'too_many_requests' },
    });
  });
});
