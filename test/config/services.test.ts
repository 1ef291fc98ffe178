// Knobs become policies, one by one.

import { describe, expect, test } from 'vitest';
import type { ServiceKnobs } from '../../harness/config/knobs.ts';
import { configureService, turnKnobs } from '../../harness/config/services.ts';
import { FOREVER_MS, SERVICES } from '../../mocks/index.ts';
import { bodyOf, visit } from '../mocks/visit.ts';

const HOUR_MS = 3_600_000;
const policy = (knobs: ServiceKnobs, id = 'crm') =>
  configureService(id, id === 'crm' ? { base: 'plain', ...knobs } : knobs, SERVICES).policy;
const untouched = SERVICES.find(({ id }) => id === 'plain')?.policy;

describe('a service', () => {
  test('without knobs is the service itself', () => {
    expect(configureService('hubspot', {}, SERVICES)).toEqual(SERVICES.find(({ id }) => id === 'hubspot'));
  });

  test('of one’s own has the routes of its base, under a name and a host of its own', () => {
    const crm = configureService('crm', { base: 'plain' }, SERVICES);
    expect(crm).toMatchObject({ id: 'crm', hosts: ['crm.example'], policy: untouched });
    expect(crm.routes).toBe(SERVICES.find(({ id }) => id === 'plain')?.routes);
  });

  test('takes a variant first and knobs on top of it', () => {
    const rotating = configureService('hubspot', { variant: 'rotating', grace: '30s' }, SERVICES);
    expect(rotating.policy).toMatchObject({ rotation: 'every-use', graceMs: 30_000 });
  });

  test('may grant other scopes', () => {
    expect(configureService('plain', { scopes: ['read'] }, SERVICES).scopes).toEqual(['read']);
  });
});

