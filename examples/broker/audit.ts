// The request log of this replica: every call that left it, by whom and what for. It outlives the process.

import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One outbound call. */
export interface Logged {
  readonly at: string;
  readonly account: string;
  readonly agent: string | null;
  readonly task: string | null;
  readonly host: string;
  readonly method: string;
  readonly path: string;
  /** Null when no answer came. */
  readonly status: number | null;
  /** The first call of this account to this host. */
  readonly newDestination: boolean;
}

export interface Audit {
  log(call: Omit<Logged, 'newDestination'>): void;
  all(): Logged[];
}

export function openAudit(root: string, replica: string): Audit {
  const file = join(root, `audit-${replica}.jsonl`);
  const rows = linesOf(file);
  const seen = new Set(rows.map(({ account, host }) => `${account} ${host}`));
  return {
    all: () => rows,
    log: (call) => {
      const destination = `${call.account} ${call.host}`;
      const logged: Logged = { ...call, newDestination: !seen.has(destination) };
      seen.add(destination);
      rows.push(logged);
      try {
        appendFileSync(file, `${JSON.stringify(logged)}\n`);
      } catch (error) {
        // A log that cannot be written is no reason to fail a call: it is told of as long as this process lives.
        console.error(`the request log cannot be written: ${(error as Error).message}`);
      }
    },
  };
}

// A line that was torn is lost; the others are not.
function linesOf(file: string): Logged[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as Logged];
      } catch {
        return [];
      }
    });
}
