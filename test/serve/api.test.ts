// The control API of `serve`: what each route does, and that the services show it on the wire.

import { expect, test } from 'vitest';
import { START_MS, served } from './served.ts';

const MINUTE = 60_000;

test('an account can be used at once, and lives as long as its service says', async () => {
  const { account, call, ask, clock, ledger } = await served(['hubspot']);
  const acme = await account({ service: 'hubspot' });
  expect(acme).toMatchObject({
    id: 'acme-hubspot',
    tenant: 'acme',
    service: 'hubspot',
    expiresAt: new Date(START_MS + clock.nowMs + 30 * MINUTE).toISOString(),
  });
  expect((await call(acme, '/crm/v3/objects/deals')).status).toBe(200);
  const { status, body } = await ask('POST', '/clock', { advance: '31m' });
  expect({ status, now: body.now }).toEqual({
    status: 200,
    now: new Date(START_MS + clock.nowMs).toISOString(),
  });
  const refused = await call(acme, '/crm/v3/objects/deals');
  expect({ status: refused.status, category: JSON.parse(refused.text).category }).toEqual({
    status: 401,
    category: 'EXPIRED_AUTHENTICATION',
  });
  const expired = (await ledger()).find(({ kind }) => kind === 'token.expired');
  const minted = (await ledger()).find(({ kind }) => kind === 'token.minted');
  expect((expired?.at ?? 0) - (minted?.at ?? 0)).toBe(30 * MINUTE);
});

test('the answers carry the date of the world', async () => {
  const { account, call, ask, clock } = await served();
  const acme = await account({ service: 'plain' });
  await ask('POST', '/clock', { set: '2027-01-01T00:00:00Z' });
  expect((await call(acme, '/v1/me')).headers.date).toBe('Fri, 01 Jan 2027 00:00:00 GMT');
  expect(clock.nowMs).toBe(Date.parse('2027-01-01T00:00:00Z') - START_MS);
});

test('the clock stands, goes and goes faster', async () => {
  const { ask, clock } = await served();
  const stood = (await ask('GET', '/clock')).body;
  expect(stood).toEqual({
    now: new Date(START_MS + clock.nowMs).toISOString(),
    start: '2026-03-02T22:00:00.000Z',
    sinceStartMs: clock.nowMs,
    rate: 0,
    nextDue: null,
  });
  expect((await ask('GET', '/clock')).body).toEqual(stood);
  expect((await ask('POST', '/clock', { rate: 100_000 })).body.rate).toBe(100_000);
  // However fast the machine is, a request takes more than ten microseconds.
  expect((await ask('GET', '/clock')).body.sinceStartMs).toBeGreaterThan(stood.sinceStartMs);
});

test('several accounts of one service, of several tenants, with scopes of their own', async () => {
  const { account, call, ask } = await served();
  const ids = [
    (await account({ service: 'plain' })).id,
    (await account({ service: 'plain' })).id,
    (await account({ service: 'plain', tenant: 'globex' })).id,
  ];
  expect(ids).toEqual(['acme-plain', 'acme-plain-2', 'globex-plain']);
  const admin = await account({ service: 'plain', scopes: ['read', 'admin'] });
  expect(admin).toMatchObject({ id: 'acme-plain-3', scopes: ['read', 'admin'] });
  expect((await call(admin, '/v1/admin')).status).toBe(200);
  const { accounts } = (await ask('GET', '/state')).body;
  expect(accounts.map(({ id }: { id: string }) => id)).toEqual([...ids, 'acme-plain-3']);
});