describe('a knob', () => {
  test.each<[ServiceKnobs, object]>([
    [{ accessTtl: '15m' }, { access: { kind: 'fixed', ttlMs: 900_000 } }],
    [{ accessTtl: 'never' }, { access: { kind: 'never' } }],
    [{ sessionTimeout: '2h' }, { access: { kind: 'sliding', ttlMs: 2 * HOUR_MS, countsAfter: 0 } }],
    [{ refreshTtl: '1d' }, { refresh: { kind: 'fixed', ttlMs: 24 * HOUR_MS } }],
    [{ refreshCap: '7d' }, { refresh: { kind: 'absolute', ttlMs: 168 * HOUR_MS } }],
    [{ refreshIdle: '1h' }, { refresh: { kind: 'idle', windowMs: HOUR_MS } }],
    [
      { refreshIdle: '1h', refreshCap: '7d' },
      { refresh: { kind: 'idle-and-cap', windowMs: HOUR_MS, capMs: 168 * HOUR_MS } },
    ],
    [{ rotation: 'none' }, { rotation: 'none' }],
    [{ grace: '1m30s' }, { graceMs: 90_000 }],
    [{ reuse: 'newest-revoked' }, { reuse: 'newest-revoked' }],
    [{ oldAccess: 'dies' }, { oldAccess: 'dies' }],
    [{ grantsPerAccount: 25 }, { grantsPerAccount: 25 }],
    [{ grantsPerAccount: 'unlimited' }, { grantsPerAccount: null }],
    [
      { accessTtl: { min: '1h', max: '90m' } },
      { access: { kind: 'range', minMs: HOUR_MS, maxMs: 5_400_000 } },
    ],
    [{ statedTtl: '0s' }, { access: { kind: 'fixed', ttlMs: HOUR_MS, statedMs: 0 } }],
    [
      { accessTtl: '30m', statedTtl: '-5s' },
      { access: { kind: 'fixed', ttlMs: 1_800_000, statedMs: -5_000 } },
    ],
    [{ askedTtl: { min: '15m', max: '2h' } }, { askedTtl: { minMs: 900_000, maxMs: 2 * HOUR_MS } }],
    [
      { refreshTtl: '30d', askedRefreshTtl: { min: '7d', max: '90d' } },
      {
        refresh: { kind: 'fixed', ttlMs: 720 * HOUR_MS },
        askedRefreshTtl: { minMs: 168 * HOUR_MS, maxMs: 2160 * HOUR_MS },
      },
    ],
    [
      { sessionTimeout: '2h', sessionCountsAfter: 0.5 },
      { access: { kind: 'sliding', ttlMs: 2 * HOUR_MS, countsAfter: 0.5 } },
    ],
    [{ refreshTtl: 'never' }, { refresh: { kind: 'unlimited' } }],
    [{ refreshTtl: 'none' }, { refresh: { kind: 'none' } }],
    [{ codeTtl: '1m' }, { codeTtlMs: 60_000 }],
    [
      { rotation: 'sticky', stickyFor: '24h' },
      { rotation: 'sticky', stickyForMs: 24 * HOUR_MS },
    ],
    [{ grace: 'forever' }, { graceMs: FOREVER_MS }],
    [
      { grace: '1h', graceEndsEarly: 'when-child-used' },
      { graceMs: HOUR_MS, graceEndsEarly: 'when-child-used' },
    ],
    [
      { grace: '1h', graceDepth: 'previous' },
      { graceMs: HOUR_MS, graceDepth: 'previous' },
    ],
    [
      { grace: '1h', replay: 'same-child' },
      { graceMs: HOUR_MS, replay: 'same-child' },
    ],
    [{ reuse: 'newest-and-access-revoked' }, { reuse: 'newest-and-access-revoked' }],
    [
      { grace: '1h', oldAccess: 'dies-after-grace' },
      { graceMs: HOUR_MS, oldAccess: 'dies-after-grace' },
    ],
    [{ liveAccessTokens: 2 }, { liveAccessTokens: 2 }],
    [{ revocationDelay: '15m' }, { revocationDelayMs: 900_000 }],
    [{ birthDelay: '2s' }, { birthDelayMs: 2_000 }],
    [
      { grantsPerAccount: 2, grantsCounted: 'same-scopes', eviction: 'all-tokens' },
      { grantsPerAccount: 2, grantsCounted: 'same-scopes', eviction: 'all-tokens' },
    ],
    [{ noRefreshBefore: '9m30s' }, { noRefreshBeforeMs: 570_000 }],
    [{ evaluatedAbove: '90m' }, { evaluatedAboveMs: 5_400_000 }],
    [
      { refreshOfOnly: { scopes: ['read'], refreshIdle: '7d', refreshCap: '30d' } },
      {
        refreshOfOnly: {
          scopes: ['read'],
          refresh: { kind: 'idle-and-cap', windowMs: 168 * HOUR_MS, capMs: 720 * HOUR_MS },
        },
      },
    ],
    [
      { refreshOfOnly: { scopes: ['read'], refreshTtl: 'never' } },
      { refreshOfOnly: { scopes: ['read'], refresh: { kind: 'unlimited' } } },
    ],
    [{ callsPerWindow: 60 }, { callsPerWindow: 60 }],
    [
      { revokingRefresh: 'refresh-token-only', revokingAccess: 'grant' },
      { revocation: { ofRefresh: 'refresh-token-only', ofAccess: 'grant' } },
    ],
  ])('%j changes what it names and nothing else', (knobs, changed) => {
    expect(policy(knobs)).toEqual({ ...untouched, ...changed });
  });

  test('for a session keeps the rule by which the service counts activity', () => {
    expect(policy({ sessionTimeout: '30m' }, 'salesforce').access).toMatchObject({
      kind: 'sliding',
      ttlMs: 1_800_000,
      countsAfter: 0.5,
    });
  });
});

