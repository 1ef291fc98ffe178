// A race is told once for each order that differs: who is served first wins, and the others lose in one order or the other.

import type { Variant } from '../harness/scenario.ts';

/** Places in the order of arrival, from 0, in the order of release. */
export type Order = readonly number[];

/** One order, and in which the others follow who is first. */
interface Release {
  readonly order: Order;
  readonly others: 'as they came' | 'the last first';
}

/**
 * The orders in which `callers` can be released, as far as they differ: each of them first, and the others as they came or the
 * other way round. The first of them to lose may end what the next one meets. For two and three callers these are all orders
 * there are; for more they stay at two for each caller.
 */
export function differingOrders(callers: number): readonly Release[] {
  const places = Array.from({ length: callers }, (_none, place) => place);
  return places.flatMap((first): readonly Release[] => {
    const others = places.filter((place) => place !== first);
    const asTheyCame: Release = { order: [first, ...others], others: 'as they came' };
    if (others.length < 2) return [asTheyCame];
    return [asTheyCame, { order: [first, ...others.toReversed()], others: 'the last first' }];
  });
}

/** One way of telling for each of them. */
export function inEachOrder(
  callers: number,
  tell: (order: Order) => Omit<Variant, 'id' | 'title'>,
): readonly Variant[] {
  return differingOrders(callers).map(({ order, others }) => {
    const nth = (order[0] ?? 0) + 1;
    const first = { id: `${nth}-of-${callers}-first`, title: `Who came as number ${nth} is served first` };
    const named =
      others === 'as they came'
        ? first
        : { id: `${first.id}-others-reversed`, title: `${first.title}, and of the others the last` };
    return { ...named, ...tell(order) };
  });
}