test('a variant gets a port of its own, once, and both answer each in its way', async () => {
  const { account, ask, refresh } = await served(['salesforce']);
  const usual = await account({ service: 'salesforce' });
  const rotating = await account({ service: 'salesforce', variant: 'rotating' });
  const again = await account({ service: 'salesforce', variant: 'rotating' });
  expect(rotating.apiUrl).not.toBe(usual.apiUrl);
  expect(again.apiUrl).toBe(rotating.apiUrl);
  expect([usual.id, rotating.id, again.id]).toEqual([
    'acme-salesforce',
    'acme-salesforce-rotating',
    'acme-salesforce-rotating-2',
  ]);
  const { services } = (await ask('GET', '/state')).body;
  expect(services.map(({ name }: { name: string }) => name)).toEqual(['salesforce', 'salesforce:rotating']);
  expect(JSON.parse((await refresh(usual)).text).refresh_token).toBeUndefined();
  expect(JSON.parse((await refresh(rotating)).text).refresh_token).toMatch(/./);
});

test('a service that is served in a variant only is the one that is meant by its id', async () => {
  const { account, refresh } = await served(['salesforce:rotating']);
  const acme = await account({ service: 'salesforce' });
  expect(acme.id).toBe('acme-salesforce-rotating');
  expect(JSON.parse((await refresh(acme)).text).refresh_token).toMatch(/./);
});

test('an act takes effect, and says what it did to tokens', async () => {
  const { account, ask, refresh } = await served();
  const acme = await account({ service: 'plain' });
  const { status, body } = await ask('POST', '/accounts/acme-plain/acts', { act: 'revoke' });
  expect({ status, ...body }).toMatchObject({ status: 200, account: 'acme-plain', act: 'revoke' });
  expect(body.entries.map(({ kind, token }: { kind: string; token?: string }) => [kind, token])).toEqual([
    ['act', undefined],
    ['token.revoked', 'acme-plain/at-1'],
    ['token.revoked', 'acme-plain/rt-1'],
  ]);
  expect(JSON.parse((await refresh(acme)).text).error).toBe('invalid_grant');
});

test('an act on one account leaves the others alone', async () => {
  const { account, ask, call } = await served();
  const [acme, globex] = [
    await account({ service: 'plain' }),
    await account({ service: 'plain', tenant: 'globex' }),
  ];
  await ask('POST', '/accounts/acme-plain/acts', { act: 'narrow-scope', scopes: ['write'] });
  expect((await call(acme, '/v1/items')).status).toBe(403);
  expect((await call(globex, '/v1/items')).status).toBe(200);
});

test('faults strike by name or by deed, are listed with how often, and are taken back', async () => {
  const { account, ask, call } = await served();
  const acme = await account({ service: 'plain' });
  const limit = await ask('POST', '/faults', { preset: 'rate-limit', match: { route: 'me' } });
  expect(limit).toMatchObject({ status: 201, body: { id: 'fault-1', do: 'answer', count: 1 } });
  const teapot = { id: 'teapot', do: 'answer', answer: { status: 418, body: { short: true } } };
  await ask('POST', '/faults', { ...teapot, match: { account: 'acme-plain', nth: 2 } });
  const answers = [await call(acme, '/v1/me'), await call(acme, '/v1/me'), await call(acme, '/v1/me')];
  expect(answers.map(({ status }) => status)).toEqual([429, 200, 418]);
  expect(answers[0]?.headers['retry-after']).toBe('30');
  expect(JSON.parse(answers[2]?.text ?? '')).toEqual({ short: true });
  const listed = (await ask('GET', '/faults')).body;
  expect(listed.map(({ id, applied }: { id: string; applied: number }) => [id, applied])).toEqual([
    ['fault-1', 1],
    ['teapot', 1],
  ]);
  expect((await ask('DELETE', '/faults/teapot')).body).toEqual({ removed: ['teapot'] });
  await ask('POST', '/faults', { do: 'rewrite', fields: { id: null } });
  expect(JSON.parse((await call(acme, '/v1/me')).text)).toEqual({
    tenant: 'acme',
    scopes: ['read', 'write'],
  });
  expect((await ask('DELETE', '/faults')).body).toEqual({ removed: ['fault-1', 'fault-2'] });
  expect((await call(acme, '/v1/me')).text).toContain('"id"');
});

