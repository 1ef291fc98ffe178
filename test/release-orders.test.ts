// In which orders a race is told.

import { expect, test } from 'vitest';
import { differingOrders, inEachOrder } from '../scenarios/release-orders.ts';

test('each caller is released first once, and the others follow as they came', () => {
  expect(differingOrders(2)).toEqual([
    [0, 1],
    [1, 0],
  ]);
  expect(differingOrders(3)).toEqual([
    [0, 1, 2],
    [1, 0, 2],
    [2, 0, 1],
  ]);
});

test('each order is a way of telling with a name of its own', () => {
  const variants = inEachOrder(3, ([first = 0]) => ({ untilMs: first }));
  expect(variants.map(({ id, untilMs }) => [id, untilMs])).toEqual([
    ['1-of-3-first', 0],
    ['2-of-3-first', 1],
    ['3-of-3-first', 2],
  ]);
});
