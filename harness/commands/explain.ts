// `hour4 explain`: why a check or a scenario exists, where people met it, how a failure is mended, and what a service's error
// may mean.

import type { Service } from '../../mocks/index.ts';
import type { Check } from '../check.ts';
import { nearest } from '../config/nearest.ts';
import { formatDuration } from '../duration.ts';
import { UsageError } from '../errors.ts';
import { type Incident, storyOf, threadOf } from '../incident.ts';
import { formatMoment } from '../moment.ts';
import {
  checksAskedBy,
  type Scenario,
  type TimelineDeed,
  type TimelineStep,
  type Variant,
} from '../scenario.ts';
import { STEPS, type ToolStep } from '../subjects/tool/steps.ts';
import type { Condition } from '../world/conditions.ts';
import type { Catalogue } from './catalogue.ts';
import { aboutError, type Section } from './explain-error.ts';
import type { Terminal } from './terminal.ts';

/**
 * Prints what is to be known of a check, a scenario, a thread in public, or an error of any service.
 * @param id an id, as `owner/repository#number` for a thread, or words of an error: a code, a part of a message, a status
 * @param service only errors of this service; null = of all
 * @throws UsageError for a text that is none of them
 */
export function explain(
  id: string,
  service: string | null,
  catalogue: Catalogue,
  { stdout }: Terminal,
): void {
  stdout.write(`${sectionsOf(id, service, catalogue).map(section).join('\n\n')}\n`);
}

const section = ([heading, text]: Section) =>
  heading === '' ? text : `${heading}\n  ${text.replaceAll('\n', '\n  ')}`;

function sectionsOf(id: string, service: string | null, catalogue: Catalogue): readonly Section[] {
  const { checks, scenarios, services, incidents } = catalogue;
  if (service !== null) return aboutError(id, [serviceOf(service, services)]);
  const check = checks.find((candidate) => candidate.id === id);
  if (check !== undefined)
    return [...aboutCheck(check, scenarios), ...metIn(incidents, (incident) => incident.check === id)];
  const scenario = scenarios.find((candidate) => candidate.id === id);
  if (scenario !== undefined)
    return [...aboutScenario(scenario), ...metIn(incidents, (incident) => incident.scenario === id)];
  const incident = incidents.find((candidate) => candidate.id === id);
  if (incident !== undefined) return aboutIncident(incident, scenarios);
  return aboutError(
    id,
    services,
    // Only a thread is written with a number sign.
    (id.includes('#') ? incidents : [...checks, ...scenarios]).map((one) => one.id),
  );
}

function metIn(incidents: readonly Incident[], fits: (incident: Incident) => boolean): readonly Section[] {
  const lines = incidents.filter(fits).map(({ id, reported }) => `${id}: ${reported}`);
  return lines.length === 0 ? [] : [['Reported in', lines.join('\n')]];
}

function aboutIncident(incident: Incident, scenarios: readonly Scenario[]): readonly Section[] {
  const { id, reported, scenario, check } = incident;
  const { variants = [] } = storyOf(incident, scenarios);
  return [
    ['', id],
    ['Reported there', reported],
    ['To be read at', threadOf(incident)],
    ['Brought about by', [scenario, ...variants.map(wayTold)].join('\n')],
    ['Found by', check],
    ['Try it', `hour4 run --scenario '${id}' --require ${check}`],
  ];
}

function serviceOf(id: string, services: readonly Service[]): Service {
  const found = services.find((service) => service.id === id);
  if (found !== undefined) return found;
  const known = services.map((service) => service.id);
  throw new UsageError(`explain: no service "${id}": ${nearest(id, known)}`);
}

function aboutCheck(check: Check, scenarios: readonly Scenario[]): readonly Section[] {
  const asking = scenarios.filter((scenario) => checksAskedBy(scenario).has(check.id)).map(({ id }) => id);
  return [
    ['', `${check.id}: ${check.title}`],
    ['Why it matters', check.why],
    ['How it is judged', check.judged],
    ['How to mend a failure', check.fix],
    [
      'Weight',
      `${check.category}; a failure loses ${check.loses === 'other' ? 'something else' : check.loses}`,
    ],
    ['Judges', [check.kinds.join(', '), ...Object.values(check.notFor ?? {})].join('\n')],
    ['Asked by', asking.join(', ') || 'no scenario'],
  ];
}

function aboutScenario(scenario: Scenario): readonly Section[] {
  const {
    timeline,
    nothingExpires = false,
    needsServices = [],
    untilMs,
    tool = [],
    variants = [],
  } = scenario;
  const story = [
    `${formatMoment(0)} the subject starts${nothingExpires ? ', in a world where nothing expires' : ''}`,
    ...timeline.map(told),
    `${formatMoment(untilMs)} its job ends`,
  ];
  return [
    ['', `${scenario.id}: ${scenario.title}`],
    ['Why it exists', scenario.why],
    ...(scenario.kinds.every((kind) => kind === 'tool')
      ? []
      : [[`What happens in ${formatDuration(untilMs)}`, story.join('\n')] as const]),
    ...(variants.length === 0 ? [] : [['Told in these ways', variants.map(wayTold).join('\n')] as const]),
    ...(tool.length === 0 ? [] : [['What is done with a tool', tool.map(stepTold).join('\n')] as const]),
    ['For', scenario.kinds.join(', ')],
    ...(needsServices.length === 0 ? [] : [['Needs', needsServices.join(', ')] as const]),
    ['Judged by', scenario.checks.join(', ')],
  ];
}

const wayTold = ({ id, title, timeline = [] }: Variant) =>
  [title === undefined ? id : `${id}: ${title}`, ...timeline.map((step) => `  ${told(step)}`)].join('\n');

const stepTold = (step: ToolStep) => `${step}: ${STEPS[step]}`;

function told(step: TimelineStep): string {
  return `${'when' in step ? whenTold(step.when) : formatMoment(step.atMs)} ${deedTold(step)}`;
}

function whenTold({ entry, match = {}, nth = 1, afterMs = 0 }: Condition): string {
  const later = afterMs === 0 ? 'at' : `${formatDuration(afterMs)} after`;
  return `${later} ${[entry, ...Object.values(match)].join(' ')}${nth === 1 ? '' : `, number ${nth}`}:`;
}

function deedTold(deed: TimelineDeed): string {
  if ('fault' in deed) return `fault ${deed.fault.id}: ${deed.fault.do}`;
  if ('gate' in deed) return `gate ${deed.gate.id}: holds ${deed.gate.arrive ?? 'all'} ${deed.gate.phase}`;
  if ('skewMs' in deed) return `the clock of ${deed.party} is ${offsetTold(deed.skewMs)}`;
  if ('forge' in deed) return `a forged message: ${deed.forge} on ${deed.account}`;
  if ('act' in deed) return `${deed.act} on ${deed.account}`;
  return 'store' in deed.blow ? `the store: ${deed.blow.store}` : `${deed.blow.do} ${deed.blow.party}`;
}

function offsetTold(skewMs: number): string {
  if (skewMs === 0) return 'right again';
  return `${formatDuration(Math.abs(skewMs))} ${skewMs < 0 ? 'behind' : 'ahead'}`;
}
