// A token of several parts accuses by its secret ones only: the id of an access key may be shown to anybody.

import { expect, test } from 'vitest';
import { entriesOf } from '../../harness/ledger.ts';
import { createWorld } from '../../harness/world/world.ts';
import { type Request, SERVICES } from '../../mocks/index.ts';
import { manualClock } from './manual-clock.ts';

const HOUR = 3_600_000;

test('an access key id in a path is no leak, its secret and its session token are', async () => {
  const clock = manualClock(Date.parse('2026-03-02T22:00:00.000Z'));
  const world = await createWorld({
    clock,
    scenario: 'test',
    variant: null,
    seed: 1,
    services: SERVICES.filter(({ id }) => id === 'aws'),
    accounts: [{ id: 'acme-aws', service: 'aws', tenant: 'acme' }],
    data: {},
    timeline: [],
    untilMs: HOUR,
    latency: { minMs: 20, maxMs: 80 },
    bodyBytes: 1_000_000,
    connections: 100,
  });
  try {
    const parts = JSON.parse(world.accounts[0]?.accessToken ?? '');
    const show = (part: string) => {
      const path = `/acme-nightly/${encodeURIComponent(part)}`;
      const request: Request = { method: 'GET', host: 'mock', path, query: {}, headers: {}, body: '' };
      world.receive('aws', request, { socket: null, send: () => {}, cut: () => {}, onGone: () => {} });
      clock.settle(clock.nowMs + 1000);
      return entriesOf(world.ledger, 'leak').length;
    };
    expect(show(parts.AccessKeyId)).toBe(0);
    expect(show(parts.SecretAccessKey)).toBe(1);
    expect(show(parts.SessionToken)).toBe(2);
    expect(entriesOf(world.ledger, 'leak')[0]).toMatchObject({ place: 'url', token: 'acme-aws/at-1' });
  } finally {
    await world.close();
  }
});
