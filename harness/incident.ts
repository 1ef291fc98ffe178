// A thread in public in which people met what a scenario tells.

import { HarnessError } from './errors.ts';
import type { Scenario } from './scenario.ts';

/** A thread; what it says is reported there, and not proved here. */
export interface Incident {
  /** Repository and number, as people write it: `vercel/ai#20674`. */
  readonly id: string;
  /** Whether the thread is a pull request. */
  readonly pull?: true;
  /** What was reported, in one sentence. */
  readonly reported: string;
  /** The id of the scenario in which it comes about. */
  readonly scenario: string;
  /** The way of telling it, where it is told in several. */
  readonly variant?: string;
  /** What is told otherwise than in the catalogue, so that the story is the thread’s. */
  readonly told?: Partial<Omit<Scenario, 'id' | 'variants'>>;
  /** The id of the check that finds it there. */
  readonly check: string;
}

/** Where the thread is read. */
export function threadOf({ id, pull }: Pick<Incident, 'id' | 'pull'>): string {
  const [repository, number] = id.split('#');
  return `https://github.com/${repository}/${pull === true ? 'pull' : 'issues'}/${number}`;
}

/** The scenario as the thread tells it: in one way, which has the thread’s name. */
export function storyOf(incident: Incident, scenarios: readonly Scenario[]): Scenario {
  const { id, scenario: wanted, variant, told } = incident;
  const scenario = scenarios.find((candidate) => candidate.id === wanted);
  if (scenario === undefined) throw new HarnessError(`incident ${id}: no scenario ${wanted}`);
  const { variants = [], ...story } = scenario;
  const way = variants.find((candidate) => candidate.id === variant);
  if (variant !== undefined && way === undefined)
    throw new HarnessError(`incident ${id}: scenario ${wanted} is not told as ${variant}`);
  return { ...story, variants: [{ ...way, ...told, id: slugOf(id) }] };
}

/** The id as a part of a file’s name. */
const slugOf = (id: string) => id.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
