// What is special about Anthropic: a public client, a beta header, the 403 of a revoked token, messages and batches.

import { describe, expect, test } from 'vitest';
import { OAUTH_BETA } from '../../mocks/services/anthropic/guard.ts';
import anthropic from '../../mocks/services/anthropic/index.ts';
import { batchIdOf } from '../../mocks/services/anthropic/seed.ts';
import { withPolicy } from '../../mocks/variant.ts';
import { bodyOf, START_MS, visit } from './visit.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MODEL = 'claude-haiku-4-5-20251001';
const HEADERS = { 'anthropic-version': '2023-06-01', 'anthropic-beta': OAUTH_BETA };

type Visited = ReturnType<typeof visit>;
const variant = (id: string) => visit(anthropic.variants[id]?.apply(anthropic) ?? anthropic);

const call = (visited: Visited, path: string, body?: object, headers: Record<string, string> = HEADERS) =>
  visited.call(path, { headers, ...(body === undefined ? {} : { method: 'POST', body }) });

const refresh = (visited: Visited, refreshToken = visited.account.refreshToken ?? '') =>
  visited.send(
    'POST',
    '/v1/oauth/token',
    JSON.stringify({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: visited.account.clientId,
    }),
    { 'content-type': 'application/json', 'anthropic-beta': OAUTH_BETA },
  );

const errorOf = (exchange: ReturnType<typeof call>) =>
  bodyOf(exchange).error as { type: string; message: string };
const message = (content: string, more: object = {}) => ({
  model: MODEL,
  max_tokens: 100,
  messages: [{ role: 'user', content }],
  ...more,
});

describe('tokens', () => {
  test('a public client refreshes by JSON and its id alone, and the refresh token is replaced', () => {
    const visited = visit(anthropic);
    expect(visited.account).toMatchObject({
      clientSecret: null,
      tokenRequest: { encoding: 'json', clientAuth: 'none' },
    });
    const answer = bodyOf(refresh(visited));
    expect(answer).toMatchObject({
      token_type: 'Bearer',
      expires_in: 28_800,
      refresh_token_expires_in: 30 * 86_400,
      scope: 'user:inference user:profile',
    });
    expect(answer.access_token).toMatch(/^sk-ant-oat01-/);
    expect(answer.refresh_token).toMatch(/^sk-ant-ort01-/);
    expect(answer.refresh_token).not.toBe(visited.account.refreshToken);
    const loser = refresh(visited);
    expect(loser.answer.status).toBe(400);
    expect(bodyOf(loser)).toEqual({
      error: 'invalid_grant',
      error_description: 'Refresh token not found or invalid',
    });
    expect(refresh(visited, String(answer.refresh_token)).truth).toBe('ok');
  });

  test('rotating the secret of a client that has none changes nothing', () => {
    const visited = visit(anthropic);
    visited.act({ act: 'rotate-client-secret' });
    expect(refresh(visited).truth).toBe('ok');
  });

  test('each refresh token lives thirty days of its own', () => {
    const visited = visit(anthropic);
    visited.advance(30 * DAY - 1);
    const next = String(bodyOf(refresh(visited)).refresh_token);
    visited.advance(30 * DAY - 1);
    expect(refresh(visited, next).truth).toBe('ok');
    const other = visit(anthropic);
    other.advance(30 * DAY);
    expect(refresh(other).truth).toBe('capped');
  });

  test('expired is 401, ended early is 401 in other words, revoked is 403', () => {
    const said = (exchange: ReturnType<typeof call>) => [exchange.answer.status, errorOf(exchange).message];
    const expired = visit(anthropic);
    expired.advance(8 * HOUR - 1);
    expect(call(expired, '/v1/models').truth).toBe('ok');
    expired.advance(1);
    expect(said(call(expired, '/v1/models'))).toEqual([
      401,
      'OAuth token has expired. Please obtain a new token or refresh your existing token.',
    ]);
    const early = visit(anthropic);
    early.act({ act: 'end-sessions' });
    expect(said(call(early, '/v1/models'))).toEqual([401, 'Invalid authentication credentials']);
    expect(refresh(early).truth).toBe('ok');
    const revoked = visit(anthropic);
    revoked.act({ act: 'revoke' });
    expect(said(call(revoked, '/v1/models'))).toEqual([
      403,
      'OAuth token has been revoked. Please obtain a new token.',
    ]);
    expect(refresh(revoked).truth).toBe('revoked-by-user');
  });

  test('under loser-404 a spent refresh token is 404, any other dead one still 400', () => {
    const visited = variant('loser-404');
    expect(refresh(visited).truth).toBe('ok');
    expect(refresh(visited).answer.status).toBe(404);
    expect(refresh(visited, 'never-minted').answer.status).toBe(400);
  });

  test('under refresh-ends-access a refresh pushes out the session that still works', () => {
    const visited = variant('refresh-ends-access');
    expect(call(visited, '/v1/models').truth).toBe('ok');
    const fresh = String(bodyOf(refresh(visited)).access_token);
    expect(call(visited, '/v1/models').truth).toBe('superseded');
    expect(visited.call('/v1/models', { headers: HEADERS, token: fresh }).truth).toBe('ok');
  });

  test('under single-login a second login ends the refresh token of the first', () => {
    const [plain, single] = [visit(anthropic), variant('single-login')];
    for (const visited of [plain, single]) {
      const { authority } = visited.provider;
      const { id, tenant, clientId, scopes } = visited.account;
      authority.consent({ account: { id, tenant }, clientId, scopes, offline: true, atMs: START_MS });
    }
    expect(refresh(plain).truth).toBe('ok');
    expect(refresh(single).truth).toBe('evicted');
  });
});

