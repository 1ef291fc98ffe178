// What the checks of challenge 53 share: what was told of a failed credential, and why there may be nothing.

import type { Judgement, Run } from '../../harness/check.ts';
import { entriesOf } from '../../harness/ledger.ts';
import type { Situation, Told } from '../../harness/rubric/error-report.ts';
import { toldIn } from '../../harness/rubric/told.ts';
import { toolCallsOf, wasServed } from '../../harness/rubric/tool-calls.ts';
import type { Instance } from './instances.ts';

/** What was told in such situations. */
export function failedIn(
  run: Pick<Run, 'kind' | 'ledger'>,
  situations: readonly Situation[],
): readonly Told[] {
  return toldIn(run).filter(({ report }) => situations.includes(report.situation));
}

/** Steps that put a promise to the test; without a promise there is nothing to see. */
const TRIALS: readonly string[] = ['reauth', 'env-var'];

/** Why nothing can be concluded: what was not seen, and what kept it from being seen. */
export function notSeen({ kind, ledger }: Pick<Run, 'kind' | 'ledger'>, what: string): Judgement {
  // Whoever heals its credentials by itself, as agents and brokers should, has nothing to tell.
  if (kind !== 'tool') return { verdict: 'not-applicable', message: `${what} There was no error to judge.` };
  const skipped = entriesOf(ledger, 'call.skipped').filter(({ step }) => !TRIALS.includes(step));
  const reasons = new Set(skipped.map(({ reason }) => reason));
  const healed = toolCallsOf(ledger).some((call) => call.sent.step === 'expired' && wasServed(call));
  const why = healed ? ['The tool renewed its credential by itself.'] : [];
  return { verdict: 'inconclusive', message: [what, ...why, ...reasons].join(' ') };
}

/** Something wrong about what was told. */
export function wrongAbout({ report, atMs, seq }: Told, what: string): Instance {
  return { atMs, message: `\`${report.what}\` (${report.situation}): ${what}`, evidence: [seq] };
}
