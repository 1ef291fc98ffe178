// Whose wall clock was wrong, and by how much: a moment that was stated comes to a party when its own clock says so.

import { entriesOf, type Ledger } from '../../harness/ledger.ts';

/** How wrong the wall clocks of the parties were, in ms. */
export interface Clocks {
  /** How far a party's clock was ahead of the world's at a moment; below 0 = behind. */
  aheadMs(party: string, atMs: number): number;
  /** By how much a moment that a party was told of since `fromMs`, as an instant or as a lifetime, may come too late to it. */
  lateMs(party: string, fromMs: number, atMs: number): number;
  /** By how much too early. */
  earlyMs(party: string, fromMs: number, atMs: number): number;
  /** The parties whose clock was ever wrong. */
  readonly parties: ReadonlySet<string>;
}

/** The clocks of a run. */
export function clocksOf(ledger: Ledger): Clocks {
  const turns = Map.groupBy(entriesOf(ledger, 'clock.skewed'), ({ party }) => party);
  const aheadMs = (party: string, atMs: number) =>
    turns.get(party)?.findLast(({ at }) => at <= atMs)?.skewMs ?? 0;
  // How wrong it was at any moment of a span; a true instant is as good as a clock that was right.
  const span = (party: string, fromMs: number, atMs: number) => [
    0,
    aheadMs(party, fromMs),
    ...(turns.get(party) ?? []).flatMap(({ at, skewMs }) => (at > fromMs && at <= atMs ? [skewMs] : [])),
  ];
  return {
    aheadMs,
    lateMs: (party, fromMs, atMs) => Math.max(...span(party, fromMs, atMs)) - aheadMs(party, atMs),
    earlyMs: (party, fromMs, atMs) => aheadMs(party, atMs) - Math.min(...span(party, fromMs, atMs)),
    parties: new Set(turns.keys()),
  };
}
