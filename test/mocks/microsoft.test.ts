// What is special about Entra and Graph: old refresh tokens stay valid, AADSTS codes, resources, tenants, challenges.

import { describe, expect, test } from 'vitest';
import { readJwt } from '../../mocks/jwt.ts';
import { neverExpiring } from '../../mocks/policy.ts';
import { timeSpan } from '../../mocks/services/microsoft/answers.ts';
import { tenantIdOf, userIdOf } from '../../mocks/services/microsoft/ids.ts';
import microsoft from '../../mocks/services/microsoft/index.ts';
import { bodyOf, ORIGIN, START_MS, visit } from './visit.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ME = '/v1.0/me';
const VAULT = 'https://vault.azure.net';
const CP1 = JSON.stringify({ access_token: { xms_cc: { values: ['cp1'] } } });

const variant = (id: string) => microsoft.variants[id]?.apply(microsoft) ?? expect.unreachable();
/** Signs in once more, which gives another grant, and returns its refresh token. */
function signIn({ send, form, client, account }: ReturnType<typeof visit>): string {
  const redirect_uri = 'http://127.0.0.1:8000/back';
  const asked = { response_type: 'code', client_id: account.clientId, redirect_uri, login_hint: account.id };
  const consented = send('GET', `/common/oauth2/v2.0/authorize?${new URLSearchParams(asked)}`, '', {});
  const code = new URL(consented.answer.headers.location ?? '').searchParams.get('code') ?? '';
  const fields = { grant_type: 'authorization_code', code, redirect_uri, ...client };
  return String(bodyOf(form('/common/oauth2/v2.0/token', fields)).refresh_token);
}

const codeOf = (exchange: Parameters<typeof bodyOf>[0]) => (bodyOf(exchange).error_codes as number[])[0];

describe('refresh tokens', () => {
  test('every use brings a new one, and the old ones stay valid', () => {
    const { refresh, account, call } = visit(microsoft);
    const [first, second] = [bodyOf(refresh()), bodyOf(refresh())];
    expect(first.refresh_token).not.toBe(account.refreshToken);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(refresh(String(first.refresh_token)).truth).toBe('ok');
    for (const { access_token } of [first, second]) {
      expect(call(ME, { token: String(access_token) }).answer.status).toBe(200);
    }
    expect(call(ME).answer.status).toBe(200);
  });

  test('die after ninety days without use, and say when they were issued', () => {
    const { refresh, advance } = visit(microsoft);
    advance(90 * DAY - 1);
    const fresh = String(bodyOf(refresh()).refresh_token);
    advance(90 * DAY);
    const dead = refresh(fresh);
    expect(dead).toMatchObject({
      truth: 'idle',
      answer: {
        status: 400,
        body: {
          error: 'invalid_grant',
          error_codes: [700_082],
          suberror: 'bad_token',
          error_uri: 'https://login.microsoftonline.com/error?code=700082',
          timestamp: '2026-08-29 21:59:59Z',
        },
      },
    });
    expect(bodyOf(dead).error_description).toMatch(
      /^AADSTS700082: .* issued on 2026-05-31T21:59:59\.9990000Z and was inactive for 90\.00:00:00\.\r\nTrace ID: [\w-]{36}\r\nCorrelation ID: [\w-]{36}\r\nTimestamp: 2026-08-29 21:59:59Z$/,
    );
  });

  test('of a single page app all end a day after the sign-in', () => {
    const { refresh, advance, account } = visit(variant('spa'));
    expect(account.clientSecret).toBeNull();
    advance(DAY - 1);
    const fresh = String(bodyOf(refresh()).refresh_token);
    advance(1);
    expect(codeOf(refresh(fresh))).toBe(700_084);
  });

  test('outlive a new password with a confidential client only', () => {
    const [web, spa] = [visit(microsoft), visit(variant('spa'))];
    for (const visited of [web, spa]) visited.act({ act: 'change-password' });
    expect(web.refresh().truth).toBe('ok');
    const refused = spa.refresh();
    expect([refused.truth, codeOf(refused)]).toEqual(['password-changed', 50_173]);
  });

  test('are not told without offline_access, nor identity tokens without openid', () => {
    const { send, form, account, client } = visit(microsoft);
    const connect = (scope: string) => {
      const redirect_uri = 'http://127.0.0.1:8000/back';
      const asked = { response_type: 'code', client_id: account.clientId, redirect_uri, scope };
      const consented = send('GET', `/common/oauth2/v2.0/authorize?${new URLSearchParams(asked)}`, '', {});
      const code = new URL(consented.answer.headers.location ?? '').searchParams.get('code') ?? '';
      const fields = { grant_type: 'authorization_code', code, redirect_uri, client_info: '1', ...client };
      return bodyOf(form('/common/oauth2/v2.0/token', fields));
    };
    expect(connect('User.Read')).not.toHaveProperty('refresh_token');
    const full = connect('User.Read openid profile offline_access');
    expect(full.scope).toBe('User.Read openid profile');
    expect(readJwt(String(full.id_token))).toMatchObject({
      aud: account.clientId,
      iss: `${ORIGIN}/${tenantIdOf('acme')}/v2.0`,
      oid: userIdOf(account.id),
      exp: START_MS / 1000 + Number(full.expires_in),
    });
    const clientInfo = Buffer.from(String(full.client_info), 'base64url').toString();
    expect(JSON.parse(clientInfo)).toEqual({ uid: userIdOf(account.id), utid: tenantIdOf('acme') });
  });

  test('with rotation as it is widely expected, the old one is dead at once', () => {
    const { refresh } = visit(variant('rotating'));
    expect(refresh().truth).toBe('ok');
    const again = refresh();
    expect([again.truth, codeOf(again)]).toEqual(['rotated', 50_173]);
  });
});

