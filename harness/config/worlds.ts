// From the world of one's own scenario to the parts of the story that say so: knobs for agents, a workload for brokers.

import type { SubjectKind } from '../check.ts';
import { parseDuration } from '../duration.ts';
import { UsageError } from '../errors.ts';
import type { Scenario } from '../scenario.ts';
import type { BrokerStory, Calls, Cohort } from '../workload/story.ts';
import { accountsOfStory } from '../workload/workload.ts';
import type { ServiceKnobs } from './knobs.ts';
import { nearest } from './nearest.ts';
import type { OwnScenario } from './scenario-schema.ts';

type World = NonNullable<OwnScenario['world']>;
type Knobs = Readonly<Record<string, ServiceKnobs>>;

/** What only a broker is given. */
const FOR_BROKERS = ['cohorts', 'calls', 'latency'] as const;

/**
 * What a scenario says about its world.
 * @param configured the services of the config with their knobs
 * @throws UsageError for what this kind of subject cannot be given, and for a service or an account that will not be there
 */
export function worldOf(
  { id, needs = {}, world = {} }: OwnScenario,
  kind: SubjectKind,
  configured: Knobs,
): Partial<Scenario> {
  const at = (path: string) => `scenario ${id}: ${path}`;
  const { services, nothingExpires = false } = world;
  const shared = {
    ...(needs.kinds === undefined ? {} : { kinds: needs.kinds }),
    ...(needs.services === undefined ? {} : { needsServices: needs.services }),
    ...(nothingExpires ? { nothingExpires } : {}),
  };
  if (kind === 'broker') return { ...shared, ...brokerPart(at, needs, world, configured) };
  const idle = FOR_BROKERS.find((key) => world[key] !== undefined);
  if (idle !== undefined) throw new UsageError(`${at(`world.${idle}`)}: is for brokers: leave it out`);
  if (kind === 'tool' && services !== undefined)
    throw new UsageError(`${at('world.services')}: a tool finds the services of the config: turn them there`);
  for (const service of Object.keys(services ?? {}))
    mustBe(at('world.services'), 'service', service, Object.keys(configured));
  return kind === 'agent' ? { ...shared, agent: agentPart(world) } : shared;
}

/** The accounts of a broker's story: any seed gives them the same names. */
export const accountsIn = (broker: BrokerStory) => accountsOfStory(broker, 0);

const agentPart = ({ services, reauthorizes = false }: World): NonNullable<Scenario['agent']> => ({
  ...(services === undefined ? {} : { services: withoutNulls(services) }),
  ...(reauthorizes ? { reauthorizes } : {}),
});

// Where it says nothing of its own about calls, a broker is asked for what an ordinary day asks.
function brokerPart(
  at: (path: string) => string,
  { replicas }: NonNullable<OwnScenario['needs']>,
  world: World,
  configured: Knobs,
): Pick<Scenario, 'broker'> {
  const { calls, cohorts, latency, reauthorizes } = world;
  if (calls === undefined) {
    const idle = Object.keys(world).find((key) => key !== 'nothingExpires');
    if (idle === undefined && replicas === undefined) return {};
    throw new UsageError(`${at('world.calls')}: is missing: say what the broker is asked to do`);
  }
  const services = world.services === undefined ? configured : onTopOf(configured, world.services);
  const ids = Object.keys(services);
  const broker: BrokerStory = {
    services,
    cohorts: (cohorts ?? ids.map((service) => ({ service }))).map(cohortOf),
    calls: calls.map(callsOf),
    ...(replicas === undefined ? {} : { replicas }),
    ...(reauthorizes === undefined ? {} : { reauthorizes }),
    ...(latency === undefined ? {} : { latency }),
  };
  for (const [index, { service }] of broker.cohorts.entries())
    mustBe(at(`world.cohorts.${index}.service`), 'service', service, ids);
  const accounts = accountsIn(broker);
  for (const [index, { to }] of broker.calls.entries()) {
    const where = at(`world.calls.${index}.to`);
    if ('account' in to)
      mustBe(
        where,
        'account',
        to.account,
        accounts.map(({ id }) => id),
      );
    else
      mustBe(
        where,
        'account at',
        to.service,
        accounts.map(({ service }) => service),
      );
  }
  return { broker };
}

function cohortOf({
  within,
  count = 1,
  tenants = 1,
  ...cohort
}: NonNullable<World['cohorts']>[number]): Cohort {
  return { ...cohort, count, tenants, withinMs: toMs(within) } as Cohort;
}

function callsOf({
  from,
  every,
  until,
  spread,
  method = 'GET',
  ...calls
}: NonNullable<World['calls']>[number]): Calls {
  return {
    ...calls,
    method,
    fromMs: toMs(from),
    ...(every === undefined ? {} : { everyMs: toMs(every) }),
    ...(until === undefined ? {} : { untilMs: toMs(until) }),
    ...(spread === undefined ? {} : { spreadMs: toMs(spread) }),
  } as Calls;
}

const withoutNulls = (services: NonNullable<World['services']>): Knobs =>
  Object.fromEntries(Object.entries(services).map(([id, knobs]) => [id, knobs ?? {}]));

const onTopOf = (configured: Knobs, services: NonNullable<World['services']>): Knobs =>
  Object.fromEntries(Object.entries(services).map(([id, knobs]) => [id, { ...configured[id], ...knobs }]));

function mustBe(where: string, what: string, name: string, known: readonly string[]): void {
  if (!known.includes(name)) throw new UsageError(`${where}: no ${what} "${name}": ${nearest(name, known)}`);
}

// The schema has let nothing else through.
const toMs = (text = '0s') => parseDuration(text) ?? 0;
