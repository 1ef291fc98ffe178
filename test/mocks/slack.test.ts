// What is special about Slack: 200 for everything, tokens with and without rotation, channels and cursors.

import { describe, expect, test } from 'vitest';
import slack from '../../mocks/services/slack/index.ts';
import { channelIdOf, installerIdOf, teamIdOf } from '../../mocks/services/slack/workspace.ts';
import { bodyOf, START_MS, visit } from './visit.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const GENERAL = channelIdOf('acme', 'general');

type Visited = ReturnType<typeof visit>;
const variant = (id: string) => visit(slack.variants[id]?.apply(slack) ?? slack);
const method = (visited: Visited, name: string, args: Record<string, string> = {}) =>
  visited.form(`/api/${name}`, args, { authorization: `Bearer ${visited.account.accessToken}` });

describe('tokens', () => {
  test('a refresh replaces both tokens, at the top level, and the old access token lives on', () => {
    const visited = visit(slack);
    const answer = bodyOf(visited.refresh());
    expect(answer).toMatchObject({
      ok: true,
      token_type: 'bot',
      expires_in: 43_200,
      scope: 'channels:read,channels:history,chat:write',
      team: { id: teamIdOf('acme'), name: 'acme' },
      enterprise: null,
    });
    expect(answer.access_token).toMatch(/^xoxe\.xoxb-1-/);
    expect(answer.refresh_token).toMatch(/^xoxe-1-/);
    expect(answer).not.toHaveProperty('authed_user');
    expect(method(visited, 'auth.test').truth).toBe('ok');
  });

  test('a spent refresh token is honoured for a minute, then refused, and its successor lives on', () => {
    const visited = visit(slack);
    const next = String(bodyOf(visited.refresh()).refresh_token);
    visited.advance(MINUTE - 1);
    expect(visited.refresh().truth).toBe('ok');
    visited.advance(1);
    const { answer } = visited.refresh();
    expect([answer.status, answer.body]).toEqual([200, { ok: false, error: 'invalid_refresh_token' }]);
    expect(visited.refresh(next).truth).toBe('ok');
  });

  test('no more than two access tokens are alive: a refresh that makes a third ends the oldest', () => {
    const visited = visit(slack);
    const second = bodyOf(visited.refresh());
    expect(visited.call('/api/auth.test').truth).toBe('ok');
    visited.refresh(String(second.refresh_token));
    expect(visited.call('/api/auth.test').truth).toBe('crowded-out');
    expect(bodyOf(visited.call('/api/auth.test'))).toMatchObject({ error: 'token_revoked' });
    expect(visited.call('/api/auth.test', { token: String(second.access_token) }).truth).toBe('ok');
  });

  test('a token may come as an argument', () => {
    const { call, account } = visit(slack);
    expect(call(`/api/auth.test?token=${account.accessToken}`, { token: null }).truth).toBe('ok');
  });

  test('a long-lived token is exchanged once, and lives until the first refresh', () => {
    const visited = variant('exchangeable');
    const { account, client, call, form, refresh, advance } = visited;
    advance(1000 * HOUR);
    const ask = (fields: object = {}) =>
      form('/api/oauth.v2.exchange', { ...client, token: account.accessToken, ...fields });
    expect(ask({ client_secret: 'wrong' }).truth).toBe('wrong-secret');
    expect(account.accessToken).toMatch(/^xoxb-/);
    const pair = bodyOf(ask());
    expect(pair.access_token).toMatch(/^xoxe\.xoxb-1-/);
    expect(pair).toMatchObject({ ok: true, expires_in: 43_200, refresh_token: expect.any(String) });
    expect(bodyOf(ask())).toMatchObject({ ok: false, error: 'token_already_exchanged' });
    expect(call('/api/auth.test').truth).toBe('ok');
    expect(refresh(String(pair.refresh_token)).truth).toBe('ok');
    expect(call('/api/auth.test').truth).toBe('crowded-out');
    expect(call('/api/auth.test', { token: String(pair.access_token) }).truth).toBe('ok');
  });

  test('a user token is told beside the person, refreshed at the top, and speaks as the person', () => {
    const visited = variant('user-tokens');
    const { send, form, client, account, refresh, call, provider, clock } = visited;
    const redirect_uri = 'http://127.0.0.1:8000/cb';
    const asked = { client_id: account.clientId, redirect_uri, scope: '', user_scope: 'chat:write' };
    const { location } = send('GET', `/oauth/v2/authorize?${new URLSearchParams(asked)}`, '', {}).answer
      .headers;
    const code = new URL(location ?? '').searchParams.get('code') ?? '';
    const installed = bodyOf(form('/api/oauth.v2.access', { code, redirect_uri, ...client }));
    const id = installerIdOf('acme');
    expect(installed).not.toHaveProperty('access_token');
    expect(installed.authed_user).toEqual({
      id,
      scope: 'chat:write',
      access_token: expect.stringMatching(/^xoxe\.xoxp-1-/),
      token_type: 'user',
      expires_in: 43_200,
      refresh_token: expect.stringMatching(/^xoxe-1-/),
    });
    const fresh = bodyOf(refresh());
    expect(fresh).toMatchObject({ ok: true, token_type: 'user', refresh_token: expect.any(String) });
    expect(fresh).not.toHaveProperty('authed_user');
    const token = String(fresh.access_token);
    const who = bodyOf(call('/api/auth.test', { token }));
    expect(who).toMatchObject({ ok: true, user_id: id });
    expect(who).not.toHaveProperty('bot_id');
    const posted = bodyOf(
      call(`/api/chat.postMessage?channel=${GENERAL}&text=hi`, { method: 'POST', token }),
    );
    expect(posted.message).toMatchObject({ user: id });
    const told = provider.tell(account.id, 'revoke', clock.nowMs, 'first');
    expect(JSON.parse(told?.body ?? '')).toMatchObject({ event: { tokens: { oauth: [id], bot: [] } } });
    visited.act({ act: 'delete-account' });
    expect(bodyOf(call('/api/auth.test', { token }))).toEqual({ ok: false, error: 'token_revoked' });
  });

  test('under no-grace it is refused at once', () => {
    const visited = variant('no-grace');
    visited.refresh();
    expect(visited.refresh().truth).toBe('rotated');
  });

  test('auth.test counts the token down, and at its end says so with 200', () => {
    const visited = visit(slack);
    visited.advance(11 * HOUR);
    expect(bodyOf(method(visited, 'auth.test'))).toMatchObject({ ok: true, expires_in: 3600 });
    visited.advance(HOUR);
    const { answer, truth } = method(visited, 'auth.test');
    expect(truth).toBe('expired');
    expect([answer.status, answer.body]).toEqual([200, { ok: false, error: 'token_expired' }]);
  });

  test('a wrong token and a barred address get the same word', () => {
    const barred = visit(slack);
    barred.act({ act: 'restrict-ip' });
    const wrong = visit(slack).call('/api/auth.test', { token: 'never-minted' });
    expect(method(barred, 'auth.test').answer.body).toEqual(wrong.answer.body);
  });

  test('auth.revoke ends the one token; a test of it ends none', () => {
    const visited = visit(slack);
    expect(bodyOf(method(visited, 'auth.revoke', { test: '1' }))).toEqual({ ok: true, revoked: false });
    expect(bodyOf(method(visited, 'auth.revoke'))).toEqual({ ok: true, revoked: true });
    expect(bodyOf(method(visited, 'auth.test'))).toEqual({ ok: false, error: 'token_revoked' });
    expect(visited.refresh().truth).toBe('ok');
  });

  test('apps.uninstall needs the client, and ends everything', () => {
    const visited = visit(slack);
    expect(bodyOf(method(visited, 'apps.uninstall', { ...visited.client, client_secret: 'x' }))).toEqual({
      ok: false,
      error: 'bad_client_secret',
    });
    expect(bodyOf(method(visited, 'apps.uninstall', visited.client))).toEqual({ ok: true });
    expect(method(visited, 'auth.test').truth).toBe('revoked-by-client');
    expect(visited.refresh().truth).toBe('revoked-by-client');
  });

  test('a new password leaves the grant alone', () => {
    const visited = visit(slack);
    visited.act({ act: 'change-password' });
    expect(method(visited, 'auth.test').truth).toBe('ok');
    expect(visited.refresh().truth).toBe('ok');
  });

  test('without rotation a token has no end, no refresh token, and falls with its authorization', () => {
    const visited = variant('without-rotation');
    expect(visited.account).toMatchObject({ refreshToken: null, expiresAt: null });
    expect(visited.account.accessToken).toMatch(/^xoxb-/);
    visited.advance(20 * 365 * 24 * HOUR);
    const answer = bodyOf(method(visited, 'auth.test'));
    expect(answer.ok).toBe(true);
    expect(answer).not.toHaveProperty('expires_in');
    method(visited, 'auth.revoke');
    expect(method(visited, 'auth.test').truth).toBe('revoked-by-client');
  });

  test('an installation needs neither response_type nor grant_type, and says who installed', () => {
    const { send, form, client, account } = visit(slack);
    const query = new URLSearchParams({
      client_id: account.clientId,
      redirect_uri: 'http://127.0.0.1:8000/cb',
      scope: 'chat:write,users:read',
    });
    const { location } = send('GET', `/oauth/v2/authorize?${query}`, '', {}).answer.headers;
    const code = new URL(location ?? '').searchParams.get('code') ?? '';
    const fields = { code, redirect_uri: 'http://127.0.0.1:8000/cb' };
    const basic = Buffer.from(`${client.client_id}:${client.client_secret}`).toString('base64');
    const answer = bodyOf(form('/api/oauth.v2.access', fields, { authorization: `Basic ${basic}` }));
    expect(answer).toMatchObject({
      ok: true,
      scope: 'chat:write,users:read',
      authed_user: { id: expect.any(String) },
    });
  });
});

