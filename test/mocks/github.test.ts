// What is special about GitHub: errors with the status 200, three kinds of token, and an app that signs its requests.

import { describe, expect, test } from 'vitest';
import { signJwt } from '../../mocks/jwt.ts';
import { seededRandomness } from '../../mocks/randomness.ts';
import { rsaPrivateKey } from '../../mocks/rsa-key.ts';
import github from '../../mocks/services/github/index.ts';
import { bodyOf, START_MS, visit } from './visit.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TOKEN = '/login/oauth/access_token';
const WEBSITE = '/repos/acme/website';
const CLIENT = visit(github).account.clientId;
const JSON_ACCEPTED = { accept: 'application/json' };

const variant = (id: string) => github.variants[id]?.apply(github) ?? expect.unreachable();

describe('the token endpoint', () => {
  const refreshFields = (visited: ReturnType<typeof visit>) => ({
    grant_type: 'refresh_token',
    refresh_token: visited.account.refreshToken ?? '',
    ...visited.client,
  });

  test('answers as a form unless JSON or XML is asked for', () => {
    const asForm = visit(github);
    const form = asForm.form(TOKEN, refreshFields(asForm));
    expect(form.answer.headers['content-type']).toContain('application/x-www-form-urlencoded');
    const fields = new URLSearchParams(String(form.answer.body));
    expect(fields.get('access_token')).toMatch(/^ghu_\w{36}$/);
    expect(fields.get('expires_in')).toBe('28800');

    const asJson = visit(github);
    expect(bodyOf(asJson.form(TOKEN, refreshFields(asJson), JSON_ACCEPTED))).toEqual({
      access_token: expect.stringMatching(/^ghu_/),
      expires_in: 28_800,
      refresh_token: expect.stringMatching(/^ghr_/),
      refresh_token_expires_in: 15_811_200,
      scope: '',
      token_type: 'bearer',
    });

    const asXml = visit(github);
    const xml = asXml.form(TOKEN, refreshFields(asXml), { accept: 'application/xml' });
    expect(String(xml.answer.body)).toMatch(/<OAuth><access_token>ghu_\w+<\/access_token>/);
  });

  test('takes a form, JSON, and fields in the query string', () => {
    const asJson = visit(github);
    const body = JSON.stringify(refreshFields(asJson));
    expect(asJson.send('POST', TOKEN, body, { 'content-type': 'application/json' }).truth).toBe('ok');
    const inQuery = visit(github);
    const query = new URLSearchParams(refreshFields(inQuery));
    expect(inQuery.send('POST', `${TOKEN}?${query}`, '', {}).truth).toBe('ok');
  });

  test('refuses with the status 200, in the encoding asked for', () => {
    const visited = visit(github);
    const asForm = visited.refresh('never-minted');
    expect(asForm.answer.status).toBe(200);
    expect(new URLSearchParams(String(asForm.answer.body)).get('error')).toBe('bad_refresh_token');
    const asJson = visited.form(TOKEN, { ...refreshFields(visited), client_secret: 'no' }, JSON_ACCEPTED);
    expect(asJson.answer.status).toBe(200);
    expect(bodyOf(asJson)).toMatchObject({
      error: 'incorrect_client_credentials',
      error_uri: expect.stringMatching(/#incorrect-client-credentials$/),
    });
  });

  test('exchanges a code without a grant_type, from a consent without a response_type', () => {
    const { send, form, account, client, call } = visit(github);
    const query = new URLSearchParams({
      client_id: account.clientId,
      redirect_uri: 'http://127.0.0.1:8000/back',
      state: 's',
    });
    const consented = send('GET', `/login/oauth/authorize?${query}`, '', {});
    const back = new URL(consented.answer.headers.location ?? '');
    expect(back.searchParams.get('state')).toBe('s');
    const fields = {
      ...client,
      code: back.searchParams.get('code') ?? '',
      redirect_uri: 'http://127.0.0.1:8000/back',
    };
    const token = String(bodyOf(form(TOKEN, fields, JSON_ACCEPTED)).access_token);
    expect(call('/user', { token }).answer.status).toBe(200);
  });
});

describe('user tokens', () => {
  const renewed = (exchange: Parameters<typeof bodyOf>[0]) =>
    new URLSearchParams(String(exchange.answer.body));

  test('a refresh ends both old tokens at once, and a used refresh token harms nobody else', () => {
    const { refresh, call, account } = visit(github);
    const fresh = renewed(refresh());
    const old = call('/user');
    expect(old.truth).toBe('superseded');
    expect(old.answer.status).toBe(401);
    expect(old.answer.body).toEqual({
      message: 'Bad credentials',
      documentation_url: 'https://docs.github.com/rest',
      status: '401',
    });
    const again = refresh(account.refreshToken ?? '');
    expect([again.truth, again.answer.status]).toEqual(['rotated', 200]);
    expect(call('/user', { token: fresh.get('access_token') }).answer.status).toBe(200);
    expect(refresh(fresh.get('refresh_token') ?? '').truth).toBe('ok');
  });

  test('a refresh token lives for half a year from its issue, to the last millisecond', () => {
    for (const [afterMs, truth] of [
      [183 * DAY - 1, 'ok'],
      [183 * DAY, 'capped'],
    ] as const) {
      const { refresh, advance } = visit(github);
      advance(afterMs);
      expect(refresh().truth).toBe(truth);
    }
  });

  test('a repository of another tenant is not found, and lists are silent about it', () => {
    const visited = visit(github);
    const other = visited.connect('globex-github', 'globex');
    const { answer, truth } = visited.call('/repos/globex/website');
    expect([truth, answer.status]).toEqual(['other-tenant', 404]);
    expect(answer.body).toMatchObject({ message: 'Not Found', status: '404' });
    expect(visited.call('/repos/acme/no-such').truth).toBe('not-found');
    expect(visited.call('/repos/globex/website', { token: other.accessToken }).answer.status).toBe(200);
    const names = (visited.call('/user/repos').answer.body as { full_name: string }[]).map(
      (r) => r.full_name,
    );
    expect(names).toEqual(['acme/website', 'acme/backend']);
  });

  test('what an app may not do is named in a header', () => {
    const { answer } = visit(github).call(WEBSITE, { method: 'DELETE' });
    expect(answer.status).toBe(403);
    expect(answer.headers['x-accepted-github-permissions']).toBe('administration=write');
    const allowed = visit(github, { scopes: [...github.scopes, 'administration:write'] });
    expect(allowed.call(WEBSITE, { method: 'DELETE' }).answer.status).toBe(204);
    expect(allowed.call(WEBSITE).answer.status).toBe(404);
  });

  test('the quota of an hour is told with its end', () => {
    const { call, advance } = visit(github);
    const quota = (name: string) => call('/user').answer.headers[`x-ratelimit-${name}`];
    expect(quota('remaining')).toBe('4999');
    advance(30 * MINUTE);
    expect(quota('used')).toBe('2');
    expect(quota('reset')).toBe(String((START_MS + HOUR) / 1000));
    advance(30 * MINUTE);
    expect(quota('remaining')).toBe('4999');
  });

  test('an issue that is opened gets the next number of its repository', () => {
    const { call } = visit(github);
    const body = { title: 'Row 7 is missing', body: 'since 2 a.m.' };
    const opened = call(`${WEBSITE}/issues`, { method: 'POST', body });
    expect(opened.answer.status).toBe(201);
    expect(opened.answer.body).toMatchObject({ number: 3, state: 'open', title: 'Row 7 is missing' });
    expect(opened.writes).toEqual([{ place: 'repos/acme/website/issues', cells: body }]);
    const closed = call(`${WEBSITE}/issues/3`, { method: 'PATCH', body: { state: 'closed' } });
    expect(closed.writes).toEqual([{ place: 'repos/acme/website/issues/3', cells: { state: 'closed' } }]);
    const numbers = (path: string) => (call(path).answer.body as { number: number }[]).map((i) => i.number);
    expect(numbers(`${WEBSITE}/issues`)).toEqual([1]);
    expect(numbers(`${WEBSITE}/issues?state=all`)).toEqual([3, 2, 1]);
    expect(call(`${WEBSITE}/issues/9`).answer.status).toBe(404);
    expect(call(`${WEBSITE}/issues`, { method: 'POST', body: 'no json' }).answer.status).toBe(400);
    expect(call(`${WEBSITE}/issues`, { method: 'POST', body: {} }).answer).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'title' }] },
    });
  });

  test('the app checks, ends one token, and ends the whole authorization', () => {
    const visited = visit(github);
    const { account, client, send, call, refresh } = visited;
    const basic = (secret: string) => ({
      authorization: `Basic ${Buffer.from(`${account.clientId}:${secret}`).toString('base64')}`,
    });
    const path = `/applications/${account.clientId}`;
    const ask = (method: string, end: string, secret = client.client_secret) =>
      send(method, `${path}/${end}`, JSON.stringify({ access_token: account.accessToken }), basic(secret));
    expect(bodyOf(ask('POST', 'token'))).toMatchObject({ user: { login: 'acme-github' } });
    expect(ask('POST', 'token', 'wrong').answer.status).toBe(404);
    expect(ask('DELETE', 'token').answer.status).toBe(204);
    expect(call('/user').truth).toBe('revoked-by-client');
    expect(ask('POST', 'token').answer.status).toBe(404);
    expect(refresh().truth).toBe('ok');

    const other = visit(github);
    const body = JSON.stringify({ access_token: other.account.accessToken });
    expect(other.send('DELETE', `${path}/grant`, body, basic(client.client_secret)).answer.status).toBe(204);
    expect(other.refresh().truth).toBe('revoked-by-client');
  });
});