describe('access tokens', () => {
  test('live for 60 to 90 minutes, each by its own lot', () => {
    const { refresh } = visit(microsoft);
    const lifetimes = Array.from({ length: 15 }, () => {
      const { refresh_token: _, ...answer } = bodyOf(refresh());
      expect(answer.ext_expires_in).toBe(answer.expires_in);
      return Number(answer.expires_in);
    });
    expect(new Set(lifetimes).size).toBeGreaterThan(5);
    expect(Math.min(...lifetimes)).toBeGreaterThanOrEqual(3600);
    expect(Math.max(...lifetimes)).toBeLessThanOrEqual(5400);
  });

  test('are honoured to their end, whatever becomes of the grant', () => {
    const { act, call, refresh, advance, account } = visit(microsoft);
    act({ act: 'revoke-by-admin' });
    expect(codeOf(refresh())).toBe(50_173);
    advance(Date.parse(account.expiresAt ?? '') - START_MS - 1);
    expect(call(ME).answer.status).toBe(200);
    advance(1);
    expect(call(ME)).toMatchObject({
      truth: 'expired',
      answer: { status: 401, body: { error: { code: 'InvalidAuthenticationToken' } } },
    });
  });

  test('expired, garbled and of another resource share a code', () => {
    const { call, refresh, advance } = visit(microsoft);
    const vault = String(bodyOf(refresh(undefined, { scope: `${VAULT}/.default` })).access_token);
    const garbled = call(ME, { token: 'no-such-token' });
    const wrong = call(ME, { token: vault });
    advance(2 * HOUR);
    const said = [call(ME), garbled, wrong].map(({ answer }) => {
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toContain(
        'client_id="00000003-0000-0000-c000-000000000000"',
      );
      return (answer.body as { error: { code: string; message: string } }).error;
    });
    expect(new Set(said.map(({ code }) => code))).toEqual(new Set(['InvalidAuthenticationToken']));
    expect(new Set(said.map(({ message }) => message)).size).toBe(3);
  });

  test('can be read: whom they are for, what they allow, and when they end', () => {
    const { account, refresh } = visit(microsoft);
    expect(readJwt(account.accessToken)).toMatchObject({
      aud: 'https://graph.microsoft.com',
      scp: 'User.Read Mail.Read Files.ReadWrite',
      appid: account.clientId,
      tid: tenantIdOf('acme'),
      exp: Date.parse(account.expiresAt ?? '') / 1000,
    });
    const vault = bodyOf(refresh(undefined, { scope: `${VAULT}/.default` })).access_token;
    expect(readJwt(String(vault))).toMatchObject({ aud: VAULT, scp: 'user_impersonation' });
  });

  test('of the first version of the endpoint have lifetimes in strings', () => {
    const answer = bodyOf(visit(variant('v1-answers')).refresh());
    expect(answer.expires_in).toMatch(/^\d+$/);
    expect(answer).toMatchObject({
      resource: 'https://graph.microsoft.com',
      not_before: String(START_MS / 1000),
    });
    expect(Number(answer.expires_on) - Number(answer.not_before)).toBe(Number(answer.expires_in));
  });
});

