// What is special about MCP: clients find everything by themselves, one tool needs more, and a used token kills the family.

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import mcp from '../../mocks/services/mcp/index.ts';
import { noteIdOf } from '../../mocks/services/mcp/seed.ts';
import { bodyOf, ORIGIN, visit } from './visit.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const METADATA = `${ORIGIN}/.well-known/oauth-protected-resource/mcp`;
const MODERN = '2026-07-28';
const BACK = 'http://127.0.0.1:8000/back';
const VERIFIER = 'a-code-verifier-of-at-least-forty-three-characters';

const variant = (id: string) => mcp.variants[id]?.apply(mcp) ?? expect.unreachable();

interface Words {
  readonly token?: string | null;
  readonly headers?: Record<string, string>;
}

function visitServer(service = mcp, options: Parameters<typeof visit>[1] = {}) {
  const visited = visit(service, options);
  let id = 0;
  const post = (body: unknown, { token, headers = {} }: Words = {}) =>
    visited.call('/mcp', {
      method: 'POST',
      body,
      ...(token === undefined ? {} : { token }),
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...headers,
      },
    });
  const ask = (method: string, params: object = {}, words: Words = {}) =>
    post({ jsonrpc: '2.0', id: ++id, method, params }, words);
  const callTool = (name: string, args: object = {}, words: Words = {}) =>
    ask('tools/call', { name, arguments: args }, words);
  const modern = (method: string, params: object = {}, headers: Record<string, string> = {}) =>
    ask(
      method,
      { ...params, _meta: { 'io.modelcontextprotocol/protocolVersion': MODERN } },
      { headers: { 'mcp-protocol-version': MODERN, 'mcp-method': method, ...headers } },
    );
  return { ...visited, post, ask, callTool, modern };
}

const resultOf = (exchange: Parameters<typeof bodyOf>[0]) =>
  bodyOf(exchange).result as Record<string, unknown>;
const textOf = (exchange: Parameters<typeof bodyOf>[0]) => {
  const [content] = resultOf(exchange).content as { text: string }[];
  return content?.text ?? expect.unreachable();
};

describe('discovery', () => {
  test('the resource names its authorization server, at both well-known places', () => {
    const { call } = visitServer();
    for (const path of ['/mcp', '']) {
      const found = call(`/.well-known/oauth-protected-resource${path}`, { token: null });
      expect(bodyOf(found)).toMatchObject({
        resource: `${ORIGIN}/mcp`,
        authorization_servers: [ORIGIN],
        scopes_supported: ['notes:read', 'notes:write'],
      });
    }
  });

  test('the authorization server names its endpoints, and its issuer is itself', () => {
    const { call } = visitServer();
    const metadata = bodyOf(call('/.well-known/oauth-authorization-server', { token: null }));
    expect(metadata).toMatchObject({
      issuer: ORIGIN,
      token_endpoint: `${ORIGIN}${mcp.endpoints.token[0]}`,
      authorization_endpoint: `${ORIGIN}${mcp.endpoints.authorize[0]}`,
      revocation_endpoint: `${ORIGIN}${mcp.endpoints.revoke[0]}`,
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    });
    expect(metadata.scopes_supported).toContain('notes:delete');
  });

  test('who comes without a token learns where to get one, and no error', () => {
    const { ask } = visitServer();
    const { answer } = ask('tools/list', {}, { token: null });
    expect(answer).toMatchObject({ status: 401, body: '' });
    expect(answer.headers['www-authenticate']).toBe(
      `Bearer scope="notes:read notes:write", resource_metadata="${METADATA}"`,
    );
  });

  test('expired and revoked are both invalid_token, in other words', () => {
    const expired = visitServer();
    expired.advance(HOUR);
    const revoked = visitServer();
    revoked.act({ act: 'revoke' });
    const challenges = [expired, revoked].map(
      ({ ask }) => ask('tools/list').answer.headers['www-authenticate'],
    );
    expect(challenges[0]).toBe(
      `Bearer error="invalid_token", error_description="Token has expired", scope="notes:read notes:write", resource_metadata="${METADATA}"`,
    );
    expect(challenges[1]).toContain('error="invalid_token", error_description="The access token is invalid');
  });
});