describe('OAuth apps', () => {
  const scopesOf = (exchange: { answer: { headers: Readonly<Record<string, string>> } }) =>
    exchange.answer.headers['x-oauth-scopes'];

  test('a token has no stated end, and lives while it is used once a year', () => {
    const { account, call, advance } = visit(variant('oauth-app'));
    expect(account).toMatchObject({ expiresAt: null, refreshToken: null });
    expect(account.accessToken).toMatch(/^gho_/);
    for (let year = 0; year < 3; year++) {
      advance(364 * DAY);
      expect(call('/user').answer.status).toBe(200);
    }
    advance(365 * DAY);
    expect(call('/user').truth).toBe('expired');
  });

  test('ten tokens of the same scopes live, the eleventh ends the oldest, and other scopes are counted apart', () => {
    const visited = visit(variant('oauth-app'));
    const { account, call, form, client, send } = visited;
    const consent = (scope: string) => {
      const redirect_uri = 'http://127.0.0.1:8000/back';
      const asked = { client_id: account.clientId, redirect_uri, scope };
      const { location = '' } = send('GET', `/login/oauth/authorize?${new URLSearchParams(asked)}`, '', {})
        .answer.headers;
      const code = new URL(location).searchParams.get('code') ?? '';
      return String(bodyOf(form(TOKEN, { code, redirect_uri, ...client }, JSON_ACCEPTED)).access_token);
    };
    const scopes = account.scopes.join(' ');
    const second = consent(scopes);
    for (let more = 3; more <= 10; more++) consent(scopes);
    for (let other = 1; other <= 10; other++) consent('read:user');
    expect(call('/user').truth).toBe('ok');
    consent(scopes);
    const evicted = call('/user');
    expect([evicted.truth, evicted.answer.status]).toEqual(['evicted', 401]);
    expect(bodyOf(evicted).message).toBe('Bad credentials');
    expect(call('/user', { token: second }).truth).toBe('ok');
  });

  test('every answer tells the scopes, and a lacking one hides the repository', () => {
    const { call, act } = visit(variant('oauth-app'));
    expect(scopesOf(call(WEBSITE))).toBe('repo, read:user');
    expect(call(WEBSITE, { method: 'DELETE' }).answer).toMatchObject({
      status: 403,
      headers: { 'x-accepted-oauth-scopes': 'delete_repo' },
    });
    act({ act: 'narrow-scope', scopes: ['read:user'] });
    const hidden = call(WEBSITE);
    expect([hidden.truth, hidden.answer.status, scopesOf(hidden)]).toEqual([
      'scope-missing',
      404,
      'read:user',
    ]);
  });
});