describe('calls', () => {
  test('a token without the beta, and a beta without the version, are refused', () => {
    const visited = visit(anthropic);
    const version = { 'anthropic-version': '2023-06-01' };
    const noBeta = call(visited, '/v1/models', undefined, version);
    expect([noBeta.answer.status, errorOf(noBeta).message]).toEqual([
      401,
      'OAuth authentication is currently not supported.',
    ]);
    const noVersion = call(visited, '/v1/models', undefined, { 'anthropic-beta': OAUTH_BETA });
    expect([noVersion.truth, noVersion.answer.status]).toEqual(['bad-request', 400]);
    const many = { ...version, 'anthropic-beta': `files-api-2025-04-14, ${OAUTH_BETA}` };
    expect(call(visited, '/v1/models', undefined, many).truth).toBe('ok');
  });

  test('a wrong key is told apart from no key at all', () => {
    const visited = visit(anthropic);
    const told = (headers: Record<string, string>) =>
      errorOf(visited.call('/v1/models', { token: null, headers })).message;
    expect(told({ ...HEADERS, 'x-api-key': 'sk-ant-api03-mine' })).toBe('invalid x-api-key');
    expect(told(HEADERS)).toBe('x-api-key header is required');
  });

  test('every answer has a request id of its own, and a refusal repeats it in its body', () => {
    const visited = visit(anthropic);
    const [first, second] = [call(visited, '/v1/models/none'), call(visited, '/v1/models')];
    expect(first.answer.headers['request-id']).toMatch(/^req_01\w{22}$/);
    expect(bodyOf(first).request_id).toBe(first.answer.headers['request-id']);
    expect(second.answer.headers['request-id']).not.toBe(first.answer.headers['request-id']);
  });

  test('the model says the last words again, as far as max_tokens allows', () => {
    const visited = visit(anthropic);
    expect(bodyOf(call(visited, '/v1/messages', message('one two  three')))).toMatchObject({
      type: 'message',
      role: 'assistant',
      model: MODEL,
      content: [{ type: 'text', text: 'one two three' }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 3, output_tokens: 3 },
    });
    expect(bodyOf(call(visited, '/v1/messages', message('one two three', { max_tokens: 2 })))).toMatchObject({
      content: [{ text: 'one two' }],
      stop_reason: 'max_tokens',
    });
    const blocks = message('', {
      system: 'be brief',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'a b' }] }],
    });
    expect(bodyOf(call(visited, '/v1/messages/count_tokens', blocks))).toEqual({ input_tokens: 4 });
  });

  test('a stream holds the same words, event by event', () => {
    const { answer } = call(visit(anthropic), '/v1/messages', message('one two', { stream: true }));
    expect(answer.headers['content-type']).toContain('text/event-stream');
    const events = String(answer.body)
      .split('\n\n')
      .filter((part) => part !== '')
      .map(
        (part) => JSON.parse(part.split('\ndata: ')[1] ?? '') as { type: string; delta?: { text?: string } },
      );
    expect(events.map(({ type }) => type)).toEqual([
      'message_start',
      'content_block_start',
      'content_block_delta',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
    expect(events.map(({ delta }) => delta?.text ?? '').join('')).toBe('one two');
  });

  test.each([
    [{ max_tokens: 1, messages: [] }, 'model: Field required'],
    [{ model: MODEL, messages: [] }, 'max_tokens: Field required'],
    [{ model: MODEL, max_tokens: 0, messages: [] }, 'max_tokens'],
    [{ model: MODEL, max_tokens: 1 }, 'messages: Field required'],
    [{ model: MODEL, max_tokens: 1, messages: [] }, 'at least one message'],
    [{ model: MODEL, max_tokens: 1, messages: [{ role: 'tool', content: 'x' }] }, 'messages.0.role'],
    [message(''), 'non-empty'],
  ])('a message that lacks something is refused (%#)', (body, named) => {
    const exchange = call(visit(anthropic), '/v1/messages', body);
    expect(exchange.answer.status).toBe(400);
    expect(errorOf(exchange)).toEqual({
      type: 'invalid_request_error',
      message: expect.stringContaining(named),
    });
  });

  test('beyond fifty calls a minute the organization must wait', () => {
    const visited = visit(anthropic);
    const colleague = visited.connect('another', 'acme').accessToken;
    for (let n = 1; n <= 50; n++) {
      const { answer } = call(visited, '/v1/models');
      expect([answer.status, answer.headers['anthropic-ratelimit-requests-remaining']]).toEqual([
        200,
        String(50 - n),
      ]);
    }
    visited.advance(20_000);
    const refused = visited.call('/v1/models', { headers: HEADERS, token: colleague });
    expect(refused.answer).toMatchObject({ status: 429, headers: { 'retry-after': '40' } });
    expect(errorOf(refused).type).toBe('rate_limit_error');
    visited.advance(40_000);
    expect(call(visited, '/v1/models').answer.status).toBe(200);
  });

  test('an unknown model is not found', () => {
    const exchange = call(visit(anthropic), '/v1/messages', message('hi', { model: 'claude-0' }));
    expect([exchange.answer.status, errorOf(exchange).message]).toEqual([404, 'model: claude-0']);
  });

  test('a missing scope is a permission error that names it', () => {
    const exchange = call(visit(anthropic), '/api/oauth/claude_cli/create_api_key', {});
    expect(exchange.answer.status).toBe(403);
    expect(errorOf(exchange)).toEqual({
      type: 'permission_error',
      message: 'OAuth token does not meet scope requirement org:create_api_key',
    });
    const allowed = visit(anthropic, { scopes: ['org:create_api_key'] });
    expect(bodyOf(call(allowed, '/api/oauth/claude_cli/create_api_key', {})).raw_key).toMatch(
      /^sk-ant-api03-/,
    );
  });
});

