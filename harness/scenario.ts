// What a scenario is: a story as data, and the checks that judge it.

import type { Act, ActName, JsonObject } from '../mocks/index.ts';
import type { SubjectKind } from './check.ts';
import type { ServiceKnobs } from './config/knobs.ts';
import type { Behaviour } from './mock-tool/behaviour.ts';
import type { Conduct } from './person/visit.ts';
import type { ToolStep } from './subjects/tool/steps.ts';
import type { BrokerStory } from './workload/story.ts';
import type { Blow } from './world/blows.ts';
import type { Condition } from './world/conditions.ts';
import type { Fault } from './world/faults.ts';
import type { Gate } from './world/gates.ts';

/** A story. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** Where it comes from: a source sentence, an RFC section, an incident. */
  readonly why: string;
  readonly kinds: readonly SubjectKind[];
  /** Services without which the story cannot be told. */
  readonly needsServices?: readonly string[];
  /** How long the job lasts, in virtual ms. */
  readonly untilMs: number;
  /** A world in which no token ever expires: for controls. */
  readonly nothingExpires?: boolean;
  /** Where the network has a proxy that was there before: the service that is reached directly, all others only through it. */
  readonly proxy?: { readonly direct: string };
  /** How agents are told the story, where that differs. */
  readonly agent?: AgentStory;
  /** What a broker is asked to do, for stories that brokers are told; `told` stands in place of the story's own. */
  readonly broker?: BrokerStory & {
    readonly told?: Partial<Pick<Scenario, 'untilMs' | 'timeline' | 'checks'>>;
  };
  readonly timeline: readonly TimelineStep[];
  /** What the person does who is asked for a new consent at a page, where a service has pages; absent = consents. */
  readonly person?: Conduct;
  /** What is done with a subject of kind tool, in order. */
  readonly tool?: readonly ToolStep[];
  /** Ids of the checks that judge it, in catalogue order. */
  readonly checks: readonly string[];
  /** The ways in which the story is told, one run for each; absent = it is told once, as it stands. */
  readonly variants?: readonly Variant[];
}

/** One way of telling a story: what it changes about it. */
export type Variant = { readonly id: string } & Partial<Omit<Scenario, 'id' | 'variants'>>;

/** A story as it is told in one run. */
export interface Telling extends Omit<Scenario, 'variants'> {
  /** Null where there is only one way. */
  readonly variant: string | null;
}

/** The runs of a story for a subject of this kind, in order; ways of telling that are for other kinds only are left out. */
export function tellingsOf({ variants, ...story }: Scenario, kind: SubjectKind): readonly Telling[] {
  const told: readonly Telling[] =
    variants === undefined
      ? [{ ...story, variant: null }]
      : variants.map(({ id: variant, ...changes }) => ({ ...story, ...changes, variant }));
  const own = told.filter(({ kinds }) => kinds.includes(kind));
  if (own.length === 0) return told;
  if (kind === 'broker') return own.map((one) => ({ ...one, ...one.broker?.told }));
  return kind === 'agent' ? own.map((one) => ({ ...one, ...partsOf(one.agent) })) : own;
}

/** The checks that a story asks for, in whichever way it is told. */
export function checksAskedBy({ checks, agent, broker, variants = [] }: Scenario): ReadonlySet<string> {
  const tellings = [{ checks, agent, broker }, ...variants];
  return new Set(
    tellings.flatMap((telling) => [
      ...(telling.checks ?? []),
      ...(telling.agent?.checks ?? []),
      ...(telling.broker?.told?.checks ?? []),
    ]),
  );
}

// What an agent is told in other words than the other kinds.
function partsOf(agent: AgentStory = {}): Partial<Telling> {
  const { services: _knobs, reauthorizes: _consents, tool: _behaviour, ...parts } = agent;
  return parts;
}

/**
 * What an agent finds, and what is done with it when it pauses. What is named here is told to agents in place of the
 * story's own.
 */
export interface AgentStory
  extends Partial<Pick<Scenario, 'needsServices' | 'untilMs' | 'timeline' | 'checks' | 'proxy'>> {
  /** Knobs of some services on top of the configured ones, by service. */
  readonly services?: Readonly<Record<string, ServiceKnobs>>;
  /** For agents whose job is to drive the mock tool only: what that changes about an honest one. */
  readonly tool?: Partial<Behaviour>;
  /** Whether hour4 completes the reauthorizations that a paused claim asks for, and starts the agent again. */
  readonly reauthorizes?: true;
}

/** Something that happens to the world: at a virtual moment, or when something else has happened. */
export type TimelineStep = ({ readonly atMs: number } | { readonly when: Condition }) & TimelineDeed;

/** What happens. */
export type TimelineDeed =
  | ({ readonly account: string } & Act)
  | { readonly fault: Fault }
  | { readonly gate: Gate }
  | { readonly blow: Blow }
  /** Somebody who is not the service sends its message about this act, which never happened, with a wrong signature. */
  | { readonly account: string; readonly forge: ActName }
  /** From now on the wall clock of this party is that far ahead of the world's. */
  | { readonly party: string; readonly skewMs: number };

/** What a subject does all night, and the data it finds: the same for every scenario of a run. */
export interface Job {
  /** Goes into the world file as `job`; free of form for jobs of one's own. */
  readonly description: JsonObject | null;
  /** Service id -> collection -> objects. */
  readonly data: Readonly<Record<string, Readonly<Record<string, readonly JsonObject[]>>>>;
  /** Where the job is to drive the mock tool: what that changes about an honest one. */
  readonly tool?: Partial<Behaviour>;
}