describe('installations', () => {
  const visitInstallation = () => {
    const visited = visit(variant('installation'));
    const { account, clock, send } = visited;
    const claims = () => ({
      iat: Math.floor(clock.nowMs / 1000) - 60,
      exp: Math.floor(clock.nowMs / 1000) + 540,
      iss: account.clientId,
    });
    const asApp = (method: string, path: string, body?: object, more: object = {}) =>
      send(method, path, body === undefined ? '' : JSON.stringify(body), {
        authorization: `Bearer ${signJwt({ ...claims(), ...more }, account.clientSecret ?? '')}`,
      });
    const path = new URL(account.tokenUrl).pathname;
    return { ...visited, asApp, path, mint: (body?: object) => asApp('POST', path, body) };
  };

  test('the account tells where its tokens come from, and the key to ask with', () => {
    const { account, path } = visitInstallation();
    expect(path).toBe(`/app/installations/${account.installation}/access_tokens`);
    expect(account.clientSecret).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    expect(account.accessToken).toMatch(/^ghs_/);
  });

  test('a token lives for one hour beside the others', () => {
    const { mint, call, advance, account } = visitInstallation();
    advance(30 * MINUTE);
    const minted = mint();
    expect(minted.answer.status).toBe(201);
    expect(minted).toMatchObject({ endpoint: 'token', account: account.id, token: null });
    const body = bodyOf(minted);
    expect(body.expires_at).toBe('2026-03-02T23:30:00Z');
    expect(body.permissions).toEqual({ metadata: 'read', contents: 'read', issues: 'write' });
    const token = String(body.token);
    expect(call(WEBSITE).answer.status).toBe(200);
    expect(call(WEBSITE, { token }).answer.status).toBe(200);
    advance(30 * MINUTE);
    expect(call(WEBSITE).truth).toBe('expired');
    expect(call(WEBSITE, { token }).answer.status).toBe(200);
  });

  test('a token may be asked for with less, and never with more', () => {
    const { mint, call } = visitInstallation();
    const token = String(bodyOf(mint({ permissions: { metadata: 'read', issues: 'read' } })).token);
    expect(call(`${WEBSITE}/issues`, { token }).answer.status).toBe(200);
    const refused = call(`${WEBSITE}/issues`, { method: 'POST', body: { title: 'x' }, token });
    expect(refused.answer.headers['x-accepted-github-permissions']).toBe('issues=write');
    expect(mint({ permissions: { contents: 'write' } }).answer.status).toBe(422);
    expect(mint({ permissions: { contents: 'all' } }).answer.status).toBe(422);
  });

  test('an installation that was removed is not found, and its tokens are dead', () => {
    const { mint, call, act } = visitInstallation();
    const token = String(bodyOf(mint()).token);
    act({ act: 'revoke' });
    expect(call(WEBSITE, { token }).answer.status).toBe(401);
    expect(mint()).toMatchObject({
      account: 'acme-github',
      truth: 'revoked-by-user',
      answer: { status: 404 },
    });
  });

  test('a suspended installation is told so, by calls and when a token is asked for', () => {
    const { mint, call, act } = visitInstallation();
    act({ act: 'restrict-service' });
    for (const exchange of [mint(), call(WEBSITE)]) {
      expect(exchange.answer.status).toBe(403);
      expect(exchange.answer.body).toMatchObject({ message: 'This installation has been suspended' });
    }
  });

  test('what bars an installation bars the tokens that it gets later', () => {
    const { mint, call, act } = visitInstallation();
    act({ act: 'restrict-ip' });
    expect(call(WEBSITE, { token: String(bodyOf(mint()).token) }).truth).toBe('ip-restricted');
  });

  test('a user who leaves does not take the installation along', () => {
    const { mint, act } = visitInstallation();
    act({ act: 'offboard' });
    act({ act: 'change-password' });
    expect(mint().answer.status).toBe(201);
  });

  test.each([
    [{ iat: 1 }, 'jwt', 201],
    [{ iat: (START_MS + 1000) / 1000 }, "'Issued at' claim ('iat') must be an Integer", 401],
    [{ exp: START_MS / 1000 + 600 }, 'jwt', 201],
    [{ exp: START_MS / 1000 + 601 }, 'is too far in the future', 401],
    [{ exp: START_MS / 1000 }, 'must be a numeric value representing the future time', 401],
    [{ exp: '2026-03-02' }, 'must be a numeric value representing the future time', 401],
    [{ iss: 'no-such-app' }, 'Integration not found', 404],
  ])('a JWT with %j', (more, message, status) => {
    const { asApp, path } = visitInstallation();
    const { answer } = asApp('POST', path, undefined, more);
    expect(answer.status).toBe(status);
    if (status !== 201) expect(bodyOf({ answer } as Parameters<typeof bodyOf>[0]).message).toContain(message);
  });

  test.each([
    ['no token', null, 'no-token'],
    ['an access token', 'ghs_000', 'unknown-token'],
    ['another key', signJwt({ iss: CLIENT }, rsaPrivateKey(seededRandomness('stranger'))), 'wrong-secret'],
  ])('the app is not known by %s', (_what, token, truth) => {
    const { send, path } = visitInstallation();
    const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
    expect(send('POST', path, '', headers)).toMatchObject({ truth, answer: { status: 401 } });
  });

  test('a key that was replaced opens nothing any more', () => {
    const { mint, act } = visitInstallation();
    act({ act: 'rotate-client-secret' });
    expect(mint()).toMatchObject({ truth: 'wrong-secret', answer: { status: 401 } });
  });

  test('the app sees its installations, and gets tokens for those that there are', () => {
    const { asApp, connect, account } = visitInstallation();
    const other = connect('globex-github', 'globex');
    const seen = asApp('GET', '/app/installations').answer.body as { id: number }[];
    expect(seen.map(({ id }) => String(id))).toEqual([account.installation, other.installation]);
    expect(bodyOf(asApp('GET', '/app')).installations_count).toBe(2);
    expect(asApp('GET', `/app/installations/${other.installation}`).account).toBe('globex-github');
    expect(asApp('POST', '/app/installations/1/access_tokens').answer.status).toBe(404);
  });

  test('a token can end itself, and an installation is nobody', () => {
    const { call, account } = visitInstallation();
    expect(call('/user').answer.status).toBe(403);
    expect(bodyOf(call('/installation/repositories')).total_count).toBe(2);
    // octokit writes the scheme in this way, too.
    const headers = { authorization: `token ${account.accessToken}` };
    expect(call('/installation/token', { method: 'DELETE', headers, token: null }).answer.status).toBe(204);
    expect(call(WEBSITE).truth).toBe('revoked-by-client');
  });

  test('the key comes from the seed', () => {
    const key = (seed: number) => rsaPrivateKey(seededRandomness(seed));
    expect(key(1)).toBe(key(1));
    expect(key(1)).not.toBe(key(2));
  });
});
