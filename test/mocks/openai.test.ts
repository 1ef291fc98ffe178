// What is special about OpenAI: keys without an end, what a refusal shows of them, and headers that must match.

import { describe, expect, test } from 'vitest';
import { signJwt } from '../../mocks/jwt.ts';
import openai from '../../mocks/services/openai/index.ts';
import { organizationIdOf, projectIdOf, vectorStoreIdOf } from '../../mocks/services/openai/organization.ts';
import { withPolicy } from '../../mocks/variant.ts';
import { bodyOf, START_MS, visit } from './visit.ts';

const YEAR = 365 * 86_400_000;
const MODEL = 'gpt-4.1-mini';

type Visited = ReturnType<typeof visit>;
const post = (visited: Visited, path: string, body: object) => visited.call(path, { method: 'POST', body });
const errorOf = (exchange: ReturnType<Visited['call']>) =>
  bodyOf(exchange).error as { message: string; type: string; code: string | null };

describe('keys', () => {
  test('a key has no end, no refresh token, and outlives a password', () => {
    const visited = visit(openai);
    expect(visited.account).toMatchObject({ refreshToken: null, expiresAt: null, authorizeUrl: null });
    visited.act({ act: 'change-password' });
    visited.advance(20 * YEAR);
    expect(visited.call('/v1/models').answer.status).toBe(200);
  });

  test('a key that a config gives an end is refused like a deleted one', () => {
    const visited = visit(withPolicy(openai, { access: { kind: 'fixed', ttlMs: 60_000 } }));
    visited.advance(60_000);
    const exchange = visited.call('/v1/models');
    expect([exchange.truth, errorOf(exchange).code]).toEqual(['expired', 'invalid_api_key']);
  });

  test('a dead key is shown by its ends only, and never a piece that would give it away', () => {
    const visited = visit(openai);
    visited.act({ act: 'revoke' });
    const { accessToken } = visited.account;
    const exchange = visited.call('/v1/models');
    expect([exchange.answer.status, errorOf(exchange).code]).toEqual([401, 'invalid_api_key']);
    const shown = /provided: (\S+)\. /.exec(errorOf(exchange).message)?.[1] ?? '';
    expect(shown).toMatch(/^sk-proj-\*{100,}\w{4}$/);
    expect(shown).toHaveLength(accessToken.length);
    expect(shown.slice(-4)).toBe(accessToken.slice(-4));
    expect(errorOf(visited.call('/v1/models', { token: 'short-key' })).message).toContain(
      'provided: *********.',
    );
  });

  test('four causes of 401 have four wordings', () => {
    const told = (act: 'revoke' | 'offboard' | 'restrict-ip') => {
      const visited = visit(openai);
      visited.act({ act });
      const exchange = visited.call('/v1/models');
      return [exchange.answer.status, errorOf(exchange).message] as const;
    };
    const nobody = visit(openai).call('/v1/models', { token: null });
    const all = [
      told('revoke'),
      told('offboard'),
      told('restrict-ip'),
      [nobody.answer.status, errorOf(nobody).message],
    ];
    expect(all.map(([status]) => status)).toEqual([401, 401, 401, 401]);
    expect(new Set(all.map(([, message]) => message)).size).toBe(4);
  });

  test('a key works for its own organization and project only', () => {
    const visited = visit(openai);
    const named = (headers: Record<string, string>) => visited.call('/v1/models', { headers });
    const own = {
      'openai-organization': organizationIdOf('acme'),
      'openai-project': projectIdOf('acme'),
    };
    expect(named(own).truth).toBe('ok');
    const organization = named({ ...own, 'openai-organization': organizationIdOf('globex') });
    expect([organization.answer.status, errorOf(organization).code]).toEqual([
      401,
      'mismatched_organization',
    ]);
    const project = named({ ...own, 'openai-project': projectIdOf('globex') });
    expect(errorOf(project).code).toBe('mismatched_project');
  });

  test('a missing scope is 403 and named; under scope-401 the status is the older one', () => {
    const refused = visit(openai).call('/v1/organization/projects');
    expect(refused.answer.status).toBe(403);
    expect(errorOf(refused).message).toContain('Missing scopes: api.management.read.');
    const older = visit(openai.variants['scope-401']?.apply(openai) ?? openai).call(
      '/v1/organization/projects',
    );
    expect(older.answer.status).toBe(401);
    expect(errorOf(older)).toEqual(errorOf(refused));
    const admin = visit(openai, { scopes: ['api.management.read'] });
    expect(bodyOf(admin.call('/v1/organization/projects')).data).toHaveLength(1);
  });

  test('the headers count requests down and tell when the minute is over', () => {
    const visited = visit(openai);
    const headers = () => visited.call('/v1/models').answer.headers;
    expect(headers()).toMatchObject({
      'x-ratelimit-remaining-requests': '499',
      'x-ratelimit-reset-requests': '1m0s',
    });
    visited.advance(500);
    expect(headers()).toMatchObject({
      'x-ratelimit-remaining-requests': '498',
      'x-ratelimit-reset-requests': '59.5s',
    });
    visited.advance(59_400);
    expect(headers()['x-ratelimit-reset-requests']).toBe('100ms');
    visited.advance(100);
    expect(headers()['x-ratelimit-remaining-requests']).toBe('499');
  });

  test('beyond the limit a call is told how long to wait, and is let in after that', () => {
    const visited = visit(withPolicy(openai, { callsPerWindow: 2 }));
    const calls = [1, 2, 3].map(() => visited.call('/v1/models'));
    expect(calls.map(({ answer }) => answer.status)).toEqual([200, 200, 429]);
    visited.advance(59_500);
    const refused = visited.call('/v1/models');
    expect(errorOf(refused)).toMatchObject({ type: 'requests', code: 'rate_limit_exceeded' });
    expect(errorOf(refused).message).toMatch(/^Rate limit reached on .*try again in 500ms/);
    const chat = visited.call('/v1/chat/completions', { method: 'POST', body: { model: 'gpt-4.1' } });
    expect(errorOf(chat).message).toMatch(/^Rate limit reached for gpt-4\.1 on /);
    expect(refused.answer.headers).toMatchObject({
      'retry-after': '1',
      'retry-after-ms': '500',
      'x-ratelimit-limit-requests': '2',
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '500ms',
    });
    visited.advance(500);
    expect(visited.call('/v1/models').answer.status).toBe(200);
  });
});

