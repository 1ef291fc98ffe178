// Every bad input to the control API: the field, the fix, and nothing changed.

import { expect, test } from 'vitest';
import { type Served, send, served } from './served.ts';

const stateWithoutTime = async ({ ask }: Served) => {
  const { clock: _moving, ...rest } = (await ask('GET', '/state')).body;
  return rest;
};

const LINES = 'a number with a unit (ms, s, m, h, d), or a sum such as 3h58m';

test.each<[string, unknown, string | null, string]>([
  ['/clock', '{"advance"', null, 'the body is not JSON: '],
  ['/clock', '[1]', null, 'the body must be a JSON object'],
  ['/clock', '"31m"', null, 'the body must be a JSON object'],
  ['/clock', '', null, 'the body: says nothing: give advance, set or rate'],
  ['/clock', {}, null, 'the body: says nothing: give advance, set or rate'],
  ['/clock', { advnce: '31m' }, 'advnce', 'advnce: unknown key: did you mean "advance"?'],
  ['/clock', { advance: 31 }, 'advance', `advance: is no duration: write ${LINES} (got 31)`],
  ['/clock', { advance: '-5m' }, 'advance', `advance: is no duration: write ${LINES} (got "-5m")`],
  [
    '/clock',
    { advance: '99999999999d' },
    'advance',
    'advance: is too far: the last moment is 9999-12-31T23:59:59.999Z',
  ],
  [
    '/clock',
    { set: 'tomorrow' },
    'set',
    'set: is no instant: write one like 2026-03-03T02:00:00.000Z (got "tomorrow")',
  ],
  [
    '/clock',
    { set: '2020-01-01T00:00:00Z' },
    'set',
    'set: time does not run backwards: it is 2026-03-02T22:00:',
  ],
  [
    '/clock',
    { advance: '1m', set: '2027-01-01T00:00:00Z' },
    'set',
    'set: contradicts advance: leave one of them out',
  ],
  ['/clock', { rate: -1 }, 'rate', 'rate: must be 0 or more (got -1)'],
  ['/clock', { rate: '60' }, 'rate', 'rate: must be a number (got "60")'],
  ['/clock', { rate: 1e9 }, 'rate', 'rate: is too fast: 1000000 is the most (got 1000000000)'],
  ['/reset', { seed: 3 }, 'seed', 'seed: unknown key'],
  [
    '/gates',
    { match: {}, phase: 'before-commit', arrive: 2, release: [0, 5] },
    'release',
    'release: there is no place 5: of 2 the last is 1',
  ],
  [
    '/gates',
    { match: {}, phase: 'before-commit', arrive: 2, release: [0, 0] },
    'release',
    'release: names place 0 twice',
  ],
  [
    '/gates',
    { match: {}, phase: 'before-commit', arrive: 2, giveUp: '30s', giveUpMs: 5 },
    'giveUpMs',
    'giveUpMs: contradicts giveUp',
  ],
  ['/gates', { match: {}, phase: 'before-commit', giveUp: 'soon' }, 'giveUp', 'giveUp: is no duration'],
  ['/accounts', {}, 'service', 'service: is missing: it must be a string'],
  ['/accounts', { service: 'plian' }, 'service', 'service: "plian" is not served: did you mean "plain"?'],
  [
    '/accounts',
    { service: 'plain', tenant: 'Acme Ltd' },
    'tenant',
    'tenant: is no id: write lower-case letters',
  ],
  [
    '/accounts',
    { service: 'plain', tenant: 'a'.repeat(25) },
    'tenant',
    'tenant: is too long: 24 characters are the most',
  ],
  [
    '/accounts',
    { service: 'plain', scopes: 'read' },
    'scopes',
    'scopes: must be an array (got "read"): write a list',
  ],
  [
    '/accounts',
    { service: 'plain', scopes: ['a b'] },
    'scopes.0',
    'scopes.0: is no scope: one word, without spaces',
  ],
  [
    '/accounts',
    { service: 'plain', variant: 'same-word' },
    'variant',
    'variant: no variant "same-word": did you mean "same-words"?',
  ],
  [
    '/accounts',
    { service: 'plain', variant: '__proto__' },
    'variant',
    'variant: no variant "__proto__": known: ',
  ],
  ['/accounts/acme-plain/acts', {}, 'act', 'act: is missing: it must be '],
  [
    '/accounts/acme-plain/acts',
    { act: 'revok' },
    'act',
    'act: is not known: did you mean "revoke"? (got "revok")',
  ],
  [
    '/accounts/acme-plain/acts',
    { act: 'narrow-scope' },
    'scopes',
    'scopes: is missing: name the scopes that remain',
  ],
  [
    '/accounts/acme-plain/acts',
    { act: 'revoke', scopes: [] },
    'scopes',
    'scopes: has no meaning here: leave it out (got [])',
  ],
  ['/faults', {}, 'do', 'do: is missing: it must be delay or '],
  ['/faults', { do: 'dely' }, 'do', 'do: is not known: did you mean "delay"? (got "dely")'],
  ['/faults', { do: 'delay' }, 'ms', 'ms: is missing: it must be a number'],
  ['/faults', { do: 'delay', ms: -1 }, 'ms', 'ms: must be 0 or more (got -1)'],
  ['/faults', { do: 'drop' }, 'when', 'when: is missing: it must be before-commit or after-commit'],
  ['/faults', { do: 'stall', ms: 5 }, 'ms', 'ms: unknown key: '],
  [
    '/faults',
    { do: 'dns' },
    'do',
    'do: dns meets the names and certificates of real hosts: serve with --proxy',
  ],
  [
    '/faults',
    { do: 'answer', answer: { status: 99 } },
    'answer.status',
    'answer.status: must be 200 or more (got 99)',
  ],
  [
    '/faults',
    { do: 'answer', answer: { status: 200, headers: { 'x-a': 'b\r\nx: y' } } },
    'answer.headers.x-a',
    'answer.headers.x-a: is no header value',
  ],
  [
    '/faults',
    { do: 'answer', answer: { status: 200, headers: { 'content-length': '1' } } },
    'answer.headers.content-length',
    'is no header that can be set',
  ],
  [
    '/faults',
    { preset: 'rate-limt' },
    'preset',
    'preset: is not known: did you mean "rate-limit"? (got "rate-limt")',
  ],
  [
    '/faults',
    { preset: 'slow', match: { routes: 'me' } },
    'match.routes',
    'match.routes: unknown key: did you mean "route"?',
  ],
  [
    '/faults',
    { preset: 'slow', match: { route: 'mee' } },
    'match.route',
    'match.route: there is no route "mee" here: did you mean "me"?',
  ],
  [
    '/faults',
    { preset: 'slow', match: { service: 'hubspot' } },
    'match.service',
    'match.service: there is no service "hubspot" here: known: plain',
  ],
  [
    '/faults',
    { preset: 'slow', match: { account: 'acme' } },
    'match.account',
    'match.account: there is no account "acme" here: known: acme-plain',
  ],
  ['/faults', { preset: 'slow', match: { nth: 0 } }, 'match.nth', 'match.nth: must be 1 or more (got 0)'],
  ['/faults', { preset: 'slow', id: 'there' }, 'id', 'id: there is a fault "there" already: choose another'],
  ['/gates', { phase: 'before' }, 'phase', 'phase: is not known: known: before-commit, after-commit'],
  ['/gates', { phase: 'before-commit', arrive: 0 }, 'arrive', 'arrive: must be 1 or more (got 0)'],
  [
    '/gates',
    { phase: 'before-commit', release: 'none' },
    'release',
    'release: is no order: write all, or places from 0',
  ],
  [
    '/gates',
    { phase: 'before-commit', id: 'closed' },
    'id',
    'id: there is a gate "closed" already: choose another',
  ],
  ['/gates/closed/release', { order: ['x-1'] }, 'order.0', 'order.0: must be a number (got "x-1")'],
])('POST %s %j', async (path, body, field, error) => {
  const world = await served();
  await world.account({ service: 'plain' });
  await world.ask('POST', '/faults', { id: 'there', do: 'stall', match: { nth: 9 } });
  await world.ask('POST', '/gates', { id: 'closed', phase: 'before-commit' });
  const [before, { now }] = [await stateWithoutTime(world), (await world.ask('GET', '/clock')).body];
  const answered = await world.ask('POST', path, body);
  expect(answered).toEqual({ status: 400, body: { error: expect.stringContaining(error), field } });
  expect(await stateWithoutTime(world)).toEqual(before);
  expect((await world.ask('GET', '/clock')).body.now).toBe(now);
});

