// What all replicas share: a folder per account, in it one file per generation of its tokens. The highest number holds.
//
// Whoever wants to write the next generation first claims its number, by creating a file that nobody else can create.
// A claim lasts for a time only: when its holder dies or sleeps, the next one claims the number after. Should the
// sleeper then wake and write, its generation is an old one, and no reader looks at it. So a late writer can never put
// old tokens in the place of new ones, whatever its clock says: the numbers are the fence.

import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Kept } from './account.ts';

/** How long a claim holds: longer than a token endpoint may take (see refresh.ts). */
const CLAIM_MS = 60_000;

/** A generation and its number; 0 is before the first. */
export interface Generation {
  readonly number: number;
  readonly kept: Kept | null;
}

/** The right to write one generation. */
export interface Claim {
  readonly number: number;
  /** Whether there is time left to begin something that takes so long. */
  lasts(ms: number): boolean;
  /** Writes the generation; from then on it holds, unless the claim was lost to a higher number. */
  write(kept: Kept): void;
  release(): void;
}

export interface Store {
  ids(): string[];
  read(id: string): Generation;
  /** Claims the generation after this one; null while somebody else holds the claim. */
  claim(id: string, after: number): Claim | null;
}

export function openStore(root: string, replica: string): Store {
  const accounts = join(root, 'accounts');
  mkdirSync(accounts, { recursive: true });
  const folderOf = (id: string) => join(accounts, id);

  return {
    ids: () => readdirSync(accounts),
    read: (id) => {
      // Whoever writes clears up behind itself, hence a file may be gone between the two steps.
      for (;;) {
        const number = Math.max(0, ...numbersIn(folderOf(id), '.json'));
        if (number === 0) return { number, kept: null };
        const text = textOf(join(folderOf(id), `${number}.json`));
        if (text !== null) return { number, kept: JSON.parse(text) };
      }
    },
    claim: (id, after) => {
      const folder = folderOf(id);
      mkdirSync(folder, { recursive: true });
      for (let number = after + 1; ; number++) {
        const file = join(folder, `${number}.claim`);
        const untilMs = Date.now() + CLAIM_MS;
        if (createClaim(file, replica)) return claimOf(folder, number, untilMs);
        if (isHeld(file)) return null;
      }
    },
  };
}

function claimOf(folder: string, number: number, untilMs: number): Claim {
  return {
    number,
    lasts: (ms) => Date.now() + ms < untilMs,
    write: (kept) => {
      writeWhole(join(folder, `${number}.json`), JSON.stringify(kept));
      for (const name of readdirSync(folder)) {
        if (Number.parseInt(name, 10) < number) rmSync(join(folder, name), { force: true });
      }
    },
    release: () => rmSync(join(folder, `${number}.claim`), { force: true }),
  };
}

/** Whether this claim is ours: of all who try to create the file, one succeeds. Its text is for people who look. */
function createClaim(file: string, replica: string): boolean {
  try {
    writeFileSync(file, `replica ${replica}\n`, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

// A claim that is gone was released just now: as good as held, so that the other looks again.
function isHeld(file: string): boolean {
  const claimed = statSync(file, { throwIfNoEntry: false });
  return claimed === undefined || Date.now() < claimed.mtimeMs + CLAIM_MS;
}

/** Writes a file so that it is there whole or not at all, and on the disk before anything relies on it. */
function writeWhole(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  const descriptor = openSync(draft, 'w', 0o600);
  writeSync(descriptor, text);
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(draft, file);
}

function numbersIn(folder: string, ending: string): number[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .map((name) => Number.parseInt(name, 10));
  } catch {
    return [];
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
