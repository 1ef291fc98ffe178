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
  const all = (): Logged[] =>
    existsSync(file)
      ? readFileSync(file, 'utf8')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line))
      : [];
  const seen = new Set(all().map(({ account, host }) => `${account} ${host}`));
  return {
    all,
    log: (call) => {
      const destination = `${call.account} ${call.host}`;
      const logged: Logged = { ...call, newDestination: !seen.has(destination) };
      seen.add(destination);
      appendFileSync(file, `${JSON.stringify(logged)}\n`);
    },
  };
}