describe('an installation of a bot and of a person', () => {
  function install() {
    const visited = visit(slack);
    const { send, form, client, account } = visited;
    const redirect_uri = 'http://127.0.0.1:8000/cb';
    const asked = {
      client_id: account.clientId,
      redirect_uri,
      scope: 'chat:write',
      user_scope: 'channels:read',
    };
    const { location = '' } = send('GET', `/oauth/v2/authorize?${new URLSearchParams(asked)}`, '', {}).answer
      .headers;
    const code = new URL(location).searchParams.get('code') ?? '';
    const exchange = form('/api/oauth.v2.access', { code, redirect_uri, ...client });
    return { ...visited, exchange, installed: bodyOf(exchange) };
  }

  test('tells both tokens, each with its scopes and its refresh token', () => {
    const { installed, exchange, call } = install();
    expect(installed).toMatchObject({
      access_token: expect.stringMatching(/^xoxe\.xoxb-1-/),
      token_type: 'bot',
      scope: 'chat:write',
      bot_user_id: expect.any(String),
      authed_user: {
        id: installerIdOf('acme'),
        access_token: expect.stringMatching(/^xoxe\.xoxp-1-/),
        token_type: 'user',
        scope: 'channels:read',
        expires_in: 43_200,
      },
    });
    expect(exchange.effects.filter(({ kind }) => kind === 'minted')).toHaveLength(4);
    const { access_token: person } = installed.authed_user as Record<string, string>;
    expect(bodyOf(call('/api/auth.test', { token: person ?? '' }))).toMatchObject({
      user_id: installerIdOf('acme'),
    });
    expect(call('/api/conversations.list', { token: person ?? '' }).truth).toBe('ok');
    expect(call('/api/conversations.list', { token: String(installed.access_token) }).truth).toBe(
      'scope-missing',
    );
  });

  test('gives two grants: each refreshes by itself, and stays what it is', () => {
    const { installed, refresh } = install();
    const { refresh_token: persons = '' } = installed.authed_user as Record<string, string>;
    const person = bodyOf(refresh(persons));
    expect(person).toMatchObject({ token_type: 'user', scope: 'channels:read' });
    expect(person.access_token).toMatch(/^xoxe\.xoxp-1-/);
    expect(person).not.toHaveProperty('bot_user_id');
    const bot = bodyOf(refresh(String(installed.refresh_token)));
    expect(bot).toMatchObject({ token_type: 'bot', scope: 'chat:write', bot_user_id: expect.any(String) });
    expect(refresh(String(person.refresh_token)).truth).toBe('ok');
  });

  test('ends as one', () => {
    const { installed, act, call } = install();
    act({ act: 'revoke-by-admin' });
    const { access_token: person = '' } = installed.authed_user as Record<string, string>;
    const truths = [person, String(installed.access_token)].map(
      (token) => call('/api/auth.test', { token }).truth,
    );
    expect(truths).toEqual(['revoked-by-admin', 'revoked-by-admin']);
  });
});

