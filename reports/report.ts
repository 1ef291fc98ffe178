// What a report is: a pure function from a result to text, and what it may be told about the place it is shown in.

import type { Ledger } from '../harness/ledger.ts';
import type { Result } from '../harness/result.ts';

/** What a report may know besides the result. */
export interface ReportOptions {
  /** Whether the reader's screen shows colours. */
  readonly color: boolean;
  /** Where the ledgers lie, as the reader would name it. */
  readonly outDir: string;
  /** Reads a ledger that the result names; null where it is gone. Absent: there is nothing to read from. */
  readonly readLedger?: (name: string) => Ledger | null;
}

/** A format of reports. */
export interface Report {
  readonly id: string;
  readonly title: string;
  /** The whole report, with a newline at its end. */
  render(result: Result, options: ReportOptions): string;
}
