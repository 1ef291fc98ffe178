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
  | { readonly do: 'rewrite'; readonly fields: Readonly<Record<string, unknown>> }
  | ConnectionDeed;

/** What a fault does to a new connection, before there is any request: it meets intercepted ones only, by service and party. */
export type ConnectionDeed =
  /** The name of the host is not found. */
  | { readonly do: 'dns' }
  /** The certificate of the host has expired. */
  | { readonly do: 'tls' };

/** The same as words. */
export type ConnectionStrike = ConnectionDeed['do'];

const STRIKES: readonly string[] = ['dns', 'tls'] satisfies ConnectionStrike[];

/** Whether a fault meets connections rather than exchanges. */
export const isOfConnection = (deed: FaultDeed): deed is ConnectionDeed => STRIKES.includes(deed.do);

/** A fault that meets exchanges. */
export type ExchangeFault = Exclude<Fault, ConnectionDeed>;

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
  meet(exchange: Met, nowMs: number): ExchangeFault | null;
  /** The rule that meets a new connection to a host of these services, if any; counts it as met. */
  meetConnection(services: readonly string[], party: string, nowMs: number): ConnectionFault | null;
  /** Whether any rule is for connections. */
  areOfConnections(): boolean;
}

/** A rule that meets connections, and the service for whose sake. */
export type ConnectionFault = Extract<Fault, ConnectionDeed> & { readonly service: string };

/** No rules yet. */
export function createFaults(): Faults {
  const rules: Rule[] = [];
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
        if (!isOfConnection(fault) && strikes(rule, exchange, nowMs)) return fault;
      }
      return null;
    },
    meetConnection: (services, party, nowMs) => {
      for (const rule of rules) {
        const { fault } = rule;
        if (!isOfConnection(fault)) continue;
        const met = services.map((service) => ({ service, party, route: '', account: null }));
        const fitting = met.find((each) => fits(fault.match, each));
        if (fitting !== undefined && strikes(rule, fitting, nowMs))
          return { ...fault, service: fitting.service };
      }
      return null;
    },
    areOfConnections: () => rules.some(({ fault }) => isOfConnection(fault)),
  };
}

interface Rule {
  readonly fault: Fault;
  readonly meter: Meter;
  fitted: number;
  applied: number;
}

/** Whether a rule meets this; counts it as met. */
function strikes(rule: Rule, met: Met, nowMs: number): boolean {
  const { fault } = rule;
  if (fault.untilMs !== undefined && nowMs >= fault.untilMs) return false;
  if (fault.count !== undefined && rule.applied >= fault.count) return false;
  if (!fits(fault.match, met)) return false;
  rule.fitted++;
  if (fault.match.nth !== undefined && rule.fitted !== fault.match.nth) return false;
  if (rule.meter('', nowMs).calls <= (fault.beyond?.most ?? 0)) return false;
  rule.applied++;
  return true;
}