describe('a client that nobody knew', () => {
  const registering = (metadata: object) => {
    const visited = visitServer();
    const registered = visited.call('/register', { method: 'POST', token: null, body: metadata });
    return { ...visited, registered };
  };

  test('registers, consents, exchanges the code for this resource, and calls', () => {
    const { registered, send, form, ask } = registering({
      redirect_uris: [BACK],
      token_endpoint_auth_method: 'none',
    });
    expect(registered.answer.status).toBe(201);
    const { client_id: clientId, client_secret: secret } = bodyOf(registered);
    expect(secret).toBeUndefined();
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: String(clientId),
      redirect_uri: BACK,
      state: 's',
      scope: 'notes:read',
      resource: `${ORIGIN}/mcp`,
      code_challenge_method: 'S256',
      code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    });
    const authorized = send('GET', `/authorize?${query}`, '', {});
    const back = new URL(authorized.answer.headers.location ?? '').searchParams;
    expect([back.get('iss'), back.get('state')]).toEqual([ORIGIN, 's']);
    const exchanged = form('/token', {
      grant_type: 'authorization_code',
      code: back.get('code') ?? '',
      redirect_uri: BACK,
      client_id: String(clientId),
      code_verifier: VERIFIER,
      resource: `${ORIGIN}/mcp`,
    });
    expect(bodyOf(exchanged)).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'notes:read' });
    const token = String(bodyOf(exchanged).access_token);
    expect(ask('tools/list', {}, { token }).answer.status).toBe(200);
  });

  test('needs no registration where its id is the URL of a document about it', () => {
    const { send, form, call } = visitServer();
    const metadata = bodyOf(call('/.well-known/oauth-authorization-server', { token: null }));
    expect(metadata).toMatchObject({ client_id_metadata_document_supported: true });
    const consent = (client_id: string) => {
      const query = new URLSearchParams({ response_type: 'code', client_id, redirect_uri: BACK });
      return send('GET', `/authorize?${query}`, '', {});
    };
    const client_id = 'https://app.example.com/oauth/client.json';
    const back = new URL(consent(client_id).answer.headers.location ?? '').searchParams;
    const code = { grant_type: 'authorization_code', code: back.get('code') ?? '', redirect_uri: BACK };
    const granted = form('/token', { ...code, client_id });
    expect(granted.truth).toBe('ok');
    const refresh_token = String(bodyOf(granted).refresh_token);
    expect(form('/token', { grant_type: 'refresh_token', refresh_token, client_id }).truth).toBe('ok');
    for (const id of ['http://app.example.com/client.json', 'https://app.example.com/', 'nobody']) {
      expect(consent(id).truth).toBe('unknown-client');
    }
  });

  test('gets a secret if it can keep one, and must show it', () => {
    const { registered, form } = registering({ redirect_uris: [BACK] });
    const { client_id, client_secret } = bodyOf(registered);
    const code = { grant_type: 'authorization_code', code: 'x', client_id: String(client_id) };
    expect(form('/token', code).answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(form('/token', { ...code, client_secret: String(client_secret) }).truth).toBe('unknown-code');
  });

  test.each([
    [{}, 'invalid_redirect_uri'],
    [{ redirect_uris: [] }, 'invalid_redirect_uri'],
    [{ redirect_uris: ['nowhere'] }, 'invalid_redirect_uri'],
    [{ redirect_uris: [BACK], token_endpoint_auth_method: 'tls' }, 'invalid_client_metadata'],
    ['no json', 'invalid_client_metadata'],
  ])('is not registered with %j', (metadata, error) => {
    const { registered } = registering(metadata as object);
    expect(registered.answer).toMatchObject({ status: 400, body: { error } });
  });

  test('two clients get two ids', () => {
    const { call } = visitServer();
    const register = () =>
      bodyOf(call('/register', { method: 'POST', token: null, body: { redirect_uris: [BACK] } })).client_id;
    expect(register()).not.toBe(register());
  });
});

