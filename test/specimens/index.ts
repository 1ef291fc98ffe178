// Every specimen of every kind, as what it is examined in and what must be found.

import type { SubjectKind } from '../../harness/check.ts';
import type { Scenario } from '../../harness/scenario.ts';
import ambiguousTool from '../../scenarios/ambiguous-tool.ts';
import { SCENARIOS } from '../../scenarios/index.ts';
import { isOnOidc, onPlain } from '../subjects/broker-suite.ts';
import { AGENT_SPECIMENS, type Specimen as AgentSpecimen } from './agent/index.ts';
import { BROKER_SPECIMENS, type BrokerSpecimen } from './broker/index.ts';
import { SHARED_SPECIMENS } from './broker/shared/index.ts';
import { DRIVER_SPECIMENS, type DriverSpecimen } from './driver/index.ts';
import { PROGRAM_SPECIMENS, type ProgramSpecimen } from './program/index.ts';
import { TOOL_SPECIMENS, type ToolSpecimen } from './tool/index.ts';

/** How it is started: by kind, and for brokers by whether they have a store of their own. */
export type Sort =
  | { readonly sort: 'agent'; readonly specimen: AgentSpecimen }
  | { readonly sort: 'driver'; readonly specimen: DriverSpecimen }
  | { readonly sort: 'program'; readonly specimen: ProgramSpecimen }
  | { readonly sort: 'tool'; readonly specimen: ToolSpecimen }
  | { readonly sort: 'broker'; readonly specimen: BrokerSpecimen }
  | { readonly sort: 'shared broker'; readonly module: string; readonly replicas: number };

/** A specimen. */
export interface Specimen {
  /** Its sort and its own name, which is the disease's. */
  readonly id: string;
  readonly kind: SubjectKind;
  readonly start: Sort;
  /** The stories that it is told, with the ways of telling them. */
  readonly stories: readonly Scenario[];
  /** The checks that fail in one story or another, in catalogue order. */
  readonly fails: readonly string[];
  /** The first finding; null for the healthy. */
  readonly named: string | null;
}

const TOLD_TO_TOOLS = SCENARIOS.filter(({ tool }) => tool !== undefined);

/** All specimens, sort by sort, the healthy of each sort first. */
export const SPECIMENS: readonly Specimen[] = [
  ...AGENT_SPECIMENS.map(
    (specimen): Specimen => ({
      ...common('agent', specimen),
      kind: 'agent',
      start: { sort: 'agent', specimen },
      stories: storiesFor('agent', specimen.in),
    }),
  ),
  ...DRIVER_SPECIMENS.map(
    (specimen): Specimen => ({
      ...common('driver', specimen),
      kind: 'agent',
      start: { sort: 'driver', specimen },
      stories: [toldIn(specimen.ways)],
    }),
  ),
  ...PROGRAM_SPECIMENS.map(
    (specimen): Specimen => ({
      ...common('program', specimen),
      kind: specimen.kind,
      start: { sort: 'program', specimen },
      stories: specimen.kind === 'tool' ? TOLD_TO_TOOLS : storiesFor('agent', specimen.stories),
    }),
  ),
  ...TOOL_SPECIMENS.map(
    (specimen): Specimen => ({
      ...common('tool', specimen),
      kind: 'tool',
      start: { sort: 'tool', specimen },
      stories: TOLD_TO_TOOLS,
    }),
  ),
  ...BROKER_SPECIMENS.map(
    (specimen): Specimen => ({
      ...common('broker', specimen),
      kind: 'broker',
      start: { sort: 'broker', specimen },
      stories: storiesFor('broker', specimen.stories && ['healthy-day', ...specimen.stories]),
    }),
  ),
  {
    id: 'shared broker: careful',
    kind: 'broker',
    start: { sort: 'shared broker', module: 'careful', replicas: 3 },
    stories: storiesFor(
      'broker',
      SHARED_SPECIMENS.flatMap(({ stories }) => stories),
    ),
    fails: [],
    named: null,
  },
  ...SHARED_SPECIMENS.map(
    ({ id, stories, replicas, fails, named }): Specimen => ({
      ...common('shared broker', { id, fails, named }),
      kind: 'broker',
      start: { sort: 'shared broker', module: id, replicas },
      stories: storiesFor('broker', stories),
    }),
  ),
];

function common(sort: string, { id, fails, named }: Pick<Specimen, 'id' | 'fails' | 'named'>) {
  return { id: `${sort}: ${id}`, fails, named };
}

function storiesFor(kind: SubjectKind, ids: readonly string[] | undefined): readonly Scenario[] {
  const isTold = (story: Scenario) => ids?.includes(story.id) ?? !isOnOidc(story);
  return SCENARIOS.filter((story) => story.kinds.includes(kind) && isTold(story)).map(onPlain);
}

function toldIn(ways: readonly string[] | undefined): Scenario {
  const { variants } = ambiguousTool;
  return { ...ambiguousTool, variants: variants.filter(({ id }) => ways?.includes(id) ?? true) };
}