test.each([
  [
    'POST',
    '/accounts/acme-plian/acts',
    { act: 'revoke' },
    'there is no account "acme-plian": did you mean "acme-plain"?',
  ],
  ['DELETE', '/faults/slwo', undefined, 'there is no fault "slwo": did you mean "slow"?'],
  ['POST', '/gates/clsed/release', {}, 'no gate "clsed" stands: did you mean "closed"?'],
])('%s %s: 404 with the nearest name', async (method, path, body, error) => {
  const { account, ask } = await served();
  await account({ service: 'plain' });
  await ask('POST', '/faults', { id: 'slow', preset: 'slow' });
  await ask('POST', '/gates', { id: 'closed', phase: 'before-commit' });
  expect(await ask(method, path, body)).toEqual({ status: 404, body: { error, field: 'id' } });
});

test('a path where nothing is: 404 with everything that there is', async () => {
  const { ask } = await served();
  const { status, body } = await ask('GET', '/stat');
  expect({ status, error: body.error }).toEqual({ status: 404, error: 'nothing is at /_hour4/stat' });
  expect(body.routes).toContain('GET /_hour4/state');
  expect(body.routes).toHaveLength(14);
});

test('a method that means nothing: 405 with those that do', async () => {
  const { ask } = await served();
  expect(await ask('DELETE', '/clock')).toEqual({
    status: 405,
    body: { error: 'DELETE means nothing at /_hour4/clock: it takes GET or POST', field: null },
  });
});

test.each(['x', '-1', '1.5', '99999999999999999999'])('since=%s is no number of an entry', async (since) => {
  const { ask } = await served();
  const { status, body } = await ask('GET', `/ledger?since=${since}`);
  expect({ status, field: body.field }).toEqual({ status: 400, field: 'since' });
  expect(body.error).toContain(`(got "${since}")`);
});

test('a web page may not give orders, neither from its own origin nor under a name that was made to point here', async () => {
  const { api, ask, account } = await served();
  await account({ service: 'plain' });
  const host = new URL(api).host;
  const port = new URL(api).port;
  const from = (headers: Record<string, string>) => send(`${api}/reset`, { method: 'POST', headers });
  expect((await from({ origin: 'https://evil.example' })).status).toBe(403);
  expect((await from({ origin: 'null' })).status).toBe(403);
  expect((await from({ host: `evil.example:${port}` })).status).toBe(403);
  expect((await from({ host: `127.0.0.1.evil.example:${port}` })).status).toBe(403);
  expect((await ask('GET', '/state')).body.accounts).toHaveLength(1);
  expect((await from({ host: `localhost:${port}`, origin: `http://localhost:${port}` })).status).toBe(200);
  expect((await from({ origin: `http://${host}` })).status).toBe(200);
});
