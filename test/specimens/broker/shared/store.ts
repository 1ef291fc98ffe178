// What the replicas share: one file per account, replaced as a whole.

import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../../../../mocks/index.ts';

/** An account as it is kept. */
export interface Kept {
  readonly account: Account;
  /** Who consented, as an OpenID provider tells; null at other services. */
  readonly subject: string | null;
  readonly access: string;
  /** When it was received, in epoch ms. */
  readonly receivedAtMs: number;
  readonly refresh: string | undefined;
  /** Epoch ms; null where no end is stated. */
  readonly expiresAtMs: number | null;
  /** From when on it is renewed though nobody calls; null = never. */
  readonly renewAtMs: number | null;
  /** Who renews it; the others step in when that is late. */
  readonly keeper: string;
  /** Why the grant is over; null while it lives. */
  readonly ended: string | null;
  /** No token request before this moment, and how often in a row one failed. */
  readonly notBeforeMs: number;
  readonly troubles: number;
}

/** The accounts of all replicas. */
export interface Store {
  fileOf(id: string): string;
  ids(): readonly string[];
  read(id: string): Kept | null;
  write(id: string, kept: Kept): void;
}

export function openStore(root: string): Store {
  const folder = join(root, 'accounts');
  mkdirSync(folder, { recursive: true });
  const fileOf = (id: string) => join(folder, `${id}.json`);
  return {
    fileOf,
    ids: () => readdirSync(folder).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -5)] : [])),
    read: (id) => {
      try {
        return JSON.parse(readFileSync(fileOf(id), 'utf8')) as Kept;
      } catch {
        return null;
      }
    },
    write: (id, kept) => {
      const draft = `${fileOf(id)}.${process.pid}`;
      try {
        writeFileSync(draft, JSON.stringify(kept));
      } catch {
        // What ended in the middle is written anew; what fails for good fails again.
        writeFileSync(draft, JSON.stringify(kept));
      }
      renameSync(draft, fileOf(id));
    },
  };
}