describe('resources', () => {
  test('one refresh token opens each of them, an access token only one', () => {
    const { refresh, call } = visit(microsoft);
    const answer = bodyOf(refresh(undefined, { scope: `${VAULT}/user_impersonation offline_access` }));
    expect(answer.scope).toBe(`${VAULT}/user_impersonation`);
    const token = String(answer.access_token);
    expect(call('/secrets', { token }).answer.status).toBe(200);
    expect(call('/secrets/globex-webhook', { token }).answer.status).toBe(404);
    expect(call('/secrets')).toMatchObject({ truth: 'other-resource', answer: { status: 401 } });
    const graph = bodyOf(refresh(String(answer.refresh_token), { scope: 'User.Read' }));
    expect(graph.scope).toBe('User.Read Mail.Read Files.ReadWrite');
    const inFull = { scope: 'https://graph.microsoft.com/User.Read' };
    expect(bodyOf(refresh(String(answer.refresh_token), inFull)).scope).toBe(
      'User.Read Mail.Read Files.ReadWrite'.replaceAll(
        /(?=\b[A-Z][a-z]+\.)/g,
        'https://graph.microsoft.com/',
      ),
    );
  });

  test.each([
    [`User.Read ${VAULT}/.default`, 'bad-scope', 28_000],
    ['https://graph.microsoft.com/.default User.Read', 'bad-scope', 70_011],
    ['User;Read', 'bad-scope', 70_011],
    ['api://elsewhere/.default', 'unknown-resource', 500_011],
    ['Directory.Read.All', 'scope-exceeds', 65_001],
  ])('the scope %s is refused', (scope, truth, code) => {
    const refused = visit(microsoft).refresh(undefined, { scope });
    expect([refused.truth, codeOf(refused)]).toEqual([truth, code]);
  });
});

describe('tenants', () => {
  const at = (tenant: string) => `/${tenant}/oauth2/v2.0/token`;

  test.each(['organizations', tenantIdOf('acme'), 'acme.example'])('%s will do', (tenant) => {
    expect(visit(microsoft).refresh(undefined, {}, at(tenant)).truth).toBe('ok');
  });

  test('others do not', () => {
    const visited = visit(microsoft);
    visited.connect('globex-microsoft', 'globex');
    const other = visited.refresh(undefined, {}, at(tenantIdOf('globex')));
    expect([other.truth, codeOf(other)]).toEqual(['other-tenant', 50_020]);
    const nowhere = visited.refresh(undefined, {}, at('nowhere.example'));
    expect([nowhere.truth, codeOf(nowhere), bodyOf(nowhere).error]).toEqual([
      'unknown-tenant',
      90_002,
      'invalid_request',
    ]);
  });

  test('that do not exist are refused wherever they are named', () => {
    const { send, form, client } = visit(microsoft);
    const asked = new URLSearchParams({
      response_type: 'code',
      client_id: client.client_id,
      redirect_uri: 'http://127.0.0.1:8000/back',
    });
    const authorized = (tenant: string) => send('GET', `/${tenant}/oauth2/v2.0/authorize?${asked}`, '', {});
    const page = authorized('nowhere.example');
    expect([page.truth, page.answer.status]).toEqual(['unknown-tenant', 400]);
    expect(page.answer.body).toContain('AADSTS90002');
    const consented = authorized('acme.example');
    const code = new URL(consented.answer.headers.location ?? '').searchParams.get('code') ?? '';
    const fields = { grant_type: 'authorization_code', code, redirect_uri: 'http://127.0.0.1:8000/back' };
    const exchange = (tenant: string) => form(at(tenant), { ...fields, ...client });
    expect(codeOf(exchange('nowhere.example'))).toBe(90_002);
    expect(exchange('acme.example').truth).toBe('ok');
  });

  test('publish their endpoints', () => {
    const { call } = visit(microsoft);
    const found = bodyOf(call('/acme.example/v2.0/.well-known/openid-configuration', { token: null }));
    expect(found.token_endpoint).toBe(`${ORIGIN}/acme.example/oauth2/v2.0/token`);
    const { keys } = bodyOf(call('/common/discovery/v2.0/keys', { token: null }));
    expect(keys).toMatchObject([{ kty: 'RSA', alg: 'RS256', e: 'AQAB' }]);
  });
});