describe('a knob that would say nothing, or lacks another one, is told', () => {
  test.each<[ServiceKnobs, string]>([
    [{ rotation: 'sticky' }, 'services.crm.rotation: sticky needs stickyFor, e.g. 24h'],
    [{ stickyFor: '1h' }, 'services.crm.stickyFor: says nothing without rotation: sticky'],
    [{ graceDepth: 'previous' }, 'services.crm.graceDepth: says nothing without rotation and a grace'],
    [{ replay: 'same-child', rotation: 'none', grace: '1m' }, 'services.crm.replay: says nothing without'],
    [{ graceEndsEarly: 'when-child-used' }, 'services.crm.graceEndsEarly: says nothing without rotation'],
    [{ oldAccess: 'dies-after-grace', rotation: 'none' }, 'services.crm.oldAccess: dies-after-grace needs'],
    [{ accessTtl: 'never', statedTtl: '1h' }, 'services.crm.statedTtl: says nothing where access tokens'],
    [{ accessTtl: 'never', askedTtl: { min: '1m', max: '1h' } }, 'services.crm.askedTtl: says nothing where'],
    [
      { askedRefreshTtl: { min: '1d', max: '2d' } },
      'services.crm.askedRefreshTtl: says nothing without refreshTtl',
    ],
    [
      { refreshTtl: 'none', noRefreshBefore: '1m' },
      'services.crm.noRefreshBefore: says nothing without a refresh token',
    ],
    [{ grantsCounted: 'same-scopes' }, 'services.crm.grantsCounted: says nothing without grantsPerAccount'],
    [{ eviction: 'all-tokens' }, 'services.crm.eviction: says nothing without grantsPerAccount'],
    [{ accessTtl: 'never', evaluatedAbove: '1h' }, 'services.crm.evaluatedAbove: says nothing where access'],
    [{ sessionCountsAfter: 0.5 }, 'services.crm.sessionCountsAfter: says nothing without sessionTimeout'],
    [{ refreshTtl: 'none', rotation: 'every-use' }, 'services.crm.rotation: says nothing without a refresh'],
    [
      { refreshTtl: 'none', oldAccess: 'dies' },
      'services.crm.oldAccess: says nothing without a refresh token',
    ],
    [{ refreshTtl: 'none', refreshToken: 'always' }, 'services.crm.refreshToken: says nothing without a'],
    [{ refreshTtl: 'none', revokingRefresh: 'grant' }, 'services.crm.revokingRefresh: says nothing without'],
    [
      { refreshTtl: 'none', grantsPerAccount: 5 },
      'services.crm.grantsPerAccount: needs eviction: all-tokens',
    ],
    [
      { refreshTtl: '10d', rotation: 'sticky', stickyFor: '10d' },
      'services.crm.stickyFor: is no shorter than',
    ],
    [{ refreshIdle: '7d', refreshCap: '7d' }, 'services.crm.refreshIdle: is no shorter than refreshCap'],
    [{ rotation: 'none', reuse: 'family-revoked' }, 'services.crm.reuse: says nothing without rotation'],
    [{ rotation: 'none', grace: '10m' }, 'services.crm.grace: says nothing without rotation'],
    [
      { grace: 'forever', reuse: 'family-revoked' },
      'services.crm.reuse: says nothing under a grace that never',
    ],
    [
      { grace: 'forever', oldAccess: 'dies-after-grace' },
      'services.crm.oldAccess: dies-after-grace needs a grace',
    ],
    [
      { oldAccess: 'dies', liveAccessTokens: 2 },
      'services.crm.liveAccessTokens: says nothing where a refresh',
    ],
    [{ birthDelay: '1h' }, 'services.crm.birthDelay: is no shorter than accessTtl'],
    [{ expiresIn: 'absent', statedTtl: '2h' }, 'services.crm.statedTtl: says nothing where answers state no'],
    [
      { accessTtl: 'never', expiresIn: 'string' },
      'services.crm.expiresIn: says nothing where access tokens never',
    ],
    [{ callWindow: '1m' }, 'services.crm.callWindow: says nothing without callsPerWindow'],
    [{ clientAuth: 'none', insistsOn: ['clientAuth'] }, 'services.crm.insistsOn: clientAuth says nothing of'],
    [{ tokenPath: '/oauth/revoke' }, 'services.crm.tokenPath: is the path of another endpoint, too'],
  ])('%j', (knobs, message) => {
    expect(() => policy(knobs)).toThrow(message);
  });
});

test.each<ServiceKnobs>([
  { refreshTtl: 'none', rotation: 'none', grace: '0s', reuse: 'refused', oldAccess: 'lives-on' },
  { refreshTtl: 'none', refreshToken: 'null-unless-new' },
  { refreshTtl: 'none', grantsPerAccount: 5, eviction: 'all-tokens' },
  { grace: 'forever', graceEndsEarly: 'when-child-used', oldAccess: 'dies-after-grace' },
  { grace: 'forever', graceDepth: 'previous', reuse: 'family-revoked' },
  { accessTtl: { min: '1m', max: '1h' }, birthDelay: '59m' },
  { oldAccess: 'dies', liveAccessTokens: 'unlimited' },
  { accessTtl: 'never', expiresIn: 'absent' },
])('knobs that agree are let be: %j', (knobs) => {
  expect(policy(knobs)).toBeDefined();
});

test('knobs of a story and of a config need not agree: each was right where it was written', () => {
  const knobs: ServiceKnobs = { rotation: 'every-use', stickyFor: '24h' };
  expect(() => configureService('hubspot', knobs, SERVICES)).toThrow('stickyFor: says nothing');
  expect(turnKnobs('hubspot', knobs, SERVICES).policy.rotation).toBe('every-use');
});

