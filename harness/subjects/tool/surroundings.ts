// What a tool finds at each start: its variables, a world file and files of its own that say the same.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expand } from '../../config/template.ts';
import { variablesOf } from '../program.ts';
import { writeWorldFile } from '../supervise.ts';
import { PARTY } from './call.ts';
import type { Session } from './session.ts';

const accountsOf = ({ options: { world }, held }: Session) =>
  world.accounts.map((account) => (account.id === held.account.id ? held.account : account));

/** Writes the files that a recipe puts into its home. */
export async function writeFiles(session: Session): Promise<void> {
  const { folders } = session.options;
  for (const [path, text] of Object.entries(session.use.files)) {
    const file = join(folders.home, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, expand(text, accountsOf(session), folders.store));
  }
}

/** Takes them away again: what was put there for the tool is no leak of the tool's. */
export async function removeFiles({ options, use }: Session): Promise<void> {
  for (const path of Object.keys(use.files)) await rm(join(options.folders.home, path), { force: true });
}

/** The variables of a start, and a world file that says the same. */
export async function variablesFor(
  session: Session,
  more: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const { options, held, use } = session;
  const { world, folders, worldFile, run, clock, programFor } = options;
  const accounts = accountsOf(session);
  await writeWorldFile(folders, { ...worldFile, accounts });
  const place = { folders, seed: worldFile.seed, run };
  const { eventsUrl, webhookSecrets } = world;
  const env = {
    ...variablesOf(programFor(accounts), { accounts, eventsUrl, webhookSecrets }, place),
    ...(use.tokenEnv === null ? {} : { [use.tokenEnv]: held.account.accessToken }),
    ...more,
  };
  return { ...env, ...clock.envFor(PARTY, env) };
}
