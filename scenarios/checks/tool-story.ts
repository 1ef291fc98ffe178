// What the checks of tools share: the calls that a credential failed, and why there may be none.

import { entriesOf, type Ledger } from '../../harness/ledger.ts';
import type { Situation } from '../../harness/rubric/error-report.ts';
import { type FailedCall, failedCallsOf } from '../../harness/rubric/tool-calls.ts';
import type { Instance } from './instances.ts';

/** The failed calls in such situations. */
export function failedIn(ledger: Ledger, situations: readonly Situation[]): readonly FailedCall[] {
  return failedCallsOf(ledger).filter(({ report }) => situations.includes(report.situation));
}

/** Failures by expiry: of what a refresh would heal, or else of what nothing heals. */
export function expiriesIn(ledger: Ledger): readonly FailedCall[] {
  const expired = failedIn(ledger, ['expired']);
  return expired.length > 0 ? expired : failedIn(ledger, ['dead']);
}

/** Steps that put a promise to the test; without a promise there is nothing to see. */
const TRIALS: readonly string[] = ['reauth', 'env-var'];

/** Why nothing can be concluded: what was not seen, and what kept it from being seen. */
export function notSeen(ledger: Ledger, what: string): { verdict: 'inconclusive'; message: string } {
  const skipped = entriesOf(ledger, 'call.skipped').filter(({ step }) => !TRIALS.includes(step));
  const reasons = new Set(skipped.map(({ reason }) => reason));
  return { verdict: 'inconclusive', message: [what, ...reasons].join(' ') };
}

/** Something wrong about a failed call. */
export function wrongAbout({ call, report }: FailedCall, what: string): Instance {
  const { at, seq } = call.returned;
  return { atMs: at, message: `\`${report.what}\` (${report.situation}): ${what}`, evidence: [seq] };
}
