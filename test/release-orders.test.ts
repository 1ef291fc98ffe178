// In which orders a race is told.

import { expect, test } from 'vitest';
import { differingOrders, inEachOrder, type Order } from '../scenarios/release-orders.ts';
import replicasRace from '../scenarios/replicas-race.ts';
import twoCallers from '../scenarios/two-callers-one-token.ts';

const ordersOf = (callers: number) => differingOrders(callers).map(({ order }) => order);

test('two and three callers are released in every order there is', () => {
  expect(ordersOf(2)).toEqual([
    [0, 1],
    [1, 0],
  ]);
  expect(ordersOf(3)).toEqual([
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ]);
});

test('more callers are released each first, the others in two orders', () => {
  const orders = ordersOf(5);
  expect(orders).toHaveLength(10);
  expect(new Set(orders.map(String)).size).toBe(10);
  for (const order of orders) expect(order.toSorted()).toEqual([0, 1, 2, 3, 4]);
});

test('each order is a way of telling with a name of its own', () => {
  const told: Order[] = [];
  const variants = inEachOrder(3, (order) => {
    told.push(order);
    return {};
  });
  expect(told).toEqual(ordersOf(3));
  expect(variants.map(({ id, title }) => [id, title])).toEqual([
    ['1-of-3-first', 'Who came as number 1 is served first'],
    ['1-of-3-first-others-reversed', 'Who came as number 1 is served first, and of the others the last'],
    ['2-of-3-first', 'Who came as number 2 is served first'],
    ['2-of-3-first-others-reversed', 'Who came as number 2 is served first, and of the others the last'],
    ['3-of-3-first', 'Who came as number 3 is served first'],
    ['3-of-3-first-others-reversed', 'Who came as number 3 is served first, and of the others the last'],
  ]);
});

test.each([
  ['two callers', twoCallers, 2],
  ['three replicas', replicasRace, 3],
])(
  'the race of %s is told in each of them, and once more where the server is not mocked',
  (_who, story, callers) => {
    const ids = inEachOrder(callers, () => ({})).map(({ id }) => id);
    expect(story.variants.map(({ id }) => id)).toEqual([...ids, 'oidc']);
  },
);