describe('models', () => {
  test('a chat says the last words again, as far as its limit allows', () => {
    const visited = visit(openai);
    const messages = [
      { role: 'system', content: 'be brief' },
      { role: 'user', content: [{ type: 'text', text: 'one two three' }] },
    ];
    const answer = bodyOf(post(visited, '/v1/chat/completions', { model: MODEL, messages }));
    expect(answer).toMatchObject({
      object: 'chat.completion',
      created: START_MS / 1000,
      choices: [{ message: { role: 'assistant', content: 'one two three' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 },
    });
    const cut = bodyOf(post(visited, '/v1/chat/completions', { model: MODEL, messages, max_tokens: 1 }));
    expect(cut).toMatchObject({ choices: [{ message: { content: 'one' }, finish_reason: 'length' }] });
  });

  test('a response takes a text or a list, and says when it was cut', () => {
    const visited = visit(openai);
    const whole = bodyOf(post(visited, '/v1/responses', { model: MODEL, input: 'one two' }));
    expect(whole).toMatchObject({
      status: 'completed',
      output: [{ type: 'message', content: [{ type: 'output_text', text: 'one two' }] }],
    });
    const input = [{ role: 'user', content: [{ type: 'input_text', text: 'one two' }] }];
    const cut = bodyOf(post(visited, '/v1/responses', { model: MODEL, input, max_output_tokens: 1 }));
    expect(cut).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } });
  });

  test.each([
    [{}, 'model parameter'],
    [{ model: MODEL }, "Missing required parameter: 'messages'."],
    ['not json', 'could not parse'],
  ] as const)('a request that lacks something is refused (%#)', (body, named) => {
    const exchange = visit(openai).call('/v1/chat/completions', { method: 'POST', body });
    expect(exchange.answer.status).toBe(400);
    expect(errorOf(exchange).message).toContain(named);
  });

  test('an unknown model is not found, by read and by use; a stream is beyond the mock', () => {
    const visited = visit(openai);
    const used = post(visited, '/v1/chat/completions', { model: 'gpt-0', messages: [] });
    expect([used.answer.status, errorOf(used).code]).toEqual([404, 'model_not_found']);
    expect(errorOf(visited.call('/v1/models/gpt-0')).code).toBe('model_not_found');
    expect(post(visited, '/v1/responses', { model: MODEL, input: 'x', stream: true }).truth).toBe(
      'unmodelled',
    );
  });
});