describe('the resource parameter', () => {
  test.each(['https://elsewhere.example/mcp', `${ORIGIN}/other`, 'mcp', `${ORIGIN}/mcp#part`])(
    '%s is an invalid target',
    (resource) => {
      const { refresh, account, send } = visitServer();
      expect(refresh(undefined, { resource }).answer).toMatchObject({
        status: 400,
        body: { error: 'invalid_target' },
      });
      const query = { response_type: 'code', client_id: account.clientId, redirect_uri: BACK, resource };
      const authorized = send('GET', `/authorize?${new URLSearchParams(query)}`, '', {});
      const back = new URL(authorized.answer.headers.location ?? '').searchParams;
      expect([back.get('error'), back.get('code'), back.get('iss')]).toEqual([
        'invalid_target',
        null,
        ORIGIN,
      ]);
    },
  );

  test.each([`${ORIGIN}/mcp`, `${ORIGIN}/mcp/`, ORIGIN, `${ORIGIN.toUpperCase()}/mcp`])(
    '%s is this server',
    (resource) => {
      expect(visitServer().refresh(undefined, { resource }).truth).toBe('ok');
    },
  );
});

describe('refresh tokens', () => {
  test('the return of a used one revokes the family, access tokens included', () => {
    const { refresh, account, ask } = visitServer();
    const fresh = bodyOf(refresh());
    expect(refresh(account.refreshToken ?? '').truth).toBe('rotated');
    expect(refresh(String(fresh.refresh_token))).toMatchObject({
      truth: 'reused',
      answer: { status: 400, body: { error: 'invalid_grant' } },
    });
    const dead = ask('tools/list', {}, { token: String(fresh.access_token) });
    expect([dead.truth, dead.answer.status]).toEqual(['reused', 401]);
  });

  test('narrow, and never widen', () => {
    const { refresh } = visitServer();
    expect(bodyOf(refresh(undefined, { scope: 'notes:read' })).scope).toBe('notes:read');
    const wider = visitServer().refresh(undefined, { scope: 'notes:read notes:delete' });
    expect(wider.answer).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
  });

  test('last for fourteen days', () => {
    const { refresh, advance } = visitServer();
    advance(14 * DAY);
    expect(refresh().truth).toBe('capped');
  });

  test('may not exist, or only for who asks for offline access', () => {
    expect(visitServer(variant('without-refresh')).account.refreshToken).toBeNull();
    const { send, form, account } = visitServer(variant('offline-access'));
    const consent = (scope: string) => {
      const query = { response_type: 'code', client_id: account.clientId, redirect_uri: BACK, scope };
      const { answer } = send('GET', `/authorize?${new URLSearchParams(query)}`, '', {});
      const code = new URL(answer.headers.location ?? '').searchParams.get('code') ?? '';
      const fields = {
        grant_type: 'authorization_code',
        code,
        redirect_uri: BACK,
        client_id: account.clientId,
      };
      return bodyOf(form('/token', fields));
    };
    expect(consent('notes:read')).not.toHaveProperty('refresh_token');
    expect(consent('notes:read offline_access')).toHaveProperty('refresh_token');
  });

  test('may stay the same', () => {
    const { refresh, account } = visitServer(variant('without-rotation'));
    expect(bodyOf(refresh()).refresh_token).toBe(account.refreshToken);
    expect(refresh().truth).toBe('ok');
  });
});

describe('step-up', () => {
  test('one tool needs a scope that the challenge names, and with it the call goes through', () => {
    const id = noteIdOf('acme', 1);
    const plain = visitServer();
    const { truth, answer, writes } = plain.callTool('delete_note', { id });
    expect([truth, answer.status, writes]).toEqual(['scope-missing', 403, []]);
    expect(answer.headers['www-authenticate']).toBe(
      `Bearer error="insufficient_scope", error_description="This operation needs a further scope", scope="notes:delete", resource_metadata="${METADATA}"`,
    );
    expect(textOf(plain.callTool('list_notes'))).toContain(id);
    const wide = visitServer(mcp, { scopes: [...mcp.scopes, 'notes:delete'] });
    expect(wide.callTool('delete_note', { id }).writes).toEqual([
      { place: `notes/${id}`, cells: { deleted: 'true' } },
    ]);
    expect(textOf(wide.callTool('list_notes'))).not.toContain(id);
  });
});

