// What a broker is asked to do, as data: who connects, and which calls come when, whether or not earlier ones were answered.

import type { Json } from '../../mocks/index.ts';
import type { ServiceKnobs } from '../config/knobs.ts';

/** The workload of a story. All moments and durations are virtual ms since start. */
export interface BrokerStory {
  /** The services of this story, by id, whatever the config names. */
  readonly services: Readonly<Record<string, ServiceKnobs>>;
  readonly cohorts: readonly Cohort[];
  readonly calls: readonly Calls[];
  /** Replicas without which the story cannot be told; 1 by default. */
  readonly replicas?: number;
  /** Whether hour4 gives a new consent when the broker asks for one, and connects the account anew. */
  readonly reauthorizes?: boolean;
  /** Exchanges take no time, which spares a large cohort most of its events. */
  readonly latency?: 'none';
  /** Moments at which every replica is asked for the state of every account, besides the end. */
  readonly statusAtMs?: readonly number[];
  /** Moments at which the token of every account is asked for; brokers need not hand any out. */
  readonly tokensAtMs?: readonly number[];
  /** Whether it runs as on a build machine, with `CI=true`. */
  readonly ci?: true;
  /** The time zone in which it runs, as `TZ` names it; UTC by default. */
  readonly timeZone?: string;
}

/** Accounts at one service that are connected within some time of each other. */
export interface Cohort {
  readonly service: string;
  readonly count: number;
  /** How many tenants own them, in turn. */
  readonly tenants: number;
  /** The consents come within this time from the start on, at moments drawn from the seed. */
  readonly withinMs: number;
  /** Whether they are a person's own; absent = a service's. */
  readonly owner?: 'personal';
  /** What they grant; absent = what the service grants when nothing else is asked for. */
  readonly scopes?: readonly string[];
}

/** Calls of one kind, to some accounts. */
export interface Calls {
  readonly to: { readonly service: string } | { readonly account: string };
  readonly fromMs: number;
  /** The calls to one account come this far apart; absent = there is one. */
  readonly everyMs?: number;
  /** No call comes from here on; the end of the story by default. */
  readonly untilMs?: number;
  /** Each account's calls are put off by a draw from this range; absent = all accounts are called at once. */
  readonly spreadMs?: number;
  /** How many are sent at the same moment; 1 by default. */
  readonly together?: number;
  /** Whether each goes to a replica that is drawn, or to the replicas in turn. */
  readonly replicas?: 'drawn' | 'in-turn';
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `{call}` stands for the id of the call, which makes a path unique. */
  readonly path: string;
  /** `{call}` likewise. */
  readonly body?: Json;
}