describe('a grant', () => {
  const crm = (knobs: ServiceKnobs) => visit(configureService('crm', { base: 'plain', ...knobs }, SERVICES));

  test('that one more pushes out loses its refresh tokens, or its access tokens too', () => {
    const pushedOut = (knobs: ServiceKnobs) => {
      const { act, call, refresh } = crm({ grantsPerAccount: 1, ...knobs });
      act({ act: 'evict' });
      const { truth, answer } = call('/v1/me');
      return [refresh().truth, truth, answer.status];
    };
    expect(pushedOut({})).toEqual(['evicted', 'ok', 200]);
    expect(pushedOut({ eviction: 'all-tokens' })).toEqual(['evicted', 'evicted', 401]);
  });

  test('of short access tokens goes on to their end after it was revoked', () => {
    const revoked = (evaluatedAbove: string) => {
      const { act, call } = crm({ evaluatedAbove });
      act({ act: 'revoke' });
      return call('/v1/me').truth;
    };
    expect([revoked('1h'), revoked('59m')]).toEqual(['ok', 'revoked-by-user']);
  });

  test('is not refreshed while its access token is fresh, and loses nothing by the attempt', () => {
    const { refresh, advance, act } = crm({ accessTtl: '10m', noRefreshBefore: '9m30s' });
    advance(570_000 - 1);
    const early = refresh();
    expect([early.truth, early.answer.status, early.effects]).toEqual(['too-early', 400, []]);
    advance(1);
    const token = String(bodyOf(refresh()).refresh_token);
    expect(refresh(token).truth).toBe('too-early');
    act({ act: 'end-sessions' });
    expect(refresh(token).truth).toBe('ok');
  });

  test('of certain scopes only has another lifetime', () => {
    const afterADay = (scopes: string[]) => {
      const { advance, refresh } = crm({ scopes, refreshOfOnly: { scopes: ['read'], refreshTtl: '1h' } });
      advance(24 * HOUR_MS);
      return refresh().truth;
    };
    expect([afterADay(['read']), afterADay(['read', 'write'])]).toEqual(['capped', 'ok']);
  });
});

