// From a truth to the service's own words: the wire table, found by endpoint, cause and route.

import type { Refusal } from './refusals.ts';
import type { WireRow } from './service.ts';

/**
 * The truths that knobs can bring to any service, and what a service without words of its own for them says: it does
 * not tell them from these.
 */
const SPOKEN_OF_AS: Readonly<Partial<Record<Refusal, Refusal>>> = {
  'not-yet-known': 'unknown-token',
  expired: 'unknown-token',
  reused: 'unknown-token',
  'crowded-out': 'superseded',
  evicted: 'superseded',
  'other-host': 'unknown-token',
  'wrong-client-auth': 'wrong-secret',
  'wrong-encoding': 'missing-parameter',
  'too-early': 'missing-parameter',
};

/** Finds the row for a cause; one that holds for the route goes before one that holds everywhere. */
export type RowIndex = (at: WireRow['at'], cause: Refusal, route: string | null) => WireRow | null;

/** An index over a wire table. */
export function indexRows(wire: readonly WireRow[]): RowIndex {
  const everywhere = '';
  const keyOf = (at: WireRow['at'], cause: Refusal, route: string) => `${at} ${cause} ${route}`;
  const index = new Map(
    wire.flatMap((row) =>
      row.causes.flatMap((cause) =>
        (row.routes ?? [everywhere]).map((route) => [keyOf(row.at, cause, route), row] as const),
      ),
    ),
  );
  const find: RowIndex = (at, cause, route) =>
    index.get(keyOf(at, cause, route ?? everywhere)) ?? index.get(keyOf(at, cause, everywhere)) ?? null;
  return (at, cause, route) => {
    const spokenOfAs = SPOKEN_OF_AS[cause];
    return find(at, cause, route) ?? (spokenOfAs === undefined ? null : find(at, spokenOfAs, route));
  };
}
