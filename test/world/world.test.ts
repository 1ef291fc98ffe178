// The world without a subject: order, latency, faults, truth and the record, through the function transport.

import { afterEach, describe, expect, test } from 'vitest';
import { entriesOf, formatLedger, parseLedger } from '../../harness/ledger.ts';
import type { TimelineStep } from '../../harness/scenario.ts';
import type { Fault } from '../../harness/world/faults.ts';
import { createWorld, type World } from '../../harness/world/world.ts';
import { type Answer, type Request, SERVICES } from '../../mocks/index.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';

const START_MS = Date.parse('2026-03-02T22:00:00.000Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const worlds: World[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

async function start(
  options: { seed?: number; timeline?: readonly TimelineStep[]; latencyMs?: number } = {},
) {
  const clock = manualClock(START_MS);
  const { seed = 1, timeline = [], latencyMs } = options;
  const world = await createWorld({
    clock,
    scenario: 'test',
    variant: null,
    seed,
    services: SERVICES.filter(({ id }) => id === 'plain'),
    accounts: [
      { id: 'acme-plain', service: 'plain', tenant: 'acme' },
      { id: 'globex-plain', service: 'plain', tenant: 'globex' },
    ],
    data: {},
    timeline,
    untilMs: 6 * HOUR,
    latency: latencyMs === undefined ? { minMs: 20, maxMs: 80 } : { minMs: latencyMs, maxMs: latencyMs },
    bodyBytes: 1_000_000,
    connections: 100,
  });
  worlds.push(world);
  return { clock, world, send: sender(world) };
}

type Ended = { answer: Answer | null; cut: 'close' | 'reset' | null; gone: (() => void)[] };

function sender(world: World) {
  return (request: Partial<Request> & { token?: string }): Ended => {
    const ended: Ended = { answer: null, cut: null, gone: [] };
    const { token, ...given } = request;
    world.receive(
      'plain',
      {
        method: 'GET',
        host: 'mock',
        path: '/v1/me',
        query: {},
        body: '',
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        ...given,
      },
      {
        socket: null,
        send: (answer) => {
          ended.answer = answer;
        },
        cut: (how) => {
          ended.cut = how;
        },
        onGone: (gone) => void ended.gone.push(gone),
      },
    );
    return ended;
  };
}

const account = (world: World, id = 'acme-plain') => {
  const found = world.accounts.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no account ${id}`);
  return found;
};

const refreshRequest = (world: World) => {
  const { clientId, clientSecret, refreshToken } = account(world);
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: refreshToken ?? '',
    client_id: clientId,
    client_secret: clientSecret ?? '',
  }).toString();
  return { method: 'POST', path: '/oauth/token', body };
};

const fault = (deed: Partial<Fault>, clock: ManualClock) =>
  [{ atMs: clock.nowMs, fault: { id: 'f', match: {}, ...deed } as Fault }] satisfies TimelineStep[];

describe('an exchange', () => {
  test('takes its latency, and is on record with truth and token ids', async () => {
    const { clock, world, send } = await start({ latencyMs: 50 });
    const ended = send({ token: account(world).accessToken });
    clock.settle(49);
    expect(ended.answer).toBeNull();
    clock.settle(50);
    expect(ended.answer?.status).toBe(200);
    expect(entriesOf(world.ledger, 'exchange.opened')[0]).toMatchObject({
      at: 0,
      route: 'me',
      token: 'acme-plain/at-1',
    });
    expect(entriesOf(world.ledger, 'exchange.answered')[0]).toMatchObject({
      at: 50,
      status: 200,
      truth: 'ok',
    });
  });

  test('meets a token that died in flight', async () => {
    const { clock, world, send } = await start({ latencyMs: 60 });
    clock.settle(HOUR - 10);
    const ended = send({ token: account(world).accessToken });
    clock.settle(HOUR + MINUTE);
    expect(ended.answer?.status).toBe(401);
    expect(entriesOf(world.ledger, 'token.refused')[0]).toMatchObject({ at: HOUR + 20, truth: 'expired' });
  });

  test('whose caller hangs up is lost, and says whether the engine had seen it', async () => {
    const { clock, world, send } = await start({ latencyMs: 50 });
    const early = send({ token: account(world).accessToken });
    clock.settle(10);
    for (const gone of early.gone) gone();
    clock.settle(20);
    const late = send({ token: account(world).accessToken });
    clock.settle(60);
    for (const gone of late.gone) gone();
    clock.settle(200);
    expect(entriesOf(world.ledger, 'exchange.lost')).toMatchObject([
      { at: 10, committed: false, by: 'subject' },
      { at: 60, committed: true, truth: 'ok', by: 'subject' },
    ]);
    expect(late.answer).toBeNull();
  });

  test('of a token nobody minted is told from one without a token', async () => {
    const { clock, world, send } = await start();
    send({ token: 'never-minted-by-anyone' });
    send({});
    clock.settle(MINUTE);
    const tokens = entriesOf(world.ledger, 'exchange.opened').map(({ token }) => token);
    expect(tokens.sort()).toEqual([null, 'unminted']);
  });
});

describe('simultaneous requests', () => {
  const race = async (order: readonly string[]) => {
    const { clock, world, send } = await start({ latencyMs: 0 });
    for (const path of order) send({ path, token: account(world).accessToken });
    clock.settle(1);
    return formatLedger(world.ledger);
  };

  test('are taken in an order that does not depend on their arrival', async () => {
    const paths = ['/v1/items', '/v1/me', '/v1/admin'];
    expect(await race(paths)).toBe(await race([...paths].reverse()));
  });
});

describe('the record', () => {
  test('is the same for the same seed, and differs for another', async () => {
    const night = async (seed: number) => {
      const { clock, world, send } = await start({ seed });
      for (let minute = 0; minute < 90; minute += 10) {
        clock.settle(minute * MINUTE);
        send({ token: account(world).accessToken });
      }
      clock.settle(2 * HOUR);
      return formatLedger(world.ledger);
    };
    expect(await night(1)).toBe(await night(1));
    expect(await night(1)).not.toBe(await night(2));
  });

  test('never holds a secret', async () => {
    const { clock, world, send } = await start();
    send(refreshRequest(world));
    send({
      path: `/v1/items/${account(world).accessToken}`,
      query: { token: account(world).refreshToken ?? '' },
    });
    clock.settle(MINUTE);
    const text = formatLedger(world.ledger);
    for (const { accessToken, refreshToken, clientSecret } of world.accounts) {
      for (const secret of [accessToken, refreshToken, clientSecret]) expect(text).not.toContain(secret);
    }
    expect(entriesOf(world.ledger, 'leak').map(({ place, token }) => `${place} ${token}`)).toEqual([
      'url acme-plain/at-1',
      'url acme-plain/rt-1',
    ]);
  });

  test('notes the death of a token by age when it comes', async () => {
    const { clock, world } = await start();
    clock.settle(2 * HOUR);
    expect(entriesOf(world.ledger, 'token.expired')).toMatchObject([
      { at: HOUR, token: 'acme-plain/at-1' },
      { at: HOUR, token: 'globex-plain/at-1' },
    ]);
  });

  test('can be written and read back', async () => {
    const { clock, world, send } = await start();
    send(refreshRequest(world));
    clock.settle(MINUTE);
    expect(parseLedger(formatLedger(world.ledger))).toEqual({
      world: world.ledger.world,
      entries: world.ledger.entries,
    });
    expect(() => parseLedger('{"kind":"nothing"}\n')).toThrow('not a ledger');
  });
});

describe('a timeline', () => {
  test('carries out acts at their moment', async () => {
    const timeline = [{ atMs: 30 * MINUTE, account: 'acme-plain', act: 'revoke' }] as const;
    const { clock, world, send } = await start({ timeline });
    clock.settle(29 * MINUTE);
    const before = send({ token: account(world).accessToken });
    clock.settle(31 * MINUTE);
    const after = send({ token: account(world).accessToken });
    const other = send({ token: account(world, 'globex-plain').accessToken });
    clock.settle(32 * MINUTE);
    expect([before, after, other].map(({ answer }) => answer?.status)).toEqual([200, 401, 200]);
    expect(entriesOf(world.ledger, 'act')).toMatchObject([
      { at: 30 * MINUTE, act: 'revoke', account: 'acme-plain' },
    ]);
    expect(entriesOf(world.ledger, 'token.revoked').map(({ token }) => token)).toEqual([
      'acme-plain/at-1',
      'acme-plain/rt-1',
    ]);
  });

  test('that names an account the world does not have is an error', async () => {
    const timeline = [{ atMs: 1, account: 'nobody', act: 'revoke' }] as const;
    await expect(start({ timeline })).rejects.toThrow('account "nobody"');
  });
});

describe('a fault', () => {
  const during = async (deed: Partial<Fault>) => {
    const clock = manualClock(START_MS);
    const started = await start({ latencyMs: 10, timeline: fault(deed, clock) });
    started.clock.settle(0);
    return started;
  };

  test('that answers keeps the request from the engine', async () => {
    const { clock, world, send } = await during({
      do: 'answer',
      answer: { status: 503, headers: { 'retry-after': '7' }, body: 'no' },
    });
    const ended = send(refreshRequest(world));
    clock.settle(MINUTE);
    expect(ended.answer?.status).toBe(503);
    expect(entriesOf(world.ledger, 'exchange.answered')[0]).toMatchObject({
      committed: false,
      truth: 'fault',
      retryAfterMs: 7000,
    });
    expect(entriesOf(world.ledger, 'token.rotated')).toEqual([]);
  });

  test.each(['before-commit', 'after-commit'] as const)(
    'that drops %s closes the connection',
    async (when) => {
      const { clock, world, send } = await during({ do: 'drop', when });
      const ended = send(refreshRequest(world));
      clock.settle(MINUTE);
      expect(ended).toMatchObject({ answer: null, cut: 'close' });
      expect(entriesOf(world.ledger, 'exchange.lost')).toMatchObject([
        { committed: when === 'after-commit', by: 'fault' },
      ]);
      expect(entriesOf(world.ledger, 'token.rotated')).toHaveLength(when === 'after-commit' ? 1 : 0);
    },
  );

  test('that resets says so to the transport', async () => {
    const { clock, world, send } = await during({ do: 'reset', when: 'before-commit' });
    const ended = send(refreshRequest(world));
    clock.settle(MINUTE);
    expect(ended.cut).toBe('reset');
  });

  test('that stalls commits and never answers', async () => {
    const { clock, world, send } = await during({ do: 'stall' });
    const ended = send(refreshRequest(world));
    clock.settle(HOUR);
    expect(ended).toMatchObject({ answer: null, cut: null });
    expect(entriesOf(world.ledger, 'token.rotated')).toHaveLength(1);
  });

  test('that delays keeps the request on the way', async () => {
    const { clock, world, send } = await during({ do: 'delay', ms: 5000 });
    const ended = send(refreshRequest(world));
    clock.settle(5009);
    expect(ended.answer).toBeNull();
    clock.settle(5010);
    expect(ended.answer?.status).toBe(200);
  });

  test('that rewrites replaces fields and removes those set to null', async () => {
    const { clock, world, send } = await during({
      do: 'rewrite',
      fields: { expires_in: '3600', refresh_token: null },
    });
    const ended = send(refreshRequest(world));
    clock.settle(MINUTE);
    expect(ended.answer?.body).toMatchObject({ expires_in: '3600' });
    expect(ended.answer?.body).not.toHaveProperty('refresh_token');
  });

  test('meets only what it matches, only the nth, only so often, only until its end', async () => {
    const answer = { status: 500, headers: {}, body: '' };
    const { clock, world, send } = await during({ do: 'answer', answer, match: { route: 'me', nth: 2 } });
    const statuses: (number | undefined)[] = [];
    for (let i = 0; i < 3; i++) {
      const ended = send({ token: account(world).accessToken });
      clock.settle(clock.nowMs + 100);
      statuses.push(ended.answer?.status);
    }
    expect(statuses).toEqual([200, 500, 200]);
    expect(entriesOf(world.ledger, 'fault.applied')).toHaveLength(1);
  });
});
