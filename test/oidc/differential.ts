// One history at both servers, and where they part.

import { DIFFERENCES, type Difference } from './differences.ts';
import { type Heard, live, type Step } from './histories.ts';
import type { Side } from './sides.ts';

/** What a comparison needs. */
export interface Pairing {
  readonly ours: Side;
  readonly theirs: Side;
  /** The known differences that were met so far. */
  readonly met: Set<Difference['id']>;
  histories: number;
}

/** Long enough that no token of one history lives in the next. */
const APART_MS = 1000 * 86_400_000;

/** The first step at which the two part in an unknown way, in words; null where they agree to the end. */
export async function parting(pairing: Pairing, steps: readonly Step[]): Promise<string | null> {
  const nth = ++pairing.histories;
  const startMs = Date.UTC(2026, 2, 2) + nth * APART_MS;
  const said = await Promise.all(
    [pairing.ours, pairing.theirs].map((side) => live(side, `family-${nth}`, steps, startMs)),
  );
  const [ours = [], theirs = []] = said;
  for (let at = 0; at < Math.max(ours.length, theirs.length); at++) {
    const apart = compare(pairing.met, ours[at], theirs[at]);
    if (apart === 'for good') return null;
    if (apart !== null) return apart;
  }
  return null;
}

function compare(met: Set<string>, ours: Heard | undefined, theirs: Heard | undefined): string | null {
  if (ours === undefined || theirs === undefined) return 'one of them issued more tokens than the other';
  let levelled = ours;
  for (const difference of DIFFERENCES) {
    const next = difference.level('do' in ours.step ? ours.step : null, levelled, theirs);
    if (next === null) continue;
    met.add(difference.id);
    if (difference.parts === true) return 'for good';
    levelled = next;
  }
  const [a, b] = [levelled, theirs].map(({ status, error, fields, values, truth }) =>
    JSON.stringify({ status, error, fields, values: Object.entries(values).sort(), truth }),
  );
  return a === b ? null : `at ${JSON.stringify(ours.step)}\n  ours   ${a}\n  theirs ${b}`;
}
