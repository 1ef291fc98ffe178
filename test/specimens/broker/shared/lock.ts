// A lock that processes share: numbered files, of which the highest counts. Whoever makes the next one holds it for a lease.

import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The right to refresh. */
export interface Lock {
  release(): void;
}

/** Takes the lock of this name for at most `leaseMs`; null while somebody holds it. */
export function takeLock(root: string, name: string, leaseMs: number): Lock | null {
  const folder = join(root, 'locks', name);
  mkdirSync(folder, { recursive: true });
  const numbers = readdirSync(folder).flatMap((file) =>
    file.endsWith('.lock') ? [Number.parseInt(file, 10)] : [],
  );
  const last = Math.max(0, ...numbers);
  if (last > 0 && Date.now() < untilMs(join(folder, `${last}.lock`))) return null;
  const file = join(folder, `${last + 1}.lock`);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, String(Date.now() + leaseMs));
  try {
    linkSync(draft, file);
  } catch {
    return null;
  } finally {
    rmSync(draft, { force: true });
  }
  for (const number of numbers) rmSync(join(folder, `${number}.lock`), { force: true });
  return {
    release: () => {
      try {
        writeFileSync(draft, '0');
        renameSync(draft, file);
      } catch {
        // The lease ends by itself.
      }
    },
  };
}

function untilMs(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    // Somebody has just made the next one.
    return Number.POSITIVE_INFINITY;
  }
}