describe('workload identity', () => {
  const MINUTE = 60_000;
  const workload = () => visit(openai.variants['workload-identity']?.apply(openai) ?? openai);
  const exchange = (visited: Visited, changes: Record<string, unknown> = {}, claims: object = {}) => {
    const now = visited.clock.nowMs / 1000;
    const { clientId, clientSecret, installation } = visited.account;
    const subjectToken = signJwt({ iss: clientId, iat: now, exp: now + 300, ...claims }, clientSecret ?? '');
    const body = {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: subjectToken,
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      identity_provider_id: 'idp_1',
      service_account_id: installation,
      ...changes,
    };
    const type = { 'content-type': 'application/json' };
    return visited.send('POST', '/oauth/token', JSON.stringify(body), type);
  };

  test('a signed token is exchanged for one of an hour, and is recorded as a token request of its account', () => {
    const visited = workload();
    expect(visited.account.tokenUrl).toMatch(/\/oauth\/token$/);
    visited.advance(30 * MINUTE);
    const exchanged = exchange(visited);
    expect(exchanged).toMatchObject({ endpoint: 'token', account: visited.account.id, truth: 'ok' });
    expect(bodyOf(exchanged)).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    expect(bodyOf(exchanged)).not.toHaveProperty('refresh_token');
    const token = String(bodyOf(exchanged).access_token);
    visited.advance(30 * MINUTE);
    const first = visited.call('/v1/models');
    expect([first.truth, errorOf(first).code]).toEqual(['expired', 'token_expired']);
    visited.advance(30 * MINUTE - 1);
    expect(visited.call('/v1/models', { token }).truth).toBe('ok');
    visited.advance(1);
    expect(visited.call('/v1/models', { token }).truth).toBe('expired');
  });

  test.each([
    ['a field is missing', { identity_provider_id: undefined }, {}, 400, 'missing-parameter'],
    ['the grant type is another', { grant_type: 'refresh_token' }, {}, 400, 'unsupported-grant-type'],
    ['the subject token is none', { subject_token: 'no.jwt' }, {}, 401, 'unknown-token'],
    ['nobody knows the issuer', {}, { iss: 'another' }, 401, 'unknown-client'],
    ['the subject token is over', {}, { exp: START_MS / 1000 }, 401, 'assertion-expired'],
    ['the subject token is from the future', {}, { iat: START_MS / 1000 + 1 }, 401, 'assertion-from-future'],
    ['nobody knows the service account', { service_account_id: 'user-none' }, {}, 403, 'not-found'],
  ] as const)('is refused when %s', (_when, changes, claims, status, truth) => {
    const refused = exchange(workload(), changes, claims);
    expect([refused.answer.status, refused.truth]).toEqual([status, truth]);
    expect(bodyOf(refused).error).toEqual(expect.any(String));
  });

  test('a key that was rotated signs nothing any more, and a revoked grant gives no token', () => {
    const rotated = workload();
    rotated.act({ act: 'rotate-client-secret' });
    expect(exchange(rotated).truth).toBe('wrong-secret');
    const revoked = workload();
    revoked.act({ act: 'revoke' });
    expect([exchange(revoked).answer.status, exchange(revoked).truth]).toEqual([403, 'revoked-by-user']);
  });
});

describe('vector stores', () => {
  test('are created, read, listed and deleted, and the writes are what the caller supplied', () => {
    const visited = visit(openai);
    const created = post(visited, '/v1/vector_stores', { name: 'night', metadata: { run: '7' } });
    const { id } = bodyOf(created);
    expect(created.writes).toEqual([
      { place: 'vector_stores', cells: { name: 'night', metadata: '{"run":"7"}' } },
    ]);
    expect(bodyOf(visited.call(`/v1/vector_stores/${id}`))).toMatchObject({
      name: 'night',
      metadata: { run: '7' },
    });
    const listed = bodyOf(visited.call('/v1/vector_stores')).data as { id: string }[];
    expect(listed.map((store) => store.id)).toEqual([id, vectorStoreIdOf('acme')]);
    const deleted = visited.call(`/v1/vector_stores/${id}`, { method: 'DELETE' });
    expect(deleted.writes).toEqual([{ place: `vector_stores/${id}`, cells: { deleted: 'true' } }]);
    expect(visited.call(`/v1/vector_stores/${id}`).truth).toBe('not-found');
  });

  test('what another organization keeps is not found', () => {
    const visited = visit(openai);
    visited.connect('globex-openai', 'globex');
    const path = `/v1/vector_stores/${vectorStoreIdOf('globex')}`;
    expect(visited.call(path).truth).toBe('other-tenant');
    expect(visited.call(path, { method: 'DELETE' }).truth).toBe('other-tenant');
    expect(visited.call(path).answer.status).toBe(404);
  });
});