describe('policies', () => {
  test.each([
    ['offboard', 'invalid_grant', 50_057, undefined],
    ['delete-account', 'invalid_grant', 50_034, undefined],
    ['withdraw-consent', 'invalid_grant', 65_001, 'consent_required'],
    ['require-reauth', 'invalid_grant', 70_043, 'bad_token'],
    ['restrict-ip', 'invalid_grant', 53_003, 'message_only'],
    ['restrict-session', 'invalid_grant', 53_000, 'message_only'],
    ['restrict-service', 'unauthorized_client', 7_000_112, undefined],
    ['rotate-client-secret', 'invalid_client', 7_000_215, undefined],
  ] as const)('after %s a refresh is refused while the access token works', (name, error, code, suberror) => {
    const { act, refresh, call } = visit(microsoft);
    act({ act: name });
    const refused = refresh();
    expect(bodyOf(refused)).toMatchObject({ error, error_codes: [code] });
    expect(bodyOf(refused).suberror).toBe(suberror);
    expect(call(ME).answer.status).toBe(200);
  });

  test('a client that shows an assertion is told that its certificate is unknown, not that it showed nothing', () => {
    const { form, account } = visit(microsoft);
    const fields = { grant_type: 'refresh_token', refresh_token: account.refreshToken ?? '' };
    const asked = { ...fields, client_id: account.clientId };
    const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    const shown = { client_assertion_type: type, client_assertion: 'a.signed.assertion' };
    const refused = form('/common/oauth2/v2.0/token', { ...asked, ...shown });
    expect([refused.answer.status, bodyOf(refused).error, codeOf(refused)]).toEqual([
      401,
      'invalid_client',
      700_027,
    ]);
    expect(codeOf(form('/common/oauth2/v2.0/token', asked))).toBe(7_000_218);
  });

  test('a second factor is asked for with claims', () => {
    const { act, refresh } = visit(variant('second-factor'));
    act({ act: 'require-reauth' });
    const body = bodyOf(refresh());
    expect(body).toMatchObject({
      error: 'interaction_required',
      error_codes: [50_076],
      suberror: 'basic_action',
    });
    expect(JSON.parse(String(body.claims))).toHaveProperty('access_token.capolids');
  });

  test('a secret that has expired is told apart from a wrong one, in that variant', () => {
    const { act, refresh } = visit(variant('secret-expired'));
    act({ act: 'rotate-client-secret' });
    expect(refresh()).toMatchObject({ answer: { status: 401, body: { error_codes: [7_000_222] } } });
    const { form, account } = visit(variant('secret-expired'));
    const bare = {
      grant_type: 'refresh_token',
      client_id: account.clientId,
      refresh_token: account.refreshToken ?? '',
    };
    expect(codeOf(form('/common/oauth2/v2.0/token', bare))).toBe(7_000_218);
  });
});

describe('limits', () => {
  test('the same token request too often is a loop, until the window is over', () => {
    const { refresh, advance } = visit(microsoft);
    for (let nth = 1; nth <= 20; nth++) expect(refresh().truth).toBe('ok');
    const looped = refresh();
    expect([looped.truth, codeOf(looped), bodyOf(looped).error]).toEqual([
      'rate-limited',
      50_196,
      'invalid_grant',
    ]);
    expect(refresh(undefined, { scope: 'User.Read' }).truth).toBe('ok');
    advance(5 * MINUTE);
    expect(refresh().truth).toBe('ok');
  });

  test('a busy tenant says when to come back', () => {
    const { call, advance } = visit(variant('busy'));
    for (let nth = 1; nth <= 20; nth++) expect(call(ME).answer.status).toBe(200);
    expect(call(ME).answer).toMatchObject({ status: 429, headers: { 'retry-after': '600' } });
    advance(600_000);
    expect(call(ME).answer.status).toBe(200);
  });
});

test('in the world of the twin there are no limits', () => {
  const busy = variant('busy');
  const twin = { ...busy, policy: neverExpiring(busy.policy, 3650 * DAY) };
  const { refresh, call } = visit(twin);
  for (let nth = 1; nth <= 25; nth++) {
    expect([refresh().truth, call(ME).truth]).toEqual(['ok', 'ok']);
  }
});

