// What the parts of a running world share.

import type { Json, Randomness, Service } from '../../mocks/index.ts';
import type { EventNames } from '../config/schema.ts';
import type { LedgerWriter } from '../ledger.ts';
import type { Job, TimelineStep } from '../scenario.ts';
import type { ClockDriver } from '../time/driver.ts';
import type { Striker } from './blows.ts';
import type { Conditions } from './conditions.ts';
import type { EndingWatch } from './ending.ts';
import type { ExpiryWatch } from './expiry.ts';
import type { Faults } from './faults.ts';
import type { Gates } from './gates.ts';
import type { Intents } from './intents.ts';
import type { WorldProvider } from './provider.ts';
import type { Redactor } from './redactor.ts';
import type { Courier } from './webhooks.ts';

/** How long an exchange takes, in virtual ms: drawn evenly, half before the engine sees it and half after. */
export interface Latency {
  readonly minMs: number;
  readonly maxMs: number;
}

/** What a world is made of. */
export interface WorldOptions {
  readonly clock: ClockDriver;
  readonly scenario: string;
  readonly variant: string | null;
  /** An integer: the same seed, subject and options give the same ledger. */
  readonly seed: number;
  readonly services: readonly Service[];
  readonly accounts: readonly {
    readonly id: string;
    readonly service: string;
    readonly tenant: string;
    /** Virtual ms of the consent; absent = the start. */
    readonly consentAtMs?: number;
    /** Absent = a service's. */
    readonly owner?: 'personal';
    /** Absent = what the service grants when nothing else is asked for. */
    readonly scopes?: readonly string[];
  }[];
  /** The subject's own names for its events. */
  readonly events?: EventNames;
  readonly data: Job['data'];
  readonly timeline: readonly TimelineStep[];
  /** Virtual ms at which the job ends. */
  readonly untilMs: number;
  /** Whether the subject runs as on a build machine; absent = it does not. */
  readonly ci?: boolean;
  /** Where the network has a proxy: the service that is reached directly, all others only through it. */
  readonly proxy?: { readonly direct: string };
  readonly latency: Latency;
  /** Virtual ms after their first arrival at which gates let go that say nothing else; absent = 30,000. */
  readonly gatesGiveUpMs?: number;
  /** Texts that differ between machines and runs, such as folders, and the fixed names that the ledger puts for them. */
  readonly neutralNames?: ReadonlyMap<string, string>;
  /** The largest request body that is received, in bytes; larger ones are answered with 413. */
  readonly bodyBytes: number;
  /** Open connections to each service; further ones are refused. */
  readonly connections: number;
}

/** The inside of a running world. */
export interface Context extends WorldOptions {
  readonly randomness: Randomness;
  readonly providers: ReadonlyMap<string, WorldProvider>;
  readonly faults: Faults;
  readonly gates: Gates;
  readonly conditions: Conditions;
  readonly intents: Intents;
  readonly strike: Striker;
  /** Who brings messages to the subject; null while nobody does. */
  courier(): Courier | null;
  readonly ledger: LedgerWriter;
  readonly redactor: Redactor;
  readonly watchExpiry: ExpiryWatch;
  readonly watchEnding: EndingWatch;
  /** Replaces what differs between machines and runs, such as ports and folders, by fixed names. */
  neutral(text: string): string;
  /** The world's wall clock, in epoch ms. */
  epochMs(): number;
  /** How often a keyed draw was made for the same purpose. */
  readonly counters: Map<string, number>;
}

/** The how-manieth this is for the same purpose, from 1. */
export function occurrence(context: Context, purpose: string): number {
  const nth = (context.counters.get(purpose) ?? 0) + 1;
  context.counters.set(purpose, nth);
  return nth;
}

/** Puts a text that came from a subject through the redactor, and records every secret it held. */
export function capture(context: Context, party: string, place: string, text: string): string {
  const { text: clean, found } = context.redactor.redact(text);
  for (const token of found) context.ledger.append({ kind: 'leak', party, place, token });
  return context.neutral(clean);
}

/** The JSON value in a text, or the text itself. */
export function asJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