describe('the protocol with a handshake', () => {
  test.each([
    ['2025-06-18', '2025-06-18'],
    ['2025-03-26', '2025-03-26'],
    ['2024-11-05', '2025-11-25'],
  ])('who offers %s is answered %s', (offered, agreed) => {
    const { ask, post } = visitServer();
    const params = { protocolVersion: offered, capabilities: {}, clientInfo: { name: 'c', version: '1' } };
    expect(resultOf(ask('initialize', params))).toMatchObject({
      protocolVersion: agreed,
      capabilities: { tools: {} },
      serverInfo: { name: 'notes' },
    });
    const noted = post({ jsonrpc: '2.0', method: 'notifications/initialized' });
    expect(noted.answer).toMatchObject({ status: 202, body: '' });
    expect(resultOf(ask('ping'))).toEqual({});
  });

  test('the tools say what they take', () => {
    const tools = resultOf(visitServer().ask('tools/list')).tools as { name: string; inputSchema: object }[];
    expect(tools.map(({ name }) => name)).toEqual(['list_notes', 'read_note', 'add_note', 'delete_note']);
    expect(tools[1]?.inputSchema).toMatchObject({ type: 'object', required: ['id'] });
  });

  test('notes are added and read; of a note that is not here the model hears in a result', () => {
    const visited = visitServer();
    visited.connect('globex-mcp', 'globex');
    const added = visited.callTool('add_note', { title: 'Fir', text: 'frame' });
    expect(added.writes).toEqual([{ place: 'notes', cells: { title: 'Fir', text: 'frame' } }]);
    const { id } = JSON.parse(textOf(added)) as { id: string };
    expect(JSON.parse(textOf(visited.callTool('read_note', { id })))).toEqual({
      id,
      title: 'Fir',
      text: 'frame',
    });
    for (const [absent, truth] of [
      ['note-0', 'not-found'],
      [noteIdOf('globex', 1), 'other-tenant'],
    ] as const) {
      const missed = visited.callTool('read_note', { id: absent });
      expect([missed.truth, missed.answer.status, resultOf(missed).isError]).toEqual([truth, 200, true]);
    }
  });

  test.each([
    ['no json', 400, -32700],
    [{ id: 1, method: 'ping' }, 400, -32600],
    [{ jsonrpc: '2.0', id: null, method: 'ping' }, 400, -32600],
    [{ jsonrpc: '2.0', id: 1 }, 400, -32600],
    [{ jsonrpc: '2.0', id: 1, method: 'ping', params: [] }, 400, -32600],
    [{ jsonrpc: '2.0', id: 1, method: 'resources/list' }, 200, -32601],
    [{ jsonrpc: '2.0', id: 1, method: 'server/discover' }, 200, -32601],
    [{ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'fly' } }, 200, -32602],
    [{ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'read_note' } }, 200, -32602],
    [
      {
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: 'list_notes', arguments: { all: 'x' } },
      },
      200,
      -32602,
    ],
  ])('%j is an error of JSON-RPC', (body, status, code) => {
    const { answer } = visitServer().post(body);
    expect([answer.status, (answer.body as { error: { code: number } }).error.code]).toEqual([status, code]);
  });

  test('the transport has its own rules', () => {
    const { ask, call, post } = visitServer();
    expect(ask('ping', {}, { headers: { accept: 'application/json' } }).answer.status).toBe(406);
    expect(ask('ping', {}, { headers: { 'content-type': 'text/plain' } }).answer.status).toBe(415);
    expect(ask('ping', {}, { headers: { 'mcp-protocol-version': '1999-01-01' } }).answer.status).toBe(400);
    expect(call('/mcp').answer).toMatchObject({ status: 405, headers: { allow: 'POST' } });
    expect(call('/mcp', { method: 'DELETE' }).answer.status).toBe(405);
    expect(post({ jsonrpc: '2.0', id: 1, result: {} }).answer.status).toBe(202);
  });
});

