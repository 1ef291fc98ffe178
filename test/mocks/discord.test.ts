// What is special about Discord: revoking one token revokes them all, causes are not told, and a user's token is a field.

import { describe, expect, test } from 'vitest';
import { neverExpiring } from '../../mocks/policy.ts';
import { guildIdOf, userIdOf } from '../../mocks/services/discord/ids.ts';
import discord from '../../mocks/services/discord/index.ts';
import { bodyOf, START_MS, visit } from './visit.ts';

const DAY = 86_400_000;
const ME = '/api/v10/users/@me';
const UNAUTHORIZED = { message: '401: Unauthorized', code: 0 };

describe('tokens', () => {
  test('live for seven days, and a refresh replaces the refresh token only', () => {
    const { refresh, call, account, advance } = visit(discord);
    advance(7 * DAY - 1);
    expect(call(ME).answer.status).toBe(200);
    const fresh = bodyOf(refresh());
    expect(fresh).toMatchObject({
      token_type: 'Bearer',
      expires_in: 604_800,
      scope: discord.scopes.join(' '),
    });
    expect(fresh.refresh_token).not.toBe(account.refreshToken);
    expect(call(ME).truth).toBe('ok');
    expect(refresh()).toMatchObject({
      truth: 'rotated',
      answer: { status: 400, body: { error: 'invalid_grant' } },
    });
    advance(1);
    expect(call(ME)).toMatchObject({ truth: 'expired', answer: { status: 401, body: UNAUTHORIZED } });
  });

  test.each(['access', 'refresh'])('revoking the %s token ends all that came from the consent', (which) => {
    const { form, refresh, call, account, client } = visit(discord);
    const fresh = bodyOf(refresh());
    const token = which === 'access' ? account.accessToken : String(fresh.refresh_token);
    const hint = which === 'access' ? 'refresh_token' : 'access_token';
    expect(form('/api/oauth2/token/revoke', { token, token_type_hint: hint, ...client }).answer.status).toBe(
      200,
    );
    expect(call(ME).answer.body).toEqual(UNAUTHORIZED);
    expect(call(ME, { token: String(fresh.access_token) }).truth).toBe('revoked-by-client');
    expect(refresh(String(fresh.refresh_token)).truth).toBe('revoked-by-client');
  });

  test('a claimed revocation of one token spares the others', () => {
    const variant = discord.variants['revokes-one-token']?.apply(discord) ?? expect.unreachable();
    const { form, refresh, call, account, client } = visit(variant);
    form('/api/oauth2/token/revoke', { token: account.accessToken, ...client });
    expect(call(ME).truth).toBe('revoked-by-client');
    expect(refresh().truth).toBe('ok');
  });

  test('the token endpoint answers under every version, and only with the right secret', () => {
    const { refresh, account } = visit(discord);
    const rotated = bodyOf(refresh(account.refreshToken ?? '', {}, '/api/v10/oauth2/token'));
    const wrong = refresh(String(rotated.refresh_token), { client_secret: 'wrong' });
    expect(wrong.answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(refresh(String(rotated.refresh_token), {}, '/api/v9/oauth2/token').truth).toBe('ok');
  });

  test('a token says what it may do, and until when', () => {
    const { call, account } = visit(discord);
    expect(bodyOf(call('/api/v10/oauth2/@me'))).toMatchObject({
      scopes: discord.scopes,
      expires: new Date(START_MS + 7 * DAY).toISOString(),
      user: { id: userIdOf(account.id) },
    });
  });
});

describe('the rate limit', () => {
  test('counts down in headers, and tells the wait to the millisecond in the body', () => {
    const { call, advance } = visit(discord);
    expect(call(ME).answer.headers).toMatchObject({
      'x-ratelimit-limit': '50',
      'x-ratelimit-remaining': '49',
      'x-ratelimit-reset-after': '1.000',
    });
    advance(250);
    for (let i = 0; i < 49; i++) expect(call(ME).truth).toBe('ok');
    const { truth, answer } = call(ME);
    expect(truth).toBe('rate-limited');
    expect(answer).toMatchObject({
      status: 429,
      headers: { 'retry-after': '1', 'x-ratelimit-scope': 'user', 'x-ratelimit-remaining': '0' },
      body: { message: 'You are being rate limited.', retry_after: 0.75, global: false },
    });
    advance(750);
    expect(call(ME).truth).toBe('ok');
  });

  test('does not exist in the world of the twin', () => {
    const { call } = visit({ ...discord, policy: neverExpiring(discord.policy, 3650 * DAY) });
    for (let i = 0; i < 200; i++) expect(call(ME).truth).toBe('ok');
  });
});

describe('a bot that adds a user', () => {
  const joining = (scopes: readonly string[] = ['guilds.join']) => {
    const visited = visit(discord, { scopes });
    const join = (accessToken: string, user = userIdOf(visited.account.id), guild = guildIdOf('acme', 2)) =>
      visited.call(`/api/v10/guilds/${guild}/members/${user}`, {
        method: 'PUT',
        token: null,
        headers: { authorization: 'Bot anything' },
        body: { access_token: accessToken },
      });
    return { ...visited, join };
  };

  test('does so once, and the second time there is nothing to do', () => {
    const { join, account } = joining();
    const user = userIdOf(account.id);
    const joined = join(account.accessToken);
    expect(joined).toMatchObject({ account: account.id, answer: { status: 201 } });
    expect(joined.writes).toEqual([{ place: `guilds/${guildIdOf('acme', 2)}/members`, cells: { user } }]);
    expect(join(account.accessToken)).toMatchObject({ writes: [], answer: { status: 204 } });
  });

  test.each([
    ['expired', 'expired'],
    ['revoked', 'revoked-by-user'],
    ['refreshed away', 'unknown-token'],
    ["another user's", 'wrong-client'],
  ])('with a token that is %s gets a code of its own', (how, truth) => {
    const { join, account, advance, act, connect } = joining();
    if (how === 'expired') advance(7 * DAY);
    if (how === 'revoked') act({ act: 'revoke' });
    const other = connect('second-discord', 'acme').accessToken;
    const token = { 'refreshed away': account.refreshToken ?? '', "another user's": other }[how];
    expect(join(token ?? account.accessToken)).toMatchObject({
      truth,
      answer: { status: 403, body: { code: 50025 } },
    });
  });

  test('needs the scope, the guild and the field', () => {
    const { join, account } = joining();
    expect(bodyOf(join(account.accessToken, userIdOf(account.id), '1'))).toMatchObject({ code: 10004 });
    const without = joining(['identify']);
    expect(bodyOf(without.join(without.account.accessToken))).toMatchObject({ code: 50026 });
    const path = `/api/v10/guilds/${guildIdOf('acme', 1)}/members/${userIdOf(account.id)}`;
    const bare = without.call(path, { method: 'PUT', headers: { authorization: 'Bot x' }, body: {} });
    expect(bodyOf(bare)).toMatchObject({ code: 50035, errors: { access_token: {} } });
    expect(without.call(path, { method: 'PUT', body: {} }).truth).toBe('no-token');
  });
});

describe('what a user may see', () => {
  test('ends at the scopes and at the guilds of the tenant', () => {
    const { call } = visit(discord);
    expect(call(`${ME}/connections`)).toMatchObject({
      truth: 'scope-missing',
      answer: { status: 403, body: { code: 50026 } },
    });
    expect(bodyOf(call(`${ME}/guilds/${guildIdOf('acme', 1)}/member`))).toMatchObject({ roles: [] });
    expect(call(`${ME}/guilds/1/member`).truth).toBe('not-found');
    const wide = visit(discord, { scopes: ['connections'] });
    expect(wide.call(`${ME}/connections`).answer.body).toMatchObject([{ type: 'twitch' }]);
    expect(wide.call(ME).truth).toBe('scope-missing');
    const visited = visit(discord);
    visited.connect('globex-discord', 'globex');
    const theirs = visited.call(`${ME}/guilds/${guildIdOf('globex', 1)}/member`);
    expect([theirs.truth, bodyOf(theirs).code]).toEqual(['other-tenant', 10004]);
  });

  test('guilds come in the order of their ids, after the last one', () => {
    const { call } = visit(discord);
    const ids = (path: string) => (call(path).answer.body as { id: string }[]).map(({ id }) => id);
    const [first = '', second = ''] = ids(`${ME}/guilds`);
    expect(ids(`${ME}/guilds?limit=1`)).toEqual([first]);
    expect(ids(`${ME}/guilds?after=${first}`)).toEqual([second]);
    for (const query of ['limit=0', 'limit=201', 'after=x']) {
      expect(call(`${ME}/guilds?${query}`).answer).toMatchObject({ status: 400, body: { code: 50035 } });
    }
    expect(ids('/api/users/@me/guilds')).toEqual([first, second]);
  });

  test('what an app says of a user stays said', () => {
    const { call } = visit(discord);
    const path = `${ME}/applications/7/role-connection`;
    expect(bodyOf(call(path))).toEqual({ platform_name: null, platform_username: null, metadata: {} });
    const body = { platform_name: 'Ledger', metadata: { rows: 7 } };
    const put = call(path, { method: 'PUT', body });
    expect(put.writes).toEqual([
      { place: 'role-connections/7', cells: { platform_name: 'Ledger', metadata: '{"rows":7}' } },
    ]);
    expect(bodyOf(call(path))).toEqual({ ...body, platform_username: null });
    for (const wrong of ['no json', { platform_name: 'x'.repeat(51) }]) {
      expect(call(path, { method: 'PUT', body: wrong }).truth).toBe('bad-request');
    }
  });
});