describe('batches', () => {
  const requests = ['a', 'b'].map((id) => ({ custom_id: id, params: message(`say ${id}`) }));

  test('a batch takes ten minutes, and then its results are there, line by line', () => {
    const visited = visit(anthropic);
    const created = call(visited, '/v1/messages/batches', { requests });
    const { id } = bodyOf(created);
    expect(bodyOf(created)).toMatchObject({
      processing_status: 'in_progress',
      request_counts: { processing: 2, succeeded: 0 },
      created_at: new Date(START_MS).toISOString(),
      results_url: null,
    });
    expect(created.writes.map(({ place, cells }) => [place, cells.custom_id])).toEqual([
      ['batches', 'a'],
      ['batches', 'b'],
    ]);
    const path = `/v1/messages/batches/${id}`;
    visited.advance(10 * MINUTE - 1);
    expect(bodyOf(call(visited, path)).processing_status).toBe('in_progress');
    expect(call(visited, `${path}/results`).truth).toBe('bad-request');
    visited.advance(1);
    expect(bodyOf(call(visited, path))).toMatchObject({
      processing_status: 'ended',
      request_counts: { processing: 0, succeeded: 2 },
      results_url: expect.stringContaining(`${path}/results`),
    });
    const lines = String(call(visited, `${path}/results`).answer.body)
      .trim()
      .split('\n');
    const texts = lines.map((line) => JSON.parse(line).result.message.content[0].text);
    expect(texts).toEqual(['say a', 'say b']);
    const listed = bodyOf(call(visited, '/v1/messages/batches')).data as { id: string }[];
    expect(listed.map((batch) => batch.id)).toEqual([id, batchIdOf('acme')]);
  });

  test('a batch of another organisation is not there', () => {
    const visited = visit(anthropic);
    visited.connect('globex-anthropic', 'globex');
    const theirs = call(visited, `/v1/messages/batches/${batchIdOf('globex')}`);
    expect([theirs.truth, theirs.answer.status]).toEqual(['other-tenant', 404]);
  });

  test('a batch with a request that is not in order is refused, and nothing is written', () => {
    const visited = visit(anthropic);
    const wrong = [...requests, { custom_id: 'c', params: { model: MODEL } }];
    const refused = call(visited, '/v1/messages/batches', { requests: wrong });
    expect(errorOf(refused).message).toBe('requests.2.params.max_tokens: Field required');
    expect(refused.writes).toEqual([]);
  });
});

