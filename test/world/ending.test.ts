// An end that a knob puts off is put on record at its moment, and only if the token lived until then.

import { expect, test } from 'vitest';
import { entriesOf } from '../../harness/ledger.ts';
import type { TimelineStep } from '../../harness/scenario.ts';
import { createWorld } from '../../harness/world/world.ts';
import plain from '../../mocks/services/plain/index.ts';
import { manualClock } from './manual-clock.ts';

const MINUTE = 60_000;
const START_MS = Date.parse('2026-03-02T22:00:00.000Z');

async function endings(timeline: readonly TimelineStep[]) {
  const clock = manualClock(START_MS);
  const world = await createWorld({
    clock,
    scenario: 'test',
    variant: null,
    seed: 1,
    services: [{ ...plain, policy: { ...plain.policy, revocationDelayMs: 15 * MINUTE } }],
    accounts: [{ id: 'acme-plain', service: 'plain', tenant: 'acme' }],
    data: {},
    timeline,
    untilMs: 6 * 60 * MINUTE,
    latency: { minMs: 20, maxMs: 80 },
    bodyBytes: 1_000_000,
    connections: 100,
  });
  clock.settle(5 * 60 * MINUTE);
  await world.close();
  return entriesOf(world.ledger, 'token.revoked').map(({ at, token }) => [at / MINUTE, token]);
}

const act = (atMinutes: number, name: 'revoke' | 'end-sessions'): TimelineStep => ({
  atMs: atMinutes * MINUTE,
  act: name,
  account: 'acme-plain',
});

test('the refresh token is on record at once, the access token when its delay is over', async () => {
  expect(await endings([act(10, 'revoke')])).toEqual([
    [10, 'acme-plain/rt-1'],
    [25, 'acme-plain/at-1'],
  ]);
});

test('a token that is ended twice is on record once', async () => {
  expect(await endings([act(10, 'end-sessions'), act(12, 'revoke')])).toEqual([
    [12, 'acme-plain/rt-1'],
    [25, 'acme-plain/at-1'],
  ]);
});
