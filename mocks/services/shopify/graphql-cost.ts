// What a query costs: a point for each object, and for a list as many as were asked for; what was not found is given back.

import { isJsonObject, type Json, type JsonObject } from '../../http.ts';
import type { Call, Handled } from '../../service.ts';
import type { Field } from '../linear/document.ts';

const RESTORE_RATE = 100;
const MAXIMUM_AVAILABLE = 20 * RESTORE_RATE;
const LIST_COST = 2;

/** The most that one query may cost. */
export const COST_MOST = 1000;
/** The policy's bucket of points. */
export const COST_BUCKET = { capacity: MAXIMUM_AVAILABLE, refillPerSecond: RESTORE_RATE };

/** What a query costs at most, from what it asks for. */
export function requestedCost(fields: readonly Field[]): number {
  return sum(fields, ({ name, args, selections }) => {
    if (selections === null || name === '__typename') return 0;
    const isList = typeof args.first === 'number';
    return isList ? LIST_COST + Number(args.first) : 1;
  });
}

/** What it cost in the end, from what came of it. */
export function actualCost(data: JsonObject): number {
  return sum(Object.values(data), (value) => {
    if (!isJsonObject(value)) return 0;
    const found = listIn(value);
    return found === null ? 1 : LIST_COST + found.length;
  });
}

/** What is said of the cost beside every answer. `actual` null = the query was not carried out. */
export function costShown(requested: number, actual: number | null, left: number | null): JsonObject {
  return {
    cost: {
      requestedQueryCost: requested,
      actualQueryCost: actual,
      throttleStatus: {
        maximumAvailable: MAXIMUM_AVAILABLE,
        currentlyAvailable: Math.floor(left ?? MAXIMUM_AVAILABLE),
        restoreRate: RESTORE_RATE,
      },
    },
  };
}

/** Pays for a query before it is carried out; the refusal where it is too dear. */
export function pay(call: Call, requested: number): Extract<Handled, { refused: unknown }> | null {
  if (requested > COST_MOST) {
    const detail = `Query cost is ${requested}, which exceeds the single query max cost limit (${COST_MOST}).`;
    return { refused: 'bad-request', code: 'MAX_COST_EXCEEDED', detail };
  }
  const { isPaid, left } = call.spend('points', requested);
  return isPaid ? null : { refused: 'rate-limited', code: String(requested), detail: String(left) };
}

function listIn({ nodes, edges }: JsonObject): readonly Json[] | null {
  if (Array.isArray(nodes)) return nodes;
  return Array.isArray(edges) ? edges : null;
}

const sum = <Item>(items: readonly Item[], cost: (item: Item) => number) =>
  items.reduce((total, item) => total + cost(item), 0);
