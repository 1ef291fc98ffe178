// What a new token was refused for as well, over all replicas: it is not the token's age, and no other token is fetched for it.

import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** After this time it is tried again: scopes and policies change. */
const FOR_MS = 24 * 3_600_000;

export interface Barred {
  has(id: string, what: string): boolean;
  add(id: string, what: string): void;
  /** Forgets an account's: a new consent may permit more. */
  forget(id: string): void;
}

export function openBarred(root: string): Barred {
  const folderOf = (id: string) => join(root, 'barred', id);
  const fileOf = (id: string, what: string) =>
    join(folderOf(id), createHash('sha256').update(what).digest('hex'));
  return {
    has: (id, what) => {
      const barred = statSync(fileOf(id, what), { throwIfNoEntry: false });
      return barred !== undefined && Date.now() < barred.mtimeMs + FOR_MS;
    },
    add: (id, what) => {
      try {
        mkdirSync(folderOf(id), { recursive: true });
        writeFileSync(fileOf(id, what), `${what}\n`, { mode: 0o600 });
      } catch (error) {
        console.error(
          `${id}: ${what} was refused for good, which could not be kept: ${(error as Error).message}`,
        );
      }
    },
    forget: (id) => rmSync(folderOf(id), { recursive: true, force: true }),
  };
}
