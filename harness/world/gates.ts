// Gates, as data: they hold matching requests before or after the server commits, and release them in a chosen order.

import type { LedgerWriter } from '../ledger.ts';
import type { ClockDriver } from '../time/driver.ts';
import { type ExchangeMatch, fits, type Met } from './match.ts';

/** One gate. It closes for the first `arrive` exchanges that fit, and is spent once it has released them. */
export interface Gate {
  readonly id: string;
  readonly match: ExchangeMatch;
  /** Where it stands: before the engine sees a request, or before the answer reaches the caller. */
  readonly phase: 'before-commit' | 'after-commit';
  /** How many exchanges it waits for; null = it waits to be told, or to give up. */
  readonly arrive: number | null;
  /**
   * The order of release: `all` = as they came, else places in the order of arrival, from 0. Places that nobody holds
   * are passed over, and those not named follow as they came.
   */
  readonly release: 'all' | readonly number[];
  /** Virtual ms after the first arrival at which it lets go of what it has; 30,000 by default, null = never. */
  readonly giveUpMs?: number | null;
}

/** Why a gate let go. */
export type ReleaseReason = 'arrived' | 'nothing-else-comes' | 'gave-up' | 'asked';

/** An exchange at a gate. */
export interface Held {
  readonly exchange: string;
  readonly party: string;
  /** Whether the caller has hung up, so that nobody waits any more. */
  isGone(): boolean;
  go(): void;
}

/** Has an exchange held at the gate that stands in its way. */
export type Stop = (held: Held) => void;

/** The gates of a world. */
export interface Gates {
  add(gate: Gate): void;
  /** The gate in the way of an exchange, which is thereby counted; null where it can go on. */
  inTheWay(phase: Gate['phase'], met: Met): Stop | null;
  /** Releases what a gate holds; false when there is no such gate. */
  release(id: string, order?: readonly number[]): boolean;
  /**
   * To be told when all is at rest and nothing waits to be let in: a gate lets go when nothing is due before it would give
   * up, for then nothing can bring another request. True when one did.
   */
  atRest(nextDueMs: number | null): boolean;
  anyStanding(): boolean;
  /** The gates that still stand, with what each holds. */
  standing(): readonly { readonly gate: Gate; readonly holds: readonly string[] }[];
}

/** Virtual ms after its first arrival at which a gate lets go that says nothing else. */
export const GIVE_UP_MS = 30_000;

interface Standing {
  readonly gate: Gate;
  readonly held: Held[];
  /** How many exchanges have fitted so far. */
  fitted: number;
  /** Virtual ms at which it gives up; null while nothing is held, or never. */
  giveUpAtMs: number | null;
}

/**
 * No gates yet. They hang on the clock: each release waits until all that the one before caused has come to rest.
 * @param giveUpMs when those let go that say nothing else
 */
export function createGates(clock: ClockDriver, ledger: LedgerWriter, giveUpMs: number = GIVE_UP_MS): Gates {
  const standing: Standing[] = [];

  const letGo = (each: Standing, reason: ReleaseReason, order = each.gate.release) => {
    standing.splice(standing.indexOf(each), 1);
    inOrder(each.held, order).forEach((held, place) => {
      clock.schedule(clock.nowMs, `gate ${each.gate.id} ${String(place).padStart(6, '0')}`, () => {
        const { exchange, party } = held;
        ledger.append({ kind: 'gate.released', party, gate: each.gate.id, exchange, reason });
        held.go();
      });
    });
  };

  const hold = (each: Standing, held: Held) => {
    const { gate } = each;
    each.held.push(held);
    ledger.append({ kind: 'gate.held', party: held.party, gate: gate.id, exchange: held.exchange });
    if (each.held.length === 1 && gate.giveUpMs !== null) {
      each.giveUpAtMs = clock.nowMs + (gate.giveUpMs ?? giveUpMs);
      clock.schedule(each.giveUpAtMs, `gate ${gate.id} gives up`, () => {
        if (standing.includes(each)) letGo(each, 'gave-up');
      });
    }
    if (gate.arrive !== null && each.held.filter((one) => !one.isGone()).length >= gate.arrive)
      letGo(each, 'arrived');
  };

  return {
    add: (gate) => void standing.push({ gate, held: [], fitted: 0, giveUpAtMs: null }),
    inTheWay: (phase, met) => {
      for (const each of standing) if (stops(each, phase, met)) return (held) => hold(each, held);
      return null;
    },
    release: (id, order) => {
      const asked = standing.find(({ gate }) => gate.id === id);
      if (asked !== undefined) letGo(asked, 'asked', order);
      return asked !== undefined;
    },
    atRest: (nextDueMs) => {
      const hopeless = standing.find(
        ({ giveUpAtMs }) => giveUpAtMs !== null && (nextDueMs === null || nextDueMs >= giveUpAtMs),
      );
      if (hopeless !== undefined) letGo(hopeless, 'nothing-else-comes');
      return hopeless !== undefined;
    },
    anyStanding: () => standing.length > 0,
    standing: () => standing.map(({ gate, held }) => ({ gate, holds: held.map(({ exchange }) => exchange) })),
  };
}

function stops(each: Standing, phase: Gate['phase'], met: Met): boolean {
  const { match } = each.gate;
  if (each.gate.phase !== phase || !fits(match, met)) return false;
  each.fitted++;
  return match.nth === undefined || match.nth === each.fitted;
}

function inOrder(held: readonly Held[], order: Gate['release']): readonly Held[] {
  if (order === 'all') return held;
  const named = [...new Set(order)].flatMap((place) => held[place] ?? []);
  return [...named, ...held.filter((each) => !named.includes(each))];
}