describe('continuous access evaluation', () => {
  const capable = variant('cae');

  test('gives 28 hours to clients that can take a challenge, and the usual hour to others', () => {
    const { refresh, account } = visit(capable);
    expect(Date.parse(account.expiresAt ?? '') - START_MS).toBe(28 * HOUR);
    const long = bodyOf(refresh(undefined, { claims: CP1 }));
    expect(long.expires_in).toBe(28 * 3600);
    expect(readJwt(String(long.access_token))).toMatchObject({ xms_cc: ['cp1'] });
    expect(readJwt(String(bodyOf(refresh()).access_token))).not.toHaveProperty('xms_cc');
    for (const claims of [
      '',
      '{}',
      'no json',
      JSON.stringify({ access_token: { xms_cc: { values: ['cp2'] } } }),
    ]) {
      const usual = Number(bodyOf(refresh(undefined, { claims })).expires_in);
      expect(usual).toBeGreaterThanOrEqual(3600);
      expect(usual).toBeLessThanOrEqual(5400);
    }
  });

  test('tells of a revocation long before the stated end', () => {
    const { act, call, advance, refresh } = visit(capable);
    advance(4 * HOUR);
    act({ act: 'revoke-by-admin' });
    expect(codeOf(refresh(undefined, { claims: CP1 }))).toBe(50_173);
    advance(15 * MINUTE - 1);
    expect(call(ME).answer.status).toBe(200);
    advance(1);
    const { truth, answer } = call(ME);
    expect([truth, answer.status]).toEqual(['revoked-by-admin', 401]);
    const header = answer.headers['www-authenticate'] ?? '';
    expect(header).toContain('error="insufficient_claims"');
    const claims = Buffer.from(/claims="([^"]+)"/.exec(header)?.[1] ?? '', 'base64').toString();
    expect(JSON.parse(claims)).toEqual({
      access_token: { nbf: { essential: true, value: String((START_MS + 4 * HOUR) / 1000) } },
    });
  });

  test('leaves the tokens of other clients alone', () => {
    const { act, call, advance, refresh } = visit(capable);
    const token = String(bodyOf(refresh()).access_token);
    act({ act: 'revoke-by-admin' });
    advance(50 * MINUTE);
    expect(call(ME, { token }).answer.status).toBe(200);
    expect(codeOf(refresh())).toBe(50_173);
  });

  test('ends sessions that a refresh replaces', () => {
    const { act, call, advance, refresh } = visit(capable);
    act({ act: 'end-sessions' });
    advance(15 * MINUTE);
    expect(call(ME).truth).toBe('session-ended');
    const token = String(bodyOf(refresh(undefined, { claims: CP1 })).access_token);
    expect(call(ME, { token }).answer.status).toBe(200);
  });

  test('judges every token by its own kind, whichever is the newest', () => {
    const { act, call, advance, refresh } = visit(capable);
    const usual = String(bodyOf(refresh()).access_token);
    const long = String(bodyOf(refresh(undefined, { claims: CP1 })).access_token);
    const newestUsual = String(bodyOf(refresh()).access_token);
    act({ act: 'restrict-ip' });
    expect([usual, long, newestUsual].map((token) => call(ME, { token }).truth)).toEqual([
      'ok',
      'ip-restricted',
      'ok',
    ]);
    act({ act: 'revoke-by-admin' });
    advance(15 * MINUTE);
    expect([usual, long, newestUsual].map((token) => call(ME, { token }).truth)).toEqual([
      'ok',
      'revoked-by-admin',
      'ok',
    ]);
    expect(codeOf(refresh())).toBe(50_173);
  });

  test('looks at the address at once', () => {
    const { act, call } = visit(capable);
    act({ act: 'restrict-ip' });
    const { truth, answer } = call(ME);
    expect(truth).toBe('ip-restricted');
    expect(answer.headers['www-authenticate']).toContain('insufficient_claims');
  });
});