test('a fault ends at its virtual moment', async () => {
  const { account, ask, call, clock } = await served();
  const acme = await account({ service: 'plain' });
  const untilMs = clock.nowMs + MINUTE;
  await ask('POST', '/faults', { do: 'answer', answer: { status: 503 }, untilMs });
  expect((await call(acme, '/v1/me')).status).toBe(503);
  await ask('POST', '/clock', { advance: '1m' });
  expect((await call(acme, '/v1/me')).status).toBe(200);
});

test('a delayed request waits for the clock, also for one that is moved by hand', async () => {
  const { account, ask, call, ledger } = await served();
  const acme = await account({ service: 'plain' });
  await ask('POST', '/faults', { do: 'delay', ms: 10 * MINUTE, match: { route: 'me' }, count: 1 });
  const waiting = call(acme, '/v1/me');
  await expect
    .poll(async () => (await ledger()).filter(({ kind }) => kind === 'exchange.opened').length)
    .toBe(1);
  const answered = async () => (await ledger()).filter(({ kind }) => kind === 'exchange.answered');
  await ask('POST', '/clock', { advance: '9m' });
  expect(await answered()).toEqual([]);
  await ask('POST', '/clock', { advance: '1m' });
  expect(await answered()).toHaveLength(1);
  expect((await waiting).status).toBe(200);
});

test('a gate holds requests until it is told in which order they go on', async () => {
  const { account, ask, refresh } = await served();
  const acme = await account({ service: 'plain' });
  const gate = { id: 'race', match: { route: 'token' }, phase: 'before-commit', giveUpMs: null };
  expect(await ask('POST', '/gates', gate)).toMatchObject({ status: 201, body: { ...gate, arrive: null } });
  const held = async () => (await ask('GET', '/gates')).body[0].holds;
  const first = refresh(acme);
  await expect.poll(held).toEqual(['x-1']);
  const second = refresh(acme);
  await expect.poll(held).toEqual(['x-1', 'x-2']);
  expect(await ask('POST', '/gates/race/release', { order: [1, 2] })).toMatchObject({
    status: 400,
    body: { field: 'order', error: 'order: there is no place 2: of 2 the last is 1' },
  });
  expect(await held()).toEqual(['x-1', 'x-2']);
  const { status, body } = await ask('POST', '/gates/race/release', { order: [1, 0] });
  expect({ status, body }).toEqual({ status: 200, body: { released: ['x-1', 'x-2'] } });
  expect([(await first).status, (await second).status]).toEqual([400, 200]);
  expect((await ask('GET', '/gates')).body).toEqual([]);
});

test('a gate that knows how many it waits for opens by itself', async () => {
  const { account, ask, refresh } = await served();
  const acme = await account({ service: 'plain' });
  await ask('POST', '/gates', { phase: 'after-commit', arrive: 2 });
  const both = await Promise.all([refresh(acme), refresh(acme)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
});

test('the ledger from a number on, the truth beside the wire, no secret in it', async () => {
  const { account, call, ask, ledger } = await served(['plain:same-words']);
  const acme = await account({ service: 'plain' });
  await ask('POST', '/clock', { advance: '2h' });
  await call(acme, '/v1/me');
  const all = await ledger();
  expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1));
  expect(all.at(-1)).toMatchObject({ kind: 'exchange.answered', status: 403, truth: 'expired' });
  expect((await ask('GET', '/ledger?since=3')).body).toEqual(all.slice(3));
  expect((await ask('GET', `/ledger?since=${all.length + 7}`)).body).toEqual([]);
  const text = JSON.stringify([all, (await ask('GET', '/state')).body]);
  for (const secret of [acme.accessToken, acme.refreshToken, acme.clientSecret])
    expect(text).not.toContain(secret);
});

