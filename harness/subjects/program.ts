// The subject's program: how it is started, and with which variables.

import type { World } from '../world/world.ts';
import { baseEnvironment, type Folders, worldVariables } from './environment.ts';

/** How a subject is started. */
export interface Program {
  /** An argument vector, or the file of a module. */
  readonly start: { readonly run: readonly string[] } | { readonly module: string };
  readonly cwd: string;
  /** Variables of the user's, with every template expanded. */
  readonly env: Readonly<Record<string, string>>;
}

/** All variables of a start, but for those that make it follow the clock. */
export function variablesOf(
  program: Program,
  world: Pick<World, 'accounts' | 'eventsUrl' | 'webhookSecrets'>,
  place: { readonly folders: Folders; readonly seed: number; readonly run: string },
): Record<string, string> {
  const { accounts, eventsUrl, webhookSecrets } = world;
  return {
    ...baseEnvironment(process.env, place.folders),
    ...worldVariables({ ...place, eventsUrl, accounts, webhookSecrets }),
    ...program.env,
  };
}
