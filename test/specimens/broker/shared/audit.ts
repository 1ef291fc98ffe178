// The request log of a replica: in memory, and on disk as far as the disk takes it, so that it outlives the process.

import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** One outbound call. */
interface Row {
  readonly at: string;
  readonly account: string;
  readonly agent: string | null;
  readonly task: string | null;
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

export function openAudit(file: string) {
  const before = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  const rows: (Row & { readonly newDestination: boolean })[] = before.map((line) => JSON.parse(line));
  return {
    rows: () => rows,
    log: (row: Row) => {
      const isKnown = rows.some(({ account, host }) => account === row.account && host === row.host);
      const logged = { ...row, newDestination: !isKnown };
      rows.push(logged);
      try {
        appendFileSync(file, `${JSON.stringify(logged)}\n`);
      } catch {
        // A log that cannot be written is no reason to fail a call.
      }
    },
  };
}