describe('methods', () => {
  test('a message is posted once, seen in the history, and reported as supplied', () => {
    const visited = visit(slack);
    visited.advance(90_000);
    const posted = method(visited, 'chat.postMessage', { channel: '#night-runs', text: 'Night done.' });
    const channel = channelIdOf('acme', 'night-runs');
    const { ts } = bodyOf(posted);
    expect(bodyOf(posted)).toMatchObject({ ok: true, channel, message: { text: 'Night done.', ts } });
    expect(String(ts)).toMatch(new RegExp(`^${(START_MS + 90_000) / 1000}\\.\\d{6}$`));
    expect(posted.writes).toEqual([{ place: `channels/${channel}`, cells: { text: 'Night done.' } }]);
    const { messages } = bodyOf(method(visited, 'conversations.history', { channel }));
    expect(messages).toEqual([expect.objectContaining({ type: 'message', text: 'Night done.', ts })]);
  });

  test('two messages of one moment have two timestamps', () => {
    const visited = visit(slack);
    const post = () => bodyOf(method(visited, 'chat.postMessage', { channel: GENERAL, text: 'x' })).ts;
    expect(post()).not.toBe(post());
  });

  test('JSON is taken as well as a form, and GET as well as POST', () => {
    const visited = visit(slack);
    const posted = visited.call('/api/chat.postMessage', {
      method: 'POST',
      body: { channel: GENERAL, text: 'hi', blocks: [{ type: 'divider' }] },
      headers: { 'content-type': 'application/json; charset=utf-8' },
    });
    expect(posted.writes[0]?.cells).toEqual({ text: 'hi', blocks: '[{"type":"divider"}]' });
    expect(bodyOf(visited.call(`/api/conversations.info?channel=${GENERAL}`)).ok).toBe(true);
  });

  test('the bot may change its own message and no other', () => {
    const visited = visit(slack);
    const { ts } = bodyOf(method(visited, 'chat.postMessage', { channel: GENERAL, text: 'draft' }));
    const changed = method(visited, 'chat.update', { channel: GENERAL, ts: String(ts), text: 'final' });
    expect(bodyOf(changed)).toMatchObject({ ok: true, text: 'final', ts });
    expect(changed.writes).toEqual([{ place: `channels/${GENERAL}/${ts}`, cells: { text: 'final' } }]);
    const history = bodyOf(method(visited, 'conversations.history', { channel: GENERAL })).messages as {
      ts: string;
      text: string;
    }[];
    expect(history[0]).toMatchObject({ ts, text: 'final' });
    const theirs = { channel: GENERAL, ts: String(history[1]?.ts), text: 'x' };
    expect(bodyOf(method(visited, 'chat.update', theirs)).error).toBe('cant_update_message');
    expect(bodyOf(method(visited, 'chat.update', { ...theirs, ts: '1.2' })).error).toBe('message_not_found');
  });

  test('cursors lead through every channel exactly once', () => {
    const visited = visit(slack);
    const names: string[] = [];
    let cursor = '';
    do {
      const page = bodyOf(method(visited, 'conversations.list', { limit: '2', cursor }));
      names.push(...(page.channels as { name: string }[]).map(({ name }) => name));
      cursor = (page.response_metadata as { next_cursor: string }).next_cursor;
    } while (cursor !== '');
    expect(names).toEqual(['general', 'night-runs', 'leadership']);
    expect(bodyOf(method(visited, 'conversations.list', { cursor: 'nonsense' })).error).toBe(
      'invalid_cursor',
    );
  });

  test('a history can be cut by time', () => {
    const visited = visit(slack);
    const all = bodyOf(method(visited, 'conversations.history', { channel: GENERAL })).messages as {
      ts: string;
    }[];
    expect(all).toHaveLength(3);
    const since = { channel: GENERAL, oldest: String(all[2]?.ts), latest: String(all[0]?.ts) };
    expect(bodyOf(method(visited, 'conversations.history', since)).messages).toEqual([all[1]]);
  });

  test.each([
    ['chat.postMessage', { channel: 'general' }, 'no_text'],
    ['chat.postMessage', { channel: 'leadership', text: 'x' }, 'not_in_channel'],
    ['chat.postMessage', { channel: 'nowhere', text: 'x' }, 'channel_not_found'],
    ['conversations.history', { channel: 'leadership' }, 'not_in_channel'],
  ])('%s %j is refused, with 200', (name, args, error) => {
    const { answer, writes } = method(visit(slack), name, args as Record<string, string>);
    expect([answer.status, answer.body, writes]).toEqual([200, { ok: false, error }, []]);
  });

  test('a channel of another workspace is not found, and the truth is kept', () => {
    const visited = visit(slack);
    visited.connect('globex-slack', 'globex');
    const theirs = method(visited, 'conversations.info', { channel: channelIdOf('globex', 'general') });
    expect(theirs.truth).toBe('other-tenant');
    expect(theirs.answer.body).toEqual({ ok: false, error: 'channel_not_found' });
  });

  test('a missing scope is told with what was needed and what was there, in body and headers', () => {
    const { answer } = method(visit(slack, { scopes: ['chat:write'] }), 'users.list');
    expect(answer.body).toEqual({
      ok: false,
      error: 'missing_scope',
      needed: 'users:read',
      provided: 'chat:write',
    });
    expect(answer.headers).toMatchObject({
      'x-oauth-scopes': 'chat:write',
      'x-accepted-oauth-scopes': 'users:read',
    });
  });
});
