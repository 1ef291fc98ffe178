// Faults on the wire, as data: which requests they meet, and what they do to them.

import type { Answer } from '../../mocks/index.ts';
import { createMeter, type Meter } from '../../mocks/meter.ts';
import { type ExchangeMatch, fits, type Met } from './match.ts';

/** What a fault does. */
export type FaultDeed =
  /** The request reaches the server that much later. */
  | { readonly do: 'delay'; readonly ms: number }
  /** This answer instead of the service's; the engine never sees the request. */
  | { readonly do: 'answer'; readonly answer: Answer }
  /** The connection is closed without an answer, before or after the engine has seen the request. */
  | { readonly do: 'drop'; readonly when: 'before-commit' | 'after-commit' }
  /** The same with a TCP reset. */
  | { readonly do: 'reset'; readonly when: 'before-commit' | 'after-commit' }
  /** The engine sees the request, and no answer ever comes. */
  | { readonly do: 'stall' }
  /** Fields of the answer's JSON are replaced; null removes one. */
  | { readonly do: 'rewrite'; readonly fields: Readonly<Record<string, unknown>> };

/** One rule. Rules are asked in order, the first that fits wins. */
export type Fault = {
  readonly id: string;
  readonly match: ExchangeMatch;
  /** It meets only what goes beyond so many fitting exchanges within a time, as rate limits do; absent = all. */
  readonly beyond?: { readonly most: number; readonly withinMs: number };
  /** How many exchanges it meets before it is spent; absent = all. */
  readonly count?: number;
  /** The virtual ms at which it ends; absent = never. */
  readonly untilMs?: number;
} & FaultDeed;

/** The rules in force, with how often each has met something. */
export interface Faults {
  add(fault: Fault): void;
  /** Takes a rule back; false when there is none of this id. */
  remove(id: string): boolean;
  /** The rules in their order, spent ones too, each with how often it has been applied. */
  list(): readonly { readonly fault: Fault; readonly applied: number }[];
  /** The rule that meets this exchange, if any; counts it as met. */
  meet(exchange: Met, nowMs: number): Fault | null;
}

/** No rules yet. */
export function createFaults(): Faults {
  const rules: { fault: Fault; fitted: number; applied: number; meter: Meter }[] = [];
  return {
    add: (fault) => {
      const meter = createMeter(fault.beyond?.withinMs ?? 0);
      rules.push({ fault, fitted: 0, applied: 0, meter });
    },
    remove: (id) => {
      const index = rules.findIndex(({ fault }) => fault.id === id);
      if (index >= 0) rules.splice(index, 1);
      return index >= 0;
    },
    list: () => rules.map(({ fault, applied }) => ({ fault, applied })),
    meet: (exchange, nowMs) => {
      for (const rule of rules) {
        const { fault } = rule;
        if (fault.untilMs !== undefined && nowMs >= fault.untilMs) continue;
        if (fault.count !== undefined && rule.applied >= fault.count) continue;
        if (!fits(fault.match, exchange)) continue;
        rule.fitted++;
        if (fault.match.nth !== undefined && rule.fitted !== fault.match.nth) continue;
        if (rule.meter('', nowMs).calls <= (fault.beyond?.most ?? 0)) continue;
        rule.applied++;
        return fault;
      }
      return null;
    },
  };
}
