// Compressed time: every duration divided by a factor for the run, and the record brought back to its true size.
//
// Durations are known by their names, which carry the unit (`graceMs`), so that nothing can be forgotten here.

import type { Ledger } from '../ledger.ts';

/** The factor where nothing else is said: six hours in a minute. */
export const DEFAULT_TIME_FACTOR = 360;

const isDuration = (name: string) => name === 'ms' || name.endsWith('Ms');
/** The one duration that is a text: whole seconds, in the headers of an answer (RFC 9110 section 10.2.3). */
const isWait = (name: string, value: string) => name.toLowerCase() === 'retry-after' && /^\d+$/.test(value);
const INSTANTS = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g;

/**
 * Data with every duration divided: whole milliseconds, and in Retry-After whole seconds, rounded up, for to come early would
 * be the subject's fault. Functions and everything else stay as they are.
 */
export function compressed<T>(value: T, factor: number): T {
  return mapped(value, (name, each) => {
    if (typeof each === 'number' && isDuration(name)) return Math.round(each / factor);
    return typeof each === 'string' && isWait(name, each) ? String(Math.ceil(Number(each) / factor)) : each;
  });
}

/** How the moments of a plan lie in a run on a real clock: as far from its start, by the factor. */
export interface Projection {
  /** Epoch ms at which the plan starts. */
  readonly plannedMs: number;
  /** Epoch ms at which the run started. */
  readonly startedMs: number;
  /** 1 where time is true. */
  readonly factor: number;
}

/** Data with every RFC 3339 instant moved from the plan into the run. */
export function intoRun<T>(value: T, { plannedMs, startedMs, factor }: Projection): T {
  return withInstants(value, (ms) => startedMs + (ms - plannedMs) / factor);
}

/** The record as it would stand had the run kept to the plan: moments, durations and instants are true again. */
export function intoPlan(ledger: Ledger, projection: Projection): Ledger {
  const { plannedMs, startedMs, factor } = projection;
  const planned = (ms: number) => plannedMs + (ms - startedMs) * factor;
  const { world, entries } = ledger;
  return {
    world: {
      ...grown(world, factor),
      start: new Date(plannedMs).toISOString(),
      ...(factor === 1 ? {} : { timeFactor: factor }),
      accounts: world.accounts.map((account) => grown(account, factor)),
    },
    entries: entries.map((entry) => withInstants(grown(entry, factor), planned)),
  };
}

const MOMENTS: ReadonlySet<string> = new Set(['at', 'expiresAt']);

// The record's own fields only: numbers in bodies and cells are the subject's.
function grown<T extends object>(record: T, factor: number): T {
  const fields = Object.entries(record).map(([name, value]) => [
    name,
    typeof value === 'number' && (MOMENTS.has(name) || isDuration(name)) ? Math.round(value * factor) : value,
  ]);
  return Object.fromEntries(fields) as T;
}

// Also where they stand in a sentence.
function withInstants<T>(value: T, move: (ms: number) => number): T {
  const moved = (instant: string) => new Date(move(Date.parse(instant))).toISOString();
  return mapped(value, (_name, each) => (typeof each === 'string' ? each.replaceAll(INSTANTS, moved) : each));
}

type Change = (name: string, value: unknown) => unknown;

function mapped<T>(value: T, change: Change): T {
  return walk('', value, change) as T;
}

function walk(name: string, value: unknown, change: Change): unknown {
  if (Array.isArray(value)) return value.map((each) => walk(name, each, change));
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(key, each, change)]));
  return change(name, value);
}