describe('Graph', () => {
  test('revokes the sessions of a user', () => {
    const visited = visit(microsoft, { scopes: [...microsoft.scopes, 'User.RevokeSessions.All'] });
    const { call, refresh } = visited;
    const other = signIn(visited);
    const revoked = call(`${ME}/revokeSignInSessions`, { method: 'POST' });
    expect(bodyOf(revoked).value).toBe(true);
    const refused = refresh();
    expect([refused.truth, codeOf(refused)]).toEqual(['revoked-by-client', 50_173]);
    expect(refresh(other).truth).toBe('revoked-by-client');
    expect(visit(microsoft).call(`${ME}/revokeSignInSessions`, { method: 'POST' }).truth).toBe(
      'scope-missing',
    );
  });

  test('knows the colleagues, and nobody of another tenant', () => {
    const visited = visit(microsoft, { scopes: [...microsoft.scopes, 'User.ReadBasic.All'] });
    const other = visited.connect('globex-microsoft', 'globex');
    const users = bodyOf(visited.call('/v1.0/users')).value as { id: string }[];
    expect(users.map(({ id }) => id)).toEqual([userIdOf(visited.account.id)]);
    expect(visited.call(`/v1.0/users/${userIdOf(visited.account.id)}`).answer.status).toBe(200);
    const refused = visited.call(`/v1.0/users/${userIdOf(other.id)}`);
    expect([refused.truth, refused.answer.status]).toEqual(['other-tenant', 404]);
  });

  test('lists page by page', () => {
    const { call } = visit(microsoft);
    const first = bodyOf(call(`${ME}/messages?$top=2`));
    const next = String(first['@odata.nextLink']).replace(ORIGIN, '');
    const second = bodyOf(call(next));
    expect(second).not.toHaveProperty('@odata.nextLink');
    const ids = [first, second].flatMap(({ value }) => (value as { id: string }[]).map(({ id }) => id));
    expect(new Set(ids).size).toBe(3);
    expect(call(`${ME}/messages?$top=0`).answer.status).toBe(400);
    expect(call(`${ME}/messages?$skiptoken=x`).answer.status).toBe(400);
  });

  test('keeps what is uploaded, and replaces what has the same name', () => {
    const { call } = visit(microsoft);
    const upload = (body: string) => call(`${ME}/drive/root:/night.csv:/content`, { method: 'PUT', body });
    const made = upload('row 7');
    expect([made.answer.status, made.writes]).toEqual([
      201,
      [{ place: 'items/night.csv', cells: { content: 'row 7' } }],
    ]);
    const again = upload('row 8 too');
    expect([again.answer.status, bodyOf(again).id]).toEqual([200, bodyOf(made).id]);
    expect(bodyOf(call(`${ME}/drive/items/${bodyOf(made).id}`)).size).toBe(9);
    expect(bodyOf(call(`${ME}/drive/root/children`)).value).toHaveLength(4);
  });

  test('writes drafts and sends mail', () => {
    const { call } = visit(microsoft, { scopes: ['Mail.ReadWrite', 'Mail.Send'] });
    const draft = call(`${ME}/messages`, { method: 'POST', body: { subject: 'Row 7' } });
    expect([draft.answer.status, draft.writes]).toEqual([
      201,
      [{ place: 'messages', cells: { subject: 'Row 7' } }],
    ]);
    expect(bodyOf(call(`${ME}/messages/${bodyOf(draft).id}`))).toMatchObject({
      subject: 'Row 7',
      isDraft: true,
    });
    const sent = call(`${ME}/sendMail`, { method: 'POST', body: { message: { subject: 'Done' } } });
    expect([sent.answer.status, sent.writes]).toEqual([202, [{ place: 'sent', cells: { subject: 'Done' } }]]);
    expect(call(`${ME}/sendMail`, { method: 'POST', body: {} }).answer.status).toBe(400);
    expect(call(`${ME}/messages`, { method: 'POST', body: 'no json' }).answer.status).toBe(400);
  });

  test('words a missing scope as the part that is asked does', () => {
    const { call } = visit(microsoft, { scopes: ['User.Read'] });
    const codes = [`${ME}/messages`, `${ME}/drive`, '/v1.0/users'].map((path) => {
      const { answer } = call(path);
      expect(answer.status).toBe(403);
      return (answer.body as { error: { code: string } }).error.code;
    });
    expect(codes).toEqual(['ErrorAccessDenied', 'accessDenied', 'Authorization_RequestDenied']);
  });
});

test('durations are written as days and a clock', () => {
  expect(timeSpan(90 * DAY)).toBe('90.00:00:00');
  expect(timeSpan(DAY + 2 * HOUR + 3 * MINUTE + 4000)).toBe('1.02:03:04');
});
