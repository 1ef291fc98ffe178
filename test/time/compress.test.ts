// Compressed time: durations shrink by their names, instants move with the run, and the record is told in true time.

import { expect, test } from 'vitest';
import { createLedger } from '../../harness/ledger.ts';
import { compressed, intoPlan, intoRun } from '../../harness/time/compress.ts';
import { SERVICES } from '../../mocks/index.ts';

const PLANNED = Date.parse('2026-03-02T22:00:00.000Z');
const STARTED = Date.parse('2026-11-22T09:00:00.000Z');
const PROJECTION = { plannedMs: PLANNED, startedMs: STARTED, factor: 360 };

test('durations are divided wherever they lie, and nothing else is', () => {
  const answer = () => null;
  const plan = {
    untilMs: 21_600_000,
    count: 3600,
    at: 7,
    deep: [{ fault: { do: 'delay', ms: 7200 } }],
    answer,
  };
  expect(compressed(plan, 360)).toEqual({
    untilMs: 60_000,
    count: 3600,
    at: 7,
    deep: [{ fault: { do: 'delay', ms: 20 } }],
    answer,
  });
});

test('a wait that a service asks for is divided, too, and is never too short', () => {
  const answered = (wait: string) => ({ answer: { headers: { 'Retry-After': wait, 'x-limit': '180' } } });
  for (const [wait, short] of [
    ['180', '1'],
    ['361', '2'],
    ['0', '0'],
    ['Tue, 03 Mar 2026 01:00:00 GMT', 'Tue, 03 Mar 2026 01:00:00 GMT'],
  ] as const)
    expect(compressed(answered(wait), 360)).toEqual(answered(short));
});

test('a service keeps all it is but its durations', () => {
  for (const service of SERVICES) {
    const small = compressed(service, 360);
    expect(small.wire.map(({ id }) => id)).toEqual(service.wire.map(({ id }) => id));
    expect(small.tokenAnswer).toBe(service.tokenAnswer);
    expect(small.policy.codeTtlMs).toBe(Math.round(service.policy.codeTtlMs / 360));
    if (service.policy.access.kind === 'fixed')
      expect(small.policy.access).toMatchObject({ ttlMs: Math.round(service.policy.access.ttlMs / 360) });
  }
});

test('instants of the plan lie in the run, as far from its start by the factor', () => {
  const data = { deals: [{ changed: '2026-03-03T04:00:00.000Z', name: 'at 2026-03-03T04:00:00.000Z' }] };
  expect(intoRun(data, PROJECTION)).toEqual({
    deals: [{ changed: '2026-11-22T09:01:00.000Z', name: 'at 2026-11-22T09:01:00.000Z' }],
  });
});

test('the record is told in true time: its own moments and durations, and every instant in it', () => {
  let nowMs = 0;
  const ledger = createLedger(
    {
      kind: 'world',
      schema: 'hour4/ledger@1',
      seed: 1,
      start: new Date(STARTED).toISOString(),
      mode: 'compressed',
      scenario: 'hour-four',
      variant: null,
      untilMs: 60_000,
      accounts: [
        {
          id: 'acme-plain',
          service: 'plain',
          tenant: 'acme',
          statesLifetime: true,
          rotates: true,
          graceMs: 1000,
          reuse: 'refused',
        },
      ],
    },
    () => nowMs,
  );
  const token = {
    party: 'world',
    service: 'plain',
    account: 'acme-plain',
    token: 'acme-plain/at-1',
    exchange: null,
  };
  ledger.append({ kind: 'token.minted', ...token, tokenKind: 'access', expiresAt: 5000 });
  nowMs = 10_000;
  const said = 'The token expired at 2026-11-22T09:00:10.000Z.';
  const body = { at: 12, graceMs: 3, changed: '2026-11-22T09:00:10.000Z', said };
  ledger.append({ kind: 'event.received', party: 'agent', event: body, via: 'http' });
  const { world, entries } = intoPlan(ledger, PROJECTION);
  expect(world).toMatchObject({ start: '2026-03-02T22:00:00.000Z', timeFactor: 360, untilMs: 21_600_000 });
  expect(world.accounts[0]?.graceMs).toBe(360_000);
  expect(entries[0]).toMatchObject({ at: 0, expiresAt: 1_800_000 });
  expect(entries[1]).toMatchObject({
    at: 3_600_000,
    event: {
      at: 12,
      graceMs: 3,
      changed: '2026-03-02T23:00:00.000Z',
      said: 'The token expired at 2026-03-02T23:00:00.000Z.',
    },
  });
});

test('what was moved into the run comes back as it was planned', () => {
  const moments = Array.from({ length: 50 }, (_, nth) => new Date(PLANNED + nth * 360_000).toISOString());
  const instants = [...moments, `from ${moments[1]} to ${moments[2]}`];
  const moved = intoRun(instants, PROJECTION);
  const ledger = createLedger(
    {
      kind: 'world',
      schema: 'hour4/ledger@1',
      seed: 1,
      start: '',
      mode: 'compressed',
      scenario: 's',
      variant: null,
      untilMs: 1,
      accounts: [],
    },
    () => 0,
  );
  ledger.append({ kind: 'event.received', party: 'agent', event: moved, via: 'http' });
  expect(intoPlan(ledger, PROJECTION).entries[0]).toMatchObject({ event: instants });
});
