// What outlives the broker's process: a file for each account, replaced as a whole.

import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from './habits.ts';

/** The part of a connection that is kept. */
export type Kept = Pick<Connection, 'account' | 'access' | 'refresh' | 'expiresAtMs' | 'dead' | 'user'>;

/** Where connections are kept. */
export interface Store {
  all(): readonly Kept[];
  /** A store that cannot be written loses nothing but its memory: the connection goes on as it is. */
  keep(kept: Kept): void;
}

export function openStore(root: string): Store {
  return {
    all: () => readdirSync(root).flatMap((name) => (name.endsWith('.json') ? read(join(root, name)) : [])),
    keep: ({ account, access, refresh, expiresAtMs, dead, user }) => {
      const file = join(root, `${account.id}.json`);
      try {
        writeFileSync(`${file}.draft`, JSON.stringify({ account, access, refresh, expiresAtMs, dead, user }));
        renameSync(`${file}.draft`, file);
      } catch (error) {
        console.error(`${account.id} could not be kept: ${(error as Error).message}`);
      }
    },
  };
}

// A file that was torn is as good as none.
function read(file: string): readonly Kept[] {
  try {
    return [JSON.parse(readFileSync(file, 'utf8')) as Kept];
  } catch {
    return [];
  }
}