describe('on the wire', () => {
  const crm = (knobs: ServiceKnobs) => visit(configureService('crm', { base: 'plain', ...knobs }, SERVICES));

  test('a token answer takes another shape', () => {
    const { refresh } = crm({
      rotation: 'none',
      expiresIn: 'string',
      refreshToken: 'null-unless-new',
      tokenType: 'bearer',
    });
    const answer = bodyOf(refresh());
    expect(answer).toMatchObject({ expires_in: '3600', refresh_token: null, token_type: 'bearer' });
  });

  test('tokens and refusals may come as a form', () => {
    const { refresh, call } = crm({
      tokenAnswer: 'form',
      rotation: 'none',
      refreshToken: 'null-unless-new',
      errors: [{ at: 'token', causes: ['scope-exceeds'], status: 400, body: { error: 'too much' } }],
    });
    const granted = refresh();
    const fields = new URLSearchParams(String(granted.answer.body));
    expect(granted.answer.headers['content-type']).toBe('application/x-www-form-urlencoded; charset=utf-8');
    expect(call('/v1/me', { token: fields.get('access_token') }).truth).toBe('ok');
    expect([fields.get('expires_in'), fields.get('refresh_token')]).toEqual(['3600', '']);
    const refused = refresh('forged').answer;
    expect([refused.status, new URLSearchParams(String(refused.body)).get('error')]).toEqual([
      400,
      'invalid_grant',
    ]);
    expect(bodyOf(refresh(undefined, { scope: 'read admin' }))).toEqual({ error: 'too much' });
  });

  test('a refresh token may be told always, or only when it is new', () => {
    const always = crm({ rotation: 'none', refreshToken: 'always' });
    expect(bodyOf(always.refresh())).toHaveProperty('refresh_token', always.account.refreshToken);
    expect(bodyOf(crm({ rotation: 'none', refreshToken: 'when-new' }).refresh())).not.toHaveProperty(
      'refresh_token',
    );
    expect(bodyOf(crm({ refreshToken: 'when-new' }).refresh())).toHaveProperty('refresh_token');
  });

  test('a lifetime may be stated wrongly, or not at all', () => {
    const wrong = crm({ statedTtl: '-5s' });
    expect(bodyOf(wrong.refresh())).toHaveProperty('expires_in', -5);
    expect(wrong.account.expiresAt).toBe('2026-03-02T21:59:55.000Z');
    const silent = crm({ expiresIn: 'absent' });
    expect(bodyOf(silent.refresh())).not.toHaveProperty('expires_in');
    expect(silent.account.expiresAt).toBeNull();
  });

  test('a token request may ask for a lifetime', () => {
    const { refresh, account } = crm({ rotation: 'none', askedTtl: { field: 'ttl', min: '10m', max: '2h' } });
    const asked = (ttl: string) => bodyOf(refresh(account.refreshToken ?? '', { ttl })).expires_in;
    expect([asked('1800'), asked('1'), asked('999999'), asked('soon')]).toEqual([1800, 600, 7200, 3600]);
  });

  test('a token request may ask for a lifetime of the refresh token', () => {
    const { refresh, advance } = crm({
      refreshTtl: '10d',
      askedRefreshTtl: { field: 'keep', min: '1d', max: '30d' },
    });
    const next = (token: string | undefined, keep: string) =>
      String(bodyOf(refresh(token, { keep })).refresh_token);
    const short = next(undefined, String(48 * 3600));
    advance(47 * HOUR_MS);
    const usual = next(short, 'soon');
    advance(239 * HOUR_MS);
    const long = next(usual, '999999999');
    advance(719 * HOUR_MS);
    const last = next(long, '1');
    advance(24 * HOUR_MS);
    expect(refresh(last).truth).toBe('capped');
  });

  test.each([
    ['X-Api-Key: {token}', 'x-api-key', ''],
    ['{token}', 'authorization', ''],
    ['Key {token}', 'authorization', 'Key '],
    ['X-Auth: Bearer {token}', 'x-auth', 'Bearer '],
  ])('a call may carry its token as %s', (authorization, name, before) => {
    const { call, account } = crm({ authorization });
    expect(account.authorization).toBe(authorization);
    const headers = { [name]: `${before}${account.accessToken}` };
    expect(call('/v1/me', { token: null, headers }).truth).toBe('ok');
    expect(call('/v1/me').truth).toBe('no-token');
  });

  test('the endpoints may have other paths, and requests another form', () => {
    const { account, send, client } = crm({
      tokenPath: '/v2/token',
      revokePath: '/v2/end',
      tokenRequest: 'json',
      clientAuth: 'body',
    });
    expect(account.tokenUrl).toMatch(/\/v2\/token$/);
    expect(account.revokeUrl).toMatch(/\/v2\/end$/);
    expect(account.tokenRequest).toEqual({ encoding: 'json', clientAuth: 'body' });
    const body = JSON.stringify({
      ...client,
      grant_type: 'refresh_token',
      refresh_token: account.refreshToken,
    });
    expect(send('POST', '/v2/token', body, { 'content-type': 'application/json' }).truth).toBe('ok');
  });

  test('what comes otherwise than told is refused where the service insists, and only there', () => {
    const truths = (knobs: ServiceKnobs) => {
      const { account, client, send, form } = crm({ tokenRequest: 'json', clientAuth: 'basic', ...knobs });
      const fields = { grant_type: 'refresh_token', refresh_token: account.refreshToken ?? '' };
      const authorization = `Basic ${Buffer.from(`${client.client_id}:${client.client_secret}`).toString('base64')}`;
      const json = { 'content-type': 'application/json' };
      const sent = [
        form('/oauth/token', fields, { authorization }),
        send('POST', '/oauth/token', JSON.stringify({ ...fields, ...client }), json),
        send('POST', '/oauth/token', JSON.stringify(fields), { ...json, authorization }),
      ];
      return sent.map(({ truth, row }) => [truth, row]);
    };
    expect(truths({ rotation: 'none' })).toEqual(Array(3).fill(['ok', null]));
    expect(truths({ rotation: 'none', insistsOn: ['tokenRequest', 'clientAuth'] })).toEqual([
      ['wrong-encoding', 'token-request-malformed'],
      ['wrong-client-auth', 'bad-client'],
      ['ok', null],
    ]);
  });

  test('a knob that ends what never ends has words: those for tokens that nobody has', () => {
    const knobs: ServiceKnobs = { variant: 'without-rotation', accessTtl: '1h' };
    const { call, advance } = visit(configureService('slack', knobs, SERVICES));
    advance(HOUR_MS);
    const { truth, answer } = call('/api/auth.test');
    expect([truth, answer.body]).toEqual(['expired', { ok: false, error: 'invalid_auth' }]);
  });

  test('words of one’s own go before those of the base, and leave the others alone', () => {
    const { call, act, advance } = crm({
      errors: [{ at: 'resource', causes: ['expired', 'revoked-by-user'], status: 403, body: { oops: true } }],
    });
    advance(HOUR_MS);
    expect(call('/v1/me').answer).toMatchObject({ status: 403, body: { oops: true } });
    expect(call('/v1/me', { token: 'forged' }).answer.status).toBe(401);
    act({ act: 'revoke' });
    expect(call('/v1/me').answer.body).toEqual({ oops: true });
  });
});
