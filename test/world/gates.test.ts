// Gates hold what fits, and release it in the order asked for, when enough have come or nothing else will.

import { expect, test } from 'vitest';
import { createLedger, entriesOf, type LedgerWriter } from '../../harness/ledger.ts';
import { createGates, type Gate, type Gates } from '../../harness/world/gates.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';

const WORLD = {
  kind: 'world',
  schema: 'hour4/ledger@1',
  seed: 1,
  start: '2026-03-02T22:00:00.000Z',
  mode: 'exact',
  scenario: 'test',
  variant: null,
  untilMs: 3_600_000,
  accounts: [],
} as const;
const TOKEN = { service: 'plain', route: 'token', account: 'acme-plain', party: 'agent' };
const TWO: Gate = { id: 'two', match: { route: 'token' }, phase: 'before-commit', arrive: 2, release: 'all' };

interface Setup {
  readonly clock: ManualClock;
  readonly ledger: LedgerWriter;
  readonly gates: Gates;
  readonly went: string[];
  arrive(exchange: string, more?: { route?: string; gone?: boolean; phase?: Gate['phase'] }): void;
}

function setup(...closed: Gate[]): Setup {
  const clock = manualClock(Date.parse(WORLD.start));
  const ledger = createLedger(WORLD, () => clock.nowMs);
  const gates = createGates(clock, ledger);
  clock.onQuiescent(gates.atRest);
  for (const gate of closed) gates.add(gate);
  const went: string[] = [];
  return {
    clock,
    ledger,
    gates,
    went,
    arrive: (exchange, { route = 'token', gone = false, phase = 'before-commit' } = {}) => {
      const stop = gates.inTheWay(phase, { ...TOKEN, route });
      const go = () => void went.push(exchange);
      if (stop === null) go();
      else stop({ exchange, party: 'agent', isGone: () => gone, go });
    },
  };
}

test('what fits no gate goes on at once', () => {
  const { went, arrive } = setup(TWO);
  arrive('x-1', { route: 'me' });
  arrive('x-2', { phase: 'after-commit' });
  expect(went).toEqual(['x-1', 'x-2']);
});

test.each([
  ['all', ['x-1', 'x-2', 'x-3']],
  [
    [2, 0, 1],
    ['x-3', 'x-1', 'x-2'],
  ],
  [[1], ['x-2', 'x-1', 'x-3']],
  [
    [7, 2, 2],
    ['x-3', 'x-1', 'x-2'],
  ],
] as const)('three arrive, and go in the order %j', (release, expected) => {
  const { clock, went, arrive } = setup({ ...TWO, arrive: 3, release });
  for (const exchange of ['x-1', 'x-2', 'x-3']) arrive(exchange);
  expect(went).toEqual([]);
  clock.settle(0);
  expect(went).toEqual(expected);
});

test('a gate that has released stands open for those that come later', () => {
  const { clock, went, arrive, gates } = setup(TWO);
  for (const exchange of ['x-1', 'x-2', 'x-3']) arrive(exchange);
  clock.settle(0);
  expect(went).toEqual(['x-3', 'x-1', 'x-2']);
  expect(gates.standing()).toEqual([]);
});

test('it lets go at once when nothing is due before it would give up', () => {
  const { clock, ledger, went, arrive } = setup(TWO);
  arrive('x-1');
  clock.settle(0);
  expect(went).toEqual(['x-1']);
  expect(entriesOf(ledger, 'gate.released')[0]).toMatchObject({ at: 0, reason: 'nothing-else-comes' });
});

test('it waits while something is due that may bring the other', () => {
  const { clock, went, arrive } = setup({ ...TWO, giveUpMs: 5000 });
  clock.schedule(4000, 'the other', () => arrive('x-2'));
  arrive('x-1');
  clock.settle(3999);
  expect(went).toEqual([]);
  clock.settle(4000);
  expect(went).toEqual(['x-1', 'x-2']);
});

test('it gives up in the end, where rest cannot be seen', () => {
  const clock = manualClock(Date.parse(WORLD.start));
  const ledger = createLedger(WORLD, () => clock.nowMs);
  const gates = createGates(clock, ledger);
  gates.add(TWO);
  const stop = gates.inTheWay('before-commit', TOKEN);
  stop?.({ exchange: 'x-1', party: 'agent', isGone: () => false, go: () => {} });
  clock.settle(30_000);
  expect(entriesOf(ledger, 'gate.released')[0]).toMatchObject({ at: 30_000, reason: 'gave-up' });
});

test('callers that have hung up are not counted', () => {
  const { clock, went, arrive } = setup({ ...TWO, giveUpMs: null });
  arrive('x-1', { gone: true });
  arrive('x-2');
  clock.settle(1);
  expect(went).toEqual([]);
  arrive('x-3');
  clock.settle(2);
  expect(went).toEqual(['x-1', 'x-2', 'x-3']);
});

test('only the nth that fits is held where the match says so', () => {
  const { went, arrive, gates } = setup({ ...TWO, match: { route: 'token', nth: 2 }, giveUpMs: null });
  for (const exchange of ['x-1', 'x-2', 'x-3']) arrive(exchange);
  expect(went).toEqual(['x-1', 'x-3']);
  expect(gates.standing()[0]?.holds).toEqual(['x-2']);
});

test('it releases when asked, in another order if one is given; an unknown gate is told', () => {
  const { clock, went, arrive, gates } = setup({ ...TWO, arrive: null, giveUpMs: null });
  arrive('x-1');
  arrive('x-2');
  expect(gates.release('none')).toBe(false);
  expect(gates.release('two', [1, 0])).toBe(true);
  clock.settle(0);
  expect(went).toEqual(['x-2', 'x-1']);
});
