// What a scenario of the config takes over from the catalogue: its checks, and what a subject is asked to do.

import type { Config } from '../config/config.ts';
import { nearest } from '../config/nearest.ts';
import { UsageError } from '../errors.ts';
import type { Scenario } from '../scenario.ts';
import type { Catalogue } from './catalogue.ts';

/** The story of an ordinary day: what tools and brokers are asked to do where a scenario of the config is silent. */
const ORDINARY = 'healthy-day';

/**
 * The scenario with everything that it needs to be run.
 * @throws UsageError for an id that the catalogue has, or a check that it does not have
 */
export function completed(
  own: Scenario,
  { file }: Config,
  { scenarios, checks }: Pick<Catalogue, 'scenarios' | 'checks'>,
): Scenario {
  const where = `${file}: scenario ${own.id}`;
  if (scenarios.some(({ id }) => id === own.id))
    throw new UsageError(`${where}: the catalogue has a scenario of this id: choose another`);
  const ids = checks.map(({ id }) => id);
  const unknown = own.checks.find((id) => !ids.includes(id));
  if (unknown !== undefined)
    throw new UsageError(`${where}: no check "${unknown}": ${nearest(unknown, ids)}`);
  const judging = checks.filter(({ kinds }) => own.kinds.some((kind) => kinds.includes(kind)));
  const { broker, tool } = scenarios.find(({ id }) => id === ORDINARY) ?? {};
  return {
    ...(broker === undefined ? {} : { broker }),
    ...(tool === undefined ? {} : { tool }),
    ...own,
    checks: own.checks.length > 0 ? own.checks : judging.map(({ id }) => id),
  };
}
