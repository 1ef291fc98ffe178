// Runs a broker through stories as a suite does, for the tests of brokers.

import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Check } from '../../harness/check.ts';
import { type Config, DEFAULT_LIMITS, DEFAULT_START_MS } from '../../harness/config/config.ts';
import type { Onlooker } from '../../harness/person/browser.ts';
import type { Result } from '../../harness/result.ts';
import type { Scenario } from '../../harness/scenario.ts';
import type { House } from '../../harness/subjects/house.ts';
import { runSuite } from '../../harness/suite.ts';
import { CHECKS } from '../../scenarios/checks/index.ts';
import type { BrokerSpecimen } from '../specimens/broker/index.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');

type Start = Pick<Config['subject'], 'run' | 'module' | 'replicas' | 'webhooks'>;

/** How a specimen is started. */
export function startOf({ start }: BrokerSpecimen): Start {
  return 'module' in start
    ? { run: null, module: join(ROOT, 'test', 'specimens', 'broker', `${start.module}.ts`) }
    : {
        run: [process.execPath, join(ROOT, start.program)],
        module: null,
        replicas: start.replicas,
        webhooks: '/webhooks/{service}',
      };
}

// Its own folder, and not the whole repository, in which much looks like a key.
function folderOf({ module, run }: Start): string {
  const file = module ?? run?.[1] ?? '';
  return isAbsolute(file) ? dirname(file) : ROOT;
}

/** One suite. */
export function runBrokerSuite(options: {
  readonly name: string;
  readonly start: Start;
  readonly scenarios: readonly Scenario[];
  readonly outDir: string;
  readonly subject?: Partial<Config['subject']>;
  readonly limits?: Partial<Config['limits']>;
  readonly checks?: readonly Check[];
  readonly seed?: number;
  readonly onlooker?: Onlooker;
  /** Where it takes place, for tests that run several: the processes stay warm. */
  readonly house?: House;
}): Promise<Result> {
  const { name, start, scenarios, outDir, subject = {}, limits = {}, checks = CHECKS, seed = 1 } = options;
  return runSuite({
    config: {
      file: 'test',
      subject: { name, kind: 'broker', cwd: folderOf(start), env: {}, time: 'exact', ...start, ...subject },
      services: {},
      startMs: DEFAULT_START_MS,
      scenarios: ['*'],
      ownScenarios: [],
      data: {},
      job: null,
      limits: { ...DEFAULT_LIMITS, realTimeMs: 240_000, ...limits },
    },
    scenarios,
    checks,
    defaultJob: { needsServices: [], make: () => ({ description: null, data: {} }) },
    seed,
    outDir,
    time: 'exact',
    ...(options.onlooker === undefined ? {} : { onlooker: options.onlooker }),
    ...(options.house === undefined ? {} : { houses: [options.house] }),
  });
}

/** A story on the model of an authorization server alone: `oidc` has tests of its own. */
export const onPlain = ({ variants, ...story }: Scenario): Scenario =>
  variants === undefined ? story : { ...story, variants: variants.filter(({ id }) => id !== 'oidc') };

/** Whether a story is told on `oidc` alone. */
export const isOnOidc = ({ broker }: Scenario): boolean =>
  Object.values(broker?.services ?? {}).some(({ base }) => base === 'oidc');
