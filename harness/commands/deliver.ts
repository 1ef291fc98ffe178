// Brings every wanted report to where it is wanted.

import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Ledger, parseLedger } from '../ledger.ts';
import type { Result } from '../result.ts';
import { type ReportTarget, writeReport } from './report-target.ts';
import type { Terminal } from './terminal.ts';

/**
 * Renders and writes.
 * @param outDir absolute path of the folder with the ledgers
 * @param cwd where the user is: paths are shown from there
 * @throws UsageError for a file that cannot be written
 */
export function deliver(
  result: Result,
  targets: readonly ReportTarget[],
  { stdout }: Terminal,
  outDir: string,
  cwd: string,
): void {
  const place = { outDir: shownPath(outDir, cwd), readLedger: ledgerReader(outDir) };
  for (const { format, file } of targets) {
    if (file === null) stdout.write(format.render(result, { color: stdout.color, ...place }));
    else writeReport(file, format.render(result, { color: false, ...place }));
  }
}

// A report without a picture is better than none: the ledger may have been cleared away meanwhile.
function ledgerReader(outDir: string): (name: string) => Ledger | null {
  return (name) => {
    try {
      return parseLedger(readFileSync(join(outDir, name), 'utf8'));
    } catch {
      return null;
    }
  };
}

// As the user would type it.
function shownPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short === '' ? '.' : short.startsWith('..') ? path : short;
}
