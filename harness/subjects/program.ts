// The subject's program: how it is started, and with which variables.

import { fileURLToPath, pathToFileURL } from 'node:url';
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

// Next to this file, as source or as built.
const MODULE_HOST = fileURLToPath(new URL(`./module-host${import.meta.url.slice(-3)}`, import.meta.url));

/** The argument vector that starts an agent's program, or the host of its module. */
export function argvOf({ start }: Program): readonly string[] {
  return 'run' in start ? start.run : [process.execPath, MODULE_HOST, pathToFileURL(start.module).href];
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
