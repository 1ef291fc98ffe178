// Who and what there will be when a scenario of one's own is told.

import type { Service } from '../../mocks/index.ts';
import { accountAt } from '../accounts.ts';
import type { SubjectKind } from '../check.ts';
import type { BrokerStory } from '../workload/story.ts';
import type { Config } from './config.ts';
import type { ConfigInput } from './schema.ts';
import { configureService } from './services.ts';
import { accountsIn } from './worlds.ts';

/** The cast of a scenario. */
export interface Cast {
  readonly kind: SubjectKind;
  /** How many replicas a broker starts with. */
  readonly replicas: number;
  /** Null where the catalogue's story of a broker decides on services and accounts. */
  readonly services: readonly Service[] | null;
  readonly accounts: readonly string[] | null;
  /** Whether its calls to real hosts are intercepted. */
  readonly intercepts: boolean;
}

/**
 * The cast of a scenario.
 * @param story what a broker is asked in it, where it says so
 * @param configured the services of the config
 */
export function castIn(
  { kind, replicas = 1, intercept = 'none' }: ConfigInput['subject'],
  story: BrokerStory | undefined,
  configured: Config['services'],
  known: readonly Service[],
): Cast {
  const cast = { kind, replicas, intercepts: intercept !== 'none' };
  if (kind === 'broker' && story === undefined) return { ...cast, services: null, accounts: null };
  const services = Object.entries(story?.services ?? configured);
  return {
    ...cast,
    services: services.map(([id, knobs]) => configureService(id, knobs, known)),
    accounts:
      story === undefined ? services.map(([id]) => accountAt(id)) : accountsIn(story).map(({ id }) => id),
  };
}