test('the state tells of every token how long it lives and what ended it', async () => {
  const { account, refresh, ask } = await served();
  const acme = await account({ service: 'plain' });
  await refresh(acme);
  await ask('POST', '/accounts/acme-plain/acts', { act: 'end-sessions' });
  const { accounts, ledger, seed, hour4 } = (await ask('GET', '/state')).body;
  expect({ seed, hour4, entries: ledger.entries > 0 }).toEqual({ seed: 1, hour4: '0.1.0', entries: true });
  const tokens: { id: string; kind: string; live: boolean; endedBy: string | null; expiresAt: string }[] =
    accounts[0].tokens;
  expect(tokens.map(({ id, live, endedBy }) => [id, live, endedBy])).toEqual([
    ['acme-plain/at-1', false, 'session-ended'],
    ['acme-plain/at-2', false, 'session-ended'],
    ['acme-plain/rt-1', false, null],
    ['acme-plain/rt-2', true, null],
  ]);
  expect(tokens[0]?.expiresAt).toBe(acme.expiresAt);
});

test('the state tells of every account which acts its service knows', async () => {
  const { account, ask } = await served(['hubspot', 'plain']);
  for (const service of ['hubspot', 'plain']) await account({ service });
  const { accounts } = (await ask('GET', '/state')).body;
  const [hubspot, plain]: string[][] = accounts.map(({ acts }: { acts: { act: string }[] }) =>
    acts.map(({ act }) => act),
  );
  expect(accounts[0].acts[0]).toEqual({ act: 'revoke', title: 'the user revokes the grant' });
  // A changed password is nothing to HubSpot.
  expect(hubspot).toContain('narrow-scope');
  expect(hubspot).not.toContain('change-password');
  expect(plain).toContain('change-password');
  for (const act of hubspot?.filter((name) => name !== 'narrow-scope') ?? []) {
    expect((await ask('POST', '/accounts/acme-hubspot/acts', { act })).status).toBe(200);
  }
});

test('an event that a subject raises is on record', async () => {
  const { ask, ledger } = await served();
  const { eventsUrl } = (await ask('GET', '/state')).body;
  await fetch(eventsUrl, { method: 'POST', body: '{"type":"reauth_required"}' });
  expect((await ledger()).at(-1)).toMatchObject({
    kind: 'event.received',
    event: { type: 'reauth_required' },
  });
});

test('reset begins anew: the same seed gives the same tokens, and what was open is cut', async () => {
  const { account, ask, call, ledger } = await served();
  const before = await account({ service: 'plain' });
  await ask('POST', '/faults', { do: 'stall', match: { route: 'me' } });
  await ask('POST', '/clock', { advance: '5h' });
  const stalled = call(before, '/v1/me').then(
    () => 'answered',
    () => 'cut',
  );
  await expect.poll(async () => (await ledger()).some(({ kind }) => kind === 'fault.applied')).toBe(true);
  const { status, body } = await ask('POST', '/reset');
  expect(status).toBe(200);
  expect(body).toMatchObject({ accounts: [], faults: [], ledger: { entries: 0 }, clock: { rate: 1 } });
  expect(Date.parse(body.clock.now) - START_MS).toBeLessThan(MINUTE);
  expect(await stalled).toBe('cut');
  const after = await account({ service: 'plain' });
  expect({ ...after, expiresAt: '' }).toEqual({ ...before, expiresAt: '' });
  expect((await call(after, '/v1/me')).status).toBe(200);
});

test('a revoked grant can be consented again at the reauthorization url', async () => {
  const { account, ask } = await served();
  const acme = await account({ service: 'plain' });
  await ask('POST', '/accounts/acme-plain/acts', { act: 'revoke' });
  const consent = await fetch(acme.reauthUrl ?? '', { redirect: 'manual' });
  expect(consent.status).toBe(302);
  expect(consent.headers.get('location')).toContain('code=');
});
