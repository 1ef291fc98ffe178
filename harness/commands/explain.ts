// `hour4 explain`: why a check or a scenario exists, how it is judged, and how a failure is mended.

import type { Check } from '../check.ts';
import { nearest } from '../config/nearest.ts';
import { formatDuration } from '../duration.ts';
import { UsageError } from '../errors.ts';
import { formatMoment } from '../moment.ts';
import type { Scenario, TimelineDeed, TimelineStep } from '../scenario.ts';
import type { Condition } from '../world/conditions.ts';
import type { Catalogue } from './catalogue.ts';
import type { Terminal } from './terminal.ts';

/**
 * Prints what is to be known of a check or a scenario.
 * @throws UsageError for an id that is neither
 */
export function explain(id: string, catalogue: Catalogue, { stdout }: Terminal): void {
  stdout.write(`${sectionsOf(id, catalogue).map(section).join('\n\n')}\n`);
}

type Section = readonly [heading: string, text: string];

const section = ([heading, text]: Section) =>
  heading === '' ? text : `${heading}\n  ${text.replaceAll('\n', '\n  ')}`;

function sectionsOf(id: string, { checks, scenarios }: Catalogue): readonly Section[] {
  const check = checks.find((candidate) => candidate.id === id);
  if (check !== undefined) return aboutCheck(check, scenarios);
  const scenario = scenarios.find((candidate) => candidate.id === id);
  if (scenario !== undefined) return aboutScenario(scenario);
  const known = [...checks, ...scenarios].map((one) => one.id);
  throw new UsageError(`explain: no check or scenario "${id}": ${nearest(id, known)}`);
}

function aboutCheck(check: Check, scenarios: readonly Scenario[]): readonly Section[] {
  const asking = scenarios.filter(({ checks }) => checks.includes(check.id)).map(({ id }) => id);
  return [
    ['', `${check.id}: ${check.title}`],
    ['Why it matters', check.why],
    ['How it is judged', check.judged],
    ['How to mend a failure', check.fix],
    [
      'Weight',
      `${check.category}; a failure loses ${check.loses === 'other' ? 'something else' : check.loses}`,
    ],
    ['Judges', check.kinds.join(', ')],
    ['Asked by', asking.join(', ') || 'no scenario'],
  ];
}

function aboutScenario(scenario: Scenario): readonly Section[] {
  const { timeline, nothingExpires = false, needsServices = [], untilMs } = scenario;
  const story = [
    `${formatMoment(0)} the subject starts${nothingExpires ? ', in a world where nothing expires' : ''}`,
    ...timeline.map(told),
    `${formatMoment(untilMs)} its job ends`,
  ];
  return [
    ['', `${scenario.id}: ${scenario.title}`],
    ['Why it exists', scenario.why],
    [`What happens in ${formatDuration(untilMs)}`, story.join('\n')],
    ['For', scenario.kinds.join(', ')],
    ...(needsServices.length === 0 ? [] : [['Needs', needsServices.join(', ')] as const]),
    ['Judged by', scenario.checks.join(', ')],
  ];
}

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
  if ('skewMs' in deed) return `the clock of ${deed.party} is ${deed.skewMs} ms ahead`;
  if ('act' in deed) return `${deed.act} on ${deed.account}`;
  return 'store' in deed.blow ? `the store: ${deed.blow.store}` : `${deed.blow.do} ${deed.blow.party}`;
}