describe('the protocol without one', () => {
  test('discovers, lists and calls, each request for itself', () => {
    const { modern } = visitServer();
    expect(resultOf(modern('server/discover'))).toMatchObject({
      resultType: 'complete',
      supportedVersions: expect.arrayContaining([MODERN, '2025-11-25']),
      _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'notes' } },
    });
    expect(resultOf(modern('tools/list'))).toMatchObject({ resultType: 'complete', cacheScope: 'public' });
    const params = { name: 'list_notes', arguments: {} };
    const named = modern('tools/call', params, { 'mcp-name': 'list_notes' });
    expect(resultOf(named)).toMatchObject({ resultType: 'complete', isError: false });
    const encoded = `=?base64?${Buffer.from('list_notes').toString('base64')}?=`;
    expect(modern('tools/call', params, { 'mcp-name': encoded }).truth).toBe('ok');
  });

  test.each([
    ['initialize', {}, 404, -32601],
    ['ping', {}, 404, -32601],
    ['tools/list', { 'mcp-protocol-version': '2025-11-25' }, 400, -32020],
    ['tools/list', { 'mcp-method': 'ping' }, 400, -32020],
    ['tools/call', {}, 400, -32020],
    ['tools/call', { 'mcp-name': 'other' }, 400, -32020],
  ])('%s with %j is refused', (method, headers, status, code) => {
    const { answer } = visitServer().modern(method, { name: 'list_notes' }, headers);
    expect([answer.status, (answer.body as { error: { code: number } }).error.code]).toEqual([status, code]);
  });

  test('a version that is not spoken is told which are', () => {
    const { ask } = visitServer();
    const version = '1999-01-01';
    const { answer } = ask(
      'tools/list',
      { _meta: { 'io.modelcontextprotocol/protocolVersion': version } },
      { headers: { 'mcp-protocol-version': version, 'mcp-method': 'tools/list' } },
    );
    expect(answer).toMatchObject({
      status: 400,
      body: {
        error: {
          code: -32022,
          data: { requested: version, supported: [MODERN, '2025-11-25', '2025-06-18', '2025-03-26'] },
        },
      },
    });
  });
});

describe('servers that differ', () => {
  test("the SDK's calls a missing token invalid, and a bad client a bad request", () => {
    const { ask, form } = visitServer(variant('sdk-server'));
    const { answer } = ask('tools/list', {}, { token: null });
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
    expect(answer.headers['www-authenticate']).toMatch(
      /^Bearer error="invalid_token", error_description="Missing/,
    );
    expect(form('/token', { grant_type: 'refresh_token', client_id: 'x' }).answer.status).toBe(400);
  });

  test('a bare challenge names no metadata, which is still at its place', () => {
    const { ask, call, callTool } = visitServer(variant('bare-challenge'));
    expect(ask('ping', {}, { token: null }).answer.headers['www-authenticate']).toBe(
      'Bearer scope="notes:read notes:write"',
    );
    expect(callTool('delete_note', { id: 'x' }).answer.headers['www-authenticate']).not.toContain('metadata');
    expect(call('/.well-known/oauth-protected-resource/mcp', { token: null }).answer.status).toBe(200);
  });

  test('a stream of one event holds the same result, errors included', () => {
    const { ask, callTool } = visitServer(variant('event-stream'));
    for (const { answer } of [ask('tools/list'), callTool('read_note', { id: 'x' }), ask('resources/list')]) {
      expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/event-stream']);
      const event = /^event: message\ndata: (.+)\n\n$/.exec(String(answer.body))?.[1] ?? '';
      expect(JSON.parse(event)).toMatchObject({ jsonrpc: '2.0' });
    }
    expect(ask('ping', {}, { token: null }).answer.status).toBe(401);
  });
});
