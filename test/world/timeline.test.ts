// Steps of a timeline: by the clock, or by what has happened; and what services tell of acts.

import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { entriesOf } from '../../harness/ledger.ts';
import type { TimelineStep } from '../../harness/scenario.ts';
import type { Blow } from '../../harness/world/blows.ts';
import type { Delivery } from '../../harness/world/webhooks.ts';
import { createWorld, type World } from '../../harness/world/world.ts';
import { SERVICES } from '../../mocks/index.ts';
import { manualClock } from './manual-clock.ts';

const HOUR = 3_600_000;
const worlds: World[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

async function start(timeline: readonly TimelineStep[], service = 'plain') {
  const clock = manualClock(Date.parse('2026-03-02T22:00:00.000Z'));
  const world = await createWorld({
    clock,
    scenario: 'test',
    variant: null,
    seed: 1,
    services: SERVICES.filter(({ id }) => id === service),
    accounts: [{ id: `acme-${service}`, service, tenant: 'acme' }],
    data: {},
    timeline,
    untilMs: 6 * HOUR,
    latency: { minMs: 40, maxMs: 40 },
    bodyBytes: 1_000_000,
    connections: 100,
  });
  worlds.push(world);
  return { clock, world };
}

const actsOf = (world: World) => entriesOf(world.ledger, 'act').map(({ at, act }) => [at, act]);

describe('a step that waits for an entry', () => {
  const account = 'acme-plain';

  test('is taken when it comes, or so long after', async () => {
    const { clock, world } = await start([
      { when: { entry: 'token.expired' }, account, act: 'end-sessions' },
      { when: { entry: 'token.expired', afterMs: 500 }, account, act: 'revoke' },
    ]);
    clock.settle(HOUR - 1);
    expect(actsOf(world)).toEqual([]);
    clock.settle(2 * HOUR);
    expect(actsOf(world)).toEqual([
      [HOUR, 'end-sessions'],
      [HOUR + 500, 'revoke'],
    ]);
  });

  test('is taken once, for the nth entry that has the fields', async () => {
    const { clock, world } = await start([
      { atMs: 10, account, act: 'deny-by-policy' },
      { atMs: 20, account, act: 'restrict-ip' },
      { atMs: 30, account, act: 'deny-by-policy' },
      { atMs: 40, account, act: 'deny-by-policy' },
      { when: { entry: 'act', match: { act: 'deny-by-policy' }, nth: 2 }, account, act: 'revoke' },
    ]);
    clock.settle(HOUR);
    expect(actsOf(world).filter(([, act]) => act === 'revoke')).toEqual([[30, 'revoke']]);
  });
});

describe('a blow', () => {
  test('is dealt by whoever has taken it over; one at the store is on record', async () => {
    const { clock, world } = await start([
      { atMs: 10, blow: { do: 'kill', party: 'broker-1' } },
      { atMs: 20, blow: { store: 'full' } },
    ]);
    const dealt: Blow[] = [];
    world.onBlow((blow) => void dealt.push(blow));
    clock.settle(100);
    expect(dealt).toEqual([{ do: 'kill', party: 'broker-1' }, { store: 'full' }]);
    expect(entriesOf(world.ledger, 'blow')).toMatchObject([{ at: 20, store: 'full' }]);
  });

  test('can be dealt to whoever the entry that it waited for is about', async () => {
    const { clock, world } = await start([
      { when: { entry: 'process.ready' }, blow: { do: 'pause', party: '{party}' } },
      { when: { entry: 'process.ready', afterMs: 50 }, blow: { do: 'resume', party: '{party}' } },
    ]);
    const dealt: [number, Blow][] = [];
    world.onBlow((blow) => void dealt.push([clock.nowMs, blow]));
    world.ledger.append({ kind: 'process.ready', party: 'broker-2' });
    clock.settle(100);
    expect(dealt).toEqual([
      [0, { do: 'pause', party: 'broker-2' }],
      [50, { do: 'resume', party: 'broker-2' }],
    ]);
  });

  test('that nobody carries out is a mistake', async () => {
    const { clock } = await start([{ atMs: 10, blow: { do: 'kill', party: 'agent' } }]);
    expect(() => clock.settle(100)).toThrow('nobody carries it out');
  });
});

describe('what a service tells of an act', () => {
  const REVOKED: TimelineStep = { atMs: 100, account: 'acme-stripe', act: 'revoke' };

  test('is brought to the subject after its latency, and its answer goes on record', async () => {
    const { clock, world } = await start([REVOKED], 'stripe');
    const brought: Delivery[] = [];
    world.onWebhook(async (delivery) => {
      brought.push(delivery);
      return 204;
    });
    clock.settle(139);
    expect(brought).toEqual([]);
    clock.settle(140);
    await Promise.resolve();
    expect(brought).toMatchObject([{ event: 'account.application.deauthorized', account: 'acme-stripe' }]);
    expect(entriesOf(world.ledger, 'webhook.sent')).toMatchObject([{ at: 140, delivery: 'w-1' }]);
    expect(entriesOf(world.ledger, 'webhook.answered')).toMatchObject([{ status: 204 }]);
    expect(world.capture('agent', 'stdout', `secret ${world.webhookSecrets.stripe}`)).toBe(
      'secret [stripe/webhook-secret]',
    );
  });

  test('can be forged: nothing has happened, and the signature is somebody else’s', async () => {
    const forge: TimelineStep = { atMs: 100, account: 'acme-stripe', forge: 'revoke' };
    const { clock, world } = await start([forge, REVOKED], 'stripe');
    const brought: Delivery[] = [];
    world.onWebhook(async (delivery) => {
      brought.push(delivery);
      return 400;
    });
    clock.settle(140);
    expect(entriesOf(world.ledger, 'webhook.sent')).toMatchObject([
      { delivery: 'w-1', forged: true },
      { delivery: 'w-2' },
    ]);
    expect(actsOf(world)).toEqual([[100, 'revoke']]);
    const signed = brought.map(({ headers, body }) => {
      const [, time, signature] = /^t=([0-9]+),v1=(.*)$/.exec(headers['stripe-signature'] ?? '') ?? [];
      const { stripe = '' } = world.webhookSecrets;
      return signature === createHmac('sha256', stripe).update(`${time}.${body}`).digest('hex');
    });
    expect(signed).toEqual([false, true]);
  });

  test('is not sent where nobody listens, nor by a service that tells nothing', async () => {
    const { clock, world } = await start([REVOKED], 'stripe');
    clock.settle(HOUR);
    expect(entriesOf(world.ledger, 'webhook.sent')).toEqual([]);
    const silent = await start([{ atMs: 1, account: 'acme-plain', act: 'revoke' }]);
    silent.world.onWebhook(async () => 204);
    silent.clock.settle(HOUR);
    expect(entriesOf(silent.world.ledger, 'webhook.sent')).toEqual([]);
  });
});
