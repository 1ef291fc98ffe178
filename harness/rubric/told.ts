// What subjects of every kind told of the credentials that failed them.

import type { SubjectKind } from '../check.ts';
import type { Ledger } from '../ledger.ts';
import { agentTellings } from './agent-tellings.ts';
import { brokerTellings } from './broker-tellings.ts';
import type { Told } from './error-report.ts';
import { failedCallsOf } from './tool-calls.ts';

/** Everything that was told in a run, in order. */
export function toldIn({
  kind,
  ledger,
}: {
  readonly kind: SubjectKind;
  readonly ledger: Ledger;
}): readonly Told[] {
  if (kind === 'agent') return agentTellings(ledger);
  if (kind === 'broker') return brokerTellings(ledger);
  return failedCallsOf(ledger).map(({ call, report }) => ({
    report,
    atMs: call.returned.at,
    seq: call.returned.seq,
  }));
}
