// What the checks of tools share: the calls that a credential failed, and why there may be none.

import { entriesOf, type Ledger } from '../../harness/ledger.ts';
import type { Situation } from '../../harness/rubric/error-report.ts';
import { type FailedCall, failedCallsOf, toolCallsOf, wasServed } from '../../harness/rubric/tool-calls.ts';
import type { Instance } from './instances.ts';

/** The failed calls in such situations. */
export function failedIn(ledger: Ledger, situations: readonly Situation[]): readonly FailedCall[] {
  return failedCallsOf(ledger).filter(({ report }) => situations.includes(report.situation));
}

/** Steps that put a promise to the test; without a promise there is nothing to see. */
const TRIALS: readonly string[] = ['reauth', 'env-var'];

/** Why nothing can be concluded: what was not seen, and what kept it from being seen. */
export function notSeen(ledger: Ledger, what: string): { verdict: 'inconclusive'; message: string } {
  const skipped = entriesOf(ledger, 'call.skipped').filter(({ step }) => !TRIALS.includes(step));
  const reasons = new Set(skipped.map(({ reason }) => reason));
  const healed = toolCallsOf(ledger).some((call) => call.sent.step === 'expired' && wasServed(call));
  const why = healed ? ['The tool renewed its credential by itself.'] : [];
  return { verdict: 'inconclusive', message: [what, ...why, ...reasons].join(' ') };
}

/** Something wrong about a failed call. */
export function wrongAbout({ call, report }: FailedCall, what: string): Instance {
  const { at, seq } = call.returned;
  return { atMs: at, message: `\`${report.what}\` (${report.situation}): ${what}`, evidence: [seq] };
}