describe('an API key', () => {
  const VERSION = { 'anthropic-version': '2023-06-01' };
  const withKey = (visited: Visited, key = visited.account.accessToken) =>
    visited.call('/v1/models', { token: null, headers: { ...VERSION, 'x-api-key': key } });

  test('goes in a header of its own, needs no beta, and has no end', () => {
    const visited = variant('api-key');
    expect(visited.account).toMatchObject({
      authorization: 'X-Api-Key: {token}',
      refreshToken: null,
      expiresAt: null,
    });
    expect(visited.account.accessToken).toMatch(/^sk-ant-api03-/);
    visited.advance(400 * DAY);
    expect(withKey(visited).answer.status).toBe(200);
  });

  test('that was deleted is refused like one that nobody made', () => {
    const visited = variant('api-key');
    visited.act({ act: 'revoke' });
    expect(errorOf(withKey(visited))).toEqual({ type: 'authentication_error', message: 'invalid x-api-key' });
    expect(errorOf(withKey(visited, 'sk-ant-api03-no'))).toEqual(errorOf(withKey(visited)));
    expect(withKey(visited).truth).toBe('revoked-by-user');
  });

  test('that was given an end is refused like any other dead one', () => {
    const service = anthropic.variants['api-key']?.apply(anthropic) ?? expect.unreachable();
    const visited = visit(withPolicy(service, { access: { kind: 'fixed', ttlMs: DAY } }));
    visited.advance(DAY);
    expect(withKey(visited).truth).toBe('expired');
    expect(errorOf(withKey(visited)).message).toBe('invalid x-api-key');
  });

  test('is no bearer token', () => {
    const visited = variant('api-key');
    const asBearer = visited.call('/v1/models', { headers: VERSION });
    expect(errorOf(asBearer).message).toBe('x-api-key header is required');
  });
});
