// A race is told once for each order that differs: who is served first wins, and in what order the others lose changes nothing.

import type { Variant } from '../harness/scenario.ts';

/** Places in the order of arrival, from 0, in the order of release. */
export type Order = readonly number[];

/** The orders in which `callers` can be released, as far as they differ: each of them first, once. */
export function differingOrders(callers: number): readonly Order[] {
  const places = Array.from({ length: callers }, (_none, place) => place);
  return places.map((first) => [first, ...places.filter((place) => place !== first)]);
}

/** One way of telling for each of them. */
export function inEachOrder(
  callers: number,
  tell: (order: Order) => Omit<Variant, 'id' | 'title'>,
): readonly Variant[] {
  return differingOrders(callers).map((order) => {
    const nth = (order[0] ?? 0) + 1;
    return {
      id: `${nth}-of-${callers}-first`,
      title: `Who came as number ${nth} is served first`,
      ...tell(order),
    };
  });
}
