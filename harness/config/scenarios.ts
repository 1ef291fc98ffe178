// From a scenario as a config writes it to the story that is run.

import type { Act, ActName } from '../../mocks/index.ts';
import { parseDuration } from '../duration.ts';
import type { Entry } from '../entry.ts';
import type { Scenario, TimelineDeed, TimelineStep } from '../scenario.ts';
import type { Blow } from '../world/blows.ts';
import type { Condition } from '../world/conditions.ts';
import type { Fault, FaultDeed } from '../world/faults.ts';
import type { Gate } from '../world/gates.ts';
import { preset } from '../world/presets.ts';
import type { Cast } from './cast.ts';
import type { OwnScenario } from './scenario-schema.ts';
import { mustBeCarriedOut } from './timeline-slips.ts';

type Step = NonNullable<OwnScenario['timeline']>[number];
type Written<Key extends keyof Step> = NonNullable<Step[Key]>;

/**
 * The scenario that a config brings along; where it names no checks, whoever runs it gives it some.
 * @param world what it says about its world
 * @throws UsageError for a step that could not be carried out
 */
export function scenarioOf(own: OwnScenario, world: Partial<Scenario>, cast: Cast): Scenario {
  mustBeCarriedOut(own, cast);
  const { id, title = id, why = 'a story of the config', until, timeline = [], checks = [] } = own;
  return {
    id,
    title,
    why,
    kinds: [cast.kind],
    untilMs: toMs(until),
    timeline: timeline.map((step, index) => ({ ...momentOf(step), ...deedOf(step, index) }) as TimelineStep),
    checks,
    ...world,
  };
}

function momentOf({ at, when }: Step): { atMs: number } | { when: Condition } {
  if (when === undefined) return { atMs: toMs(at ?? '0s') };
  const { entry, match, nth, after } = when;
  return {
    when: {
      entry: entry as Entry['kind'],
      ...(match === undefined ? {} : { match: match as NonNullable<Condition['match']> }),
      ...(nth === undefined ? {} : { nth }),
      ...(after === undefined ? {} : { afterMs: toMs(after) }),
    },
  };
}

// The schema has let through steps of exactly one deed.
function deedOf(step: Step, index: number): TimelineDeed {
  const { act, account = '', scopes = [], fault, gate, blow, forge, skew = 0, party = '' } = step;
  if (fault !== undefined) return { fault: faultOf(fault, index) };
  if (gate !== undefined) return { gate: gateOf(gate, index) };
  if (blow !== undefined) return { blow: blow as Blow };
  if (forge !== undefined) return { account, forge: forge as ActName };
  if (act === undefined) return { party, skewMs: skew };
  return { account, ...((act === 'narrow-scope' ? { act, scopes } : { act }) as Act) };
}

function faultOf(written: Written<'fault'>, index: number): Fault {
  const { id, match = {}, preset: name, count, until } = written;
  const untilMs = until === undefined ? written.untilMs : toMs(until);
  const more = {
    ...(count === undefined ? {} : { count }),
    ...(untilMs === undefined ? {} : { untilMs }),
  };
  if (name !== undefined)
    return { ...preset(name, match as Fault['match'], more), ...(id === undefined ? {} : { id }) };
  return { id: id ?? `fault-${index + 1}`, match: match as Fault['match'], ...more, ...faultDeed(written) };
}

function faultDeed({
  do: deed,
  delay,
  ms = 0,
  answer,
  when = 'before-commit',
  fields = {},
}: Written<'fault'>): FaultDeed {
  switch (deed) {
    case 'delay':
      return { do: deed, ms: delay === undefined ? ms : toMs(delay) };
    case 'answer':
      return { do: deed, answer: { status: 500, headers: {}, body: '', ...(answer as object) } };
    case 'drop':
    case 'reset':
      return { do: deed, when };
    case 'rewrite':
      return { do: deed, fields };
    case 'dns':
    case 'tls':
      return { do: deed };
    default:
      return { do: 'stall' };
  }
}

function gateOf(written: Written<'gate'>, index: number): Gate {
  const { id, match, phase, arrive, release = 'all', giveUp } = written;
  const giveUpMs = giveUp === undefined ? written.giveUpMs : toMs(giveUp);
  return {
    id: id ?? `gate-${index + 1}`,
    match: match as Gate['match'],
    phase,
    arrive,
    release,
    ...(giveUpMs === undefined ? {} : { giveUpMs }),
  };
}

// The schema has let nothing else through.
const toMs = (text: string) => parseDuration(text) ?? 0;
